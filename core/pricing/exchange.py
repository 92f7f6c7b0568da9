"""换货: what comes back in the same step in which a basket is sold.

It waits with the basket: nothing has come back until the basket is settled.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec import Struct

from core.pricing.tender import Tender, TenderKind
from core.values.fields import Fields


class Exchange(Struct, frozen=True):
    """Goods of an earlier sale: `chosen` are thousandths by its line, `right` what they ask for.

    `answers_no` answers for it, `has_receipt` and `traces` as for a return; `back` is what they
    come to by tender, `credit` what of that pays for the basket: the first of its tenders.
    """

    return_id: UUID
    sale_id: UUID
    sale_no: str
    chosen: tuple[tuple[int, int], ...]
    reason: str
    words: str
    has_receipt: bool
    right: str
    answers_no: int
    back: tuple[Tender, ...]
    traces: tuple[str, ...] = ()
    credit: tuple[Tender, ...] = ()

    @property
    def back_fen(self) -> int:
        """What all of it comes to."""
        return sum(tender.amount_fen for tender in self.back)

    @property
    def left(self) -> tuple[Tender, ...]:
        """What of it the new goods leave: it is handed back."""
        used = {tender.kind: tender.amount_fen for tender in self.credit}
        rest = ((back.kind, back.amount_fen - used.get(back.kind, 0)) for back in self.back)
        return tuple(Tender(kind, fen) for kind, fen in rest if fen)

    @property
    def left_fen(self) -> int:
        """What is handed back in all."""
        return sum(tender.amount_fen for tender in self.left)


def exchange_record(exchange: Exchange) -> dict[str, Any]:
    """As plain JSON."""
    return {
        "return_id": exchange.return_id.hex,
        "sale_id": exchange.sale_id.hex,
        "sale_no": exchange.sale_no,
        "chosen": [{"line": line, "milli": milli} for line, milli in exchange.chosen],
        "reason": exchange.reason,
        "words": exchange.words,
        "has_receipt": exchange.has_receipt,
        "right": exchange.right,
        "answers_no": exchange.answers_no,
        "back": _tenders_record(exchange.back),
        "traces": [{"code": code} for code in exchange.traces],
        "credit": _tenders_record(exchange.credit),
    }


def exchange_of(fields: Fields) -> Exchange:
    """That of a record; raises BadRecord."""
    exchange = Exchange(
        return_id=fields.id("return_id"),
        sale_id=fields.id("sale_id"),
        sale_no=fields.free_text("sale_no"),
        chosen=fields.items("chosen", _part_of),
        reason=fields.free_text("reason"),
        words=fields.free_text("words"),
        has_receipt=fields.flag("has_receipt"),
        right=fields.free_text("right"),
        answers_no=fields.whole("answers_no"),
        back=fields.items("back", tender_of),
        traces=fields.items("traces", _code_of),
        credit=fields.items("credit", tender_of),
    )
    fields.end()
    return exchange


def tender_of(fields: Fields) -> Tender:
    """One tender of a record; raises BadRecord."""
    kinds = [kind.value for kind in TenderKind]
    tender = Tender(
        TenderKind(fields.text("kind", among=kinds)), fields.whole("amount_fen", least=1)
    )
    fields.end()
    return tender


def _tenders_record(tenders: tuple[Tender, ...]) -> list[dict[str, Any]]:
    return [{"kind": each.kind.value, "amount_fen": each.amount_fen} for each in tenders]


def _part_of(fields: Fields) -> tuple[int, int]:
    part = fields.whole("line", least=1), fields.whole("milli", least=1)
    fields.end()
    return part


def _code_of(fields: Fields) -> str:
    code = fields.free_text("code")
    fields.end()
    return code
