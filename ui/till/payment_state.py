"""收款: what the payment sheet shows, computed from the counter."""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct

from core.actions.counter import Counter
from core.errors import BadTender, TenderTooHigh
from core.members.masks import mask_name
from core.pricing.adjustment import Stage
from core.pricing.tender import TenderKind
from core.sales.payment import MOST_CHANGE_FEN, may_pay_fen
from core.values.money import format_money, parse_money
from core.values.payment_code import refuse_payment
from ui.drawer_text import back_by
from ui.text import tr
from ui.till.points_state import points_words

YUAN = 1_00
# 人民币 notes and coins in use, in fen, largest first.
NOTES = (100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10, 5, 2, 1)
STEPS = (1_00, 5_00, 10_00, 20_00, 50_00, 100_00, 200_00, 500_00)
ORDER = (
    TenderKind.INSURANCE,
    TenderKind.CASH,
    TenderKind.WECHAT,
    TenderKind.ALIPAY,
    TenderKind.CARD,
    TenderKind.VOUCHER,
)


class Choice(Struct, frozen=True):
    """One way to pay: its digit key, and the fen that it would pay of what is still due."""

    kind: TenderKind
    key: str
    most_fen: int
    is_prescription_only: bool


class PaymentState(Struct, frozen=True):
    """Figures of a payment in fen; `tenders` are those recorded so far.

    `payable_fen` is before 抹零; `rounding_fen` has been taken off because cash was handed over
    already, `cash_rounding_fen` would be, if the rest were paid in cash. `by_points` says what
    points pay beforehand, "" for nothing. The first `credits` tenders are what goods that come
    back pay, `left` what of them is handed back.
    """

    payable_fen: int
    due_fen: int
    rounding_fen: int
    cash_rounding_fen: int
    tenders: tuple[tuple[TenderKind, int], ...]
    choices: tuple[Choice, ...]
    points: int
    points_after: int
    kinds: int
    pieces: int
    who: str
    tier: str
    has_member: bool
    by_points: str
    credits: int = 0
    left: tuple[tuple[TenderKind, int], ...] = ()

    @classmethod
    def of(cls, counter: Counter) -> PaymentState:
        """The payment of what stands at the counter."""
        quote, file = counter.quote, counter.file
        lines, exchange = counter.basket.lines, counter.basket.exchange
        rounding = sum(
            made.amount_fen for made in quote.adjustments if made.stage is Stage.CASH_ROUNDING
        )
        return cls(
            payable_fen=quote.payable_fen + rounding,
            due_fen=quote.due_fen,
            rounding_fen=rounding,
            cash_rounding_fen=_cash_rounding(counter),
            tenders=tuple((tender.kind, tender.amount_fen) for tender in counter.basket.tenders),
            choices=_choices(counter),
            points=quote.points,
            points_after=file.points - quote.points_spent + quote.points if file else 0,
            kinds=len({line.product.code for line in lines}),
            pieces=counter.basket.pieces,
            who=mask_name(file.member.name) if file else "",
            tier=counter.tier.name if counter.tier else "",
            has_member=file is not None,
            by_points=points_words(quote.points_spent, quote.points_fen),
            credits=len(exchange.credit) if exchange else 0,
            left=tuple((each.kind, each.amount_fen) for each in exchange.left) if exchange else (),
        )

    @property
    def left_words(self) -> str:
        """How what is left goes back, by tender."""
        said = (f"{back_by(kind)} {format_money(fen)}" for kind, fen in self.left)
        return tr("，").join(said)

    @property
    def first(self) -> TenderKind:
        """What is chosen when the sheet opens: cash where the shop takes it."""
        kinds = [choice.kind for choice in self.choices if choice.most_fen]
        if TenderKind.CASH in kinds or not kinds:
            return TenderKind.CASH
        return kinds[0]

    def choice(self, kind: TenderKind) -> Choice:
        """The choice of a kind; one that pays nothing where the shop does not take it."""
        found = (choice for choice in self.choices if choice.kind is kind)
        return next(found, Choice(kind, "", 0, False))

    def take(self, kind: TenderKind, text: str) -> int:
        """Fen of what was typed; raises PaymentCode, BadMoney, BadTender for 0, TenderTooHigh.

        A slow scanner is taken for a hand: what the customer pays with may stand in the amount.
        """
        fen = parse_money(refuse_payment(text))
        if fen <= 0:
            raise BadTender(kind, fen)
        limit = self.choice(kind).most_fen
        if kind is TenderKind.CASH:
            limit += MOST_CHANGE_FEN
        if fen > limit:
            raise TenderTooHigh(kind, fen, limit)
        return fen

    def left_fen(self, kind: TenderKind, fen: int) -> int:
        """What such a tender would leave to pay; less than 0 is change."""
        return self.needed_fen(kind) - fen

    def needed_fen(self, kind: TenderKind) -> int:
        """What is to pay if this kind pays the rest: less the rounding where it is cash."""
        return self.due_fen - (self.cash_rounding_fen if kind is TenderKind.CASH else 0)


