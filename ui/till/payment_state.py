"""收款: what the payment sheet shows, computed from the counter."""

from __future__ import annotations

from dataclasses import dataclass

from core.actions.counter import Counter
from core.pricing.tender import TenderKind
from core.sales.payment import may_pay_fen
from core.values.money import format_money
from ui.text import tr

# 人民币 notes and coins in use, in fen, largest first; a slip of the till rounds nothing.
NOTES = (100_00, 50_00, 20_00, 10_00, 5_00, 1_00, 50, 10, 5, 2, 1)
ORDER = (
    TenderKind.INSURANCE,
    TenderKind.CASH,
    TenderKind.WECHAT,
    TenderKind.ALIPAY,
    TenderKind.CARD,
    TenderKind.VOUCHER,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to pay: its digit key and the most it may still pay (fen)."""

    kind: TenderKind
    key: str
    most_fen: int
    is_prescription_only: bool


@dataclass(frozen=True, slots=True)
class PaymentState:
    """Figures of a payment in fen; `tenders` are those recorded so far."""

    payable_fen: int
    due_fen: int
    rounding_fen: int
    tenders: tuple[tuple[TenderKind, int], ...]
    choices: tuple[Choice, ...]
    points: int
    kinds: int
    pieces: int
    has_member: bool

    @classmethod
    def of(cls, counter: Counter) -> PaymentState:
        """The payment of what stands at the counter."""
        basket, quote, rulebook = counter.basket, counter.quote, counter.rulebook
        recorded = tuple((tender.kind, tender.amount_fen) for tender in basket.tenders)
        choices = []
        for kind in ORDER:
            rule = rulebook.tender(kind)
            if rule is None:
                continue
            used = sum(fen for each, fen in recorded if each is kind)
            most = min(quote.due_fen, may_pay_fen(kind, basket, quote, rulebook) - used)
            only = rule.pays == "prescription"
            choices.append(Choice(kind, str(len(choices) + 1), max(0, most), only))
        rounding = sum(
            each.amount_fen for each in quote.adjustments if each.stage == "cash_rounding"
        )
        return cls(
            payable_fen=quote.payable_fen + rounding,
            due_fen=quote.due_fen,
            rounding_fen=rounding,
            tenders=recorded,
            choices=tuple(choices),
            points=quote.points,
            kinds=len(basket.lines),
            pieces=sum(max(1, line.quantity_milli // 1000) for line in basket.lines),
            has_member=counter.file is not None,
        )


def quick_amounts(due_fen: int) -> tuple[int, ...]:
    """Four round amounts a customer is likely to hand over, each above what is due."""
    amounts: list[int] = []
    for step in (1_00, 5_00, 10_00, 20_00, 50_00, 100_00, 200_00, 500_00):
        amount = -(-due_fen // step) * step
        if amount > due_fen and amount not in amounts:
            amounts.append(amount)
    return tuple(amounts[:3] + [a for a in amounts[3:] if a % 100_00 == 0][:1])


def notes_back(change_fen: int) -> tuple[tuple[int, int], ...]:
    """The fewest notes and coins that make the change: (fen of the note, how many)."""
    counted = []
    for note in NOTES:
        pieces, change_fen = divmod(change_fen, note)
        if pieces:
            counted.append((note, pieces))
    return tuple(counted)


def notes_words(change_fen: int) -> str:
    """How a cashier counts it out: "20 元 2 张，5 元 1 张，1 角 3 枚"."""
    return tr("，").join(
        tr("{note} {pieces} 张", note=_note(note), pieces=pieces)
        if note >= 1_00
        else tr("{note} {pieces} 枚", note=_note(note), pieces=pieces)
        for note, pieces in notes_back(change_fen)
    )


def _note(fen: int) -> str:
    if fen >= 1_00:
        return tr("{n} 元", n=fen // 1_00)
    if fen >= 10:
        return tr("{n} 角", n=fen // 10)
    return tr("{n} 分", n=format_money(fen)[-1])
