"""What comes back in an exchange: it pays for the new goods first, and is read as it was kept."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.errors import BadRecord
from core.pricing.exchange import Exchange, exchange_of, exchange_record
from core.pricing.tender import Tender, TenderKind
from core.values.fields import Fields

CASH, CARD = TenderKind.CASH, TenderKind.CARD


def exchange(back: list[Tender], credit: list[Tender]) -> Exchange:
    return Exchange(
        return_id=UUID(int=1),
        sale_id=UUID(int=2),
        sale_no="S01-T2-000001",
        chosen=((1, 1),),
        reason="换货",
        words="",
        has_receipt=True,
        right="refund",
        answers_no=1,
        back=tuple(back),
        credit=tuple(credit),
    )


@pytest.mark.parametrize(
    ("credit", "left"),
    [
        ([], [Tender(CARD, 3000), Tender(CASH, 2000)]),
        ([Tender(CARD, 3000)], [Tender(CASH, 2000)]),
        ([Tender(CARD, 2999)], [Tender(CARD, 1), Tender(CASH, 2000)]),
        ([Tender(CARD, 3000), Tender(CASH, 500)], [Tender(CASH, 1500)]),
        ([Tender(CARD, 3000), Tender(CASH, 2000)], []),
    ],
)
def test_what_the_new_goods_leave_is_handed_back_as_it_was_paid(credit, left) -> None:
    made = exchange([Tender(CARD, 3000), Tender(CASH, 2000)], credit)
    assert made.back_fen == 5000
    assert (list(made.left), made.left_fen) == (left, sum(each.amount_fen for each in left))


def test_a_record_gives_it_back_with_the_first_line_and_a_thousandth_of_it() -> None:
    made = exchange([Tender(CASH, 1)], [Tender(CASH, 1)])
    assert exchange_of(Fields(exchange_record(made))) == made
    for less in ({"line": 0, "milli": 1}, {"line": 1, "milli": 0}):
        with pytest.raises(BadRecord):
            exchange_of(Fields({**exchange_record(made), "chosen": [less]}))
