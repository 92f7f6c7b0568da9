"""试一单，在话里: each line by what holds and by the draft, sums, what is near and to be chosen."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.actions.counter import Counter
from core.actions.try_basket import Sample, Tried
from core.values.money import format_money
from core.values.quantity import format_quantity, is_whole
from ui.offer_text import nearly
from ui.text import tr


class TryLine(Struct, frozen=True):
    """A line of the basket; `is_other` where the draft asks something else for it."""

    name: str
    held: str
    draft: str
    is_other: bool


class ToChoose(Struct, frozen=True):
    """What an offer of the draft lets the customer choose from, and how many more."""

    offer: str
    name: str
    products: tuple[str, ...]
    left: int


class TryState(Struct, frozen=True):
    """What the panel shows; `cheaper_fen` is how much less the draft asks in all."""

    lines: tuple[TryLine, ...]
    held_total: str
    draft_total: str
    held_points: str
    draft_points: str
    cheaper_fen: int
    near: tuple[str, ...]
    to_choose: tuple[ToChoose, ...]

    @classmethod
    def of(cls, tried: Tried) -> TryState:
        """Of both prices."""
        held, draft = tried.held.quote, tried.draft.quote
        return cls(
            lines=tuple(_lines(tried)),
            held_total=format_money(held.payable_fen),
            draft_total=format_money(draft.payable_fen),
            held_points=_points(tried.held),
            draft_points=_points(tried.draft),
            cheaper_fen=held.payable_fen - draft.payable_fen,
            near=tuple(nearly(each) for each in draft.nearly),
            to_choose=tuple(_to_choose(tried.draft)),
        )


def _lines(tried: Tried) -> list[TryLine]:
    held = {line.no: line.payable_fen for line in tried.held.quote.lines}
    draft = {line.no: line.payable_fen for line in tried.draft.quote.lines}
    found = []
    for line in tried.draft.basket.lines:
        product, milli = line.product, line.quantity_milli
        name = product.name
        if product.is_weighed or not is_whole(milli):
            name = f"{name} {format_quantity(milli)} {product.unit}".strip()
        elif milli != 1000:
            name = f"{name} × {format_quantity(milli)}"
        before, after = held.get(line.no, 0), draft.get(line.no, 0)
        told = (name, format_money(before), format_money(after), before != after)
        found.append(TryLine(*told))
    return found


def _to_choose(counter: Counter) -> list[ToChoose]:
    return [
        ToChoose(each.offer, each.label or each.offer, each.products, each.left)
        for each in counter.quote.offered
        if each.left
    ]


def _points(counter: Counter) -> str:
    return f"{counter.quote.points:,}"


def who_words(sample: Sample, tried: Tried | None) -> str:
    """For whom: 金卡·李*华, 金卡, or nobody; and that it is their birthday."""
    words = tr("没有会员")
    if tried is not None and tried.draft.tier is not None:
        words = tried.draft.tier.name
        if tried.who:
            words = f"{words}·{tried.who}"
    return tr("{who}，生日", who=words) if sample.is_birthday else words


def when_words(sample: Sample) -> str:
    """The day and the hour, "" for now."""
    told = [] if sample.on is None else [f"{day_words(sample.on)}"]
    if sample.minute is not None:
        told.append(f"{sample.minute // 60:02d}:{sample.minute % 60:02d}")
    return " ".join(told)


def day_words(day: date) -> str:
    """2026-12-02 周三: weekdays decide of offers."""
    return f"{day.isoformat()} {tr('周{day:一|二|三|四|五|六|日}', day=day.isoweekday())}"