def _choices(counter: Counter) -> tuple[Choice, ...]:
    basket, quote, rulebook = counter.basket, counter.quote, counter.rulebook
    choices: list[Choice] = []
    for kind in ORDER:
        rule = rulebook.tender(kind)
        if rule is None:
            continue
        used = sum(tender.amount_fen for tender in basket.tenders if tender.kind is kind)
        most = quote.due_fen
        if kind is TenderKind.CASH:
            most -= _cash_rounding(counter)
        else:
            most = min(most, may_pay_fen(kind, basket, quote, rulebook) - used)
        key = str(len(choices) + 1)
        choices.append(Choice(kind, key, max(0, most), rule.pays == "prescription"))
    return tuple(choices)


def _cash_rounding(counter: Counter) -> int:
    """Fen that 抹零 would take off the rest (domain.md 2, stage 8); 0 where cash is in already."""
    if any(tender.kind is TenderKind.CASH for tender in counter.basket.tenders):
        return 0
    unit = counter.rulebook.cash_rounding_fen
    return counter.quote.due_fen % unit if unit > 1 else 0


def quick_amounts(due_fen: int) -> tuple[int, ...]:
    """At most four round amounts a customer is likely to hand over, each above what is due."""
    amounts: list[int] = []
    for step in STEPS:
        amount = -(-due_fen // step) * step
        if amount > due_fen and amount not in amounts:
            amounts.append(amount)
    return tuple(amounts[:3] + [amount for amount in amounts[3:] if amount % 100_00 == 0][:1])


def notes_back(change_fen: int) -> tuple[tuple[int, int], ...]:
    """The fewest notes and coins that make the change: (fen of the note, how many)."""
    counted = []
    for note in NOTES:
        pieces, change_fen = divmod(change_fen, note)
        if pieces:
            counted.append((note, pieces))
    return tuple(counted)


def notes_words(change_fen: int) -> str:
    """How a cashier counts it out: "20 元 2 张，5 元、1 元各 1 张，3 角"; "" for no change."""
    parts = []
    notes = [(note, pieces) for note, pieces in notes_back(change_fen) if note >= YUAN]
    for pieces, same in groupby(notes, key=lambda each: each[1]):
        names = [tr("{yuan} 元", yuan=note // YUAN) for note, _ in same]
        told = "{notes} {pieces} 张" if len(names) == 1 else "{notes}各 {pieces} 张"
        parts.append(tr(told, notes=tr("、").join(names), pieces=pieces))
    jiao, fen = divmod(change_fen % YUAN, 10)
    coins = [tr("{jiao} 角", jiao=jiao)] if jiao else []
    coins += [tr("{fen} 分", fen=fen)] if fen else []
    if coins:
        parts.append(" ".join(coins))
    return tr("，").join(parts)
