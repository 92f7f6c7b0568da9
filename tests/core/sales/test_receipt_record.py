"""小票存根: what was printed is found again, word for word."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sales import receipt as lines
from core.sales.receipt import Receipt, copy_of
from core.sales.receipt_record import receipt_of, receipt_record
from core.values.canonical import canonical
from tests.core.sales.sold import GOLDEN

LINES = st.one_of(
    *(
        st.builds(kind)
        for kind in (
            lines.Heading,
            lines.SaleInfo,
            lines.ItemLine,
            lines.SavingLine,
            lines.FigureLine,
            lines.TenderLine,
            lines.MemberLine,
            lines.PointsLine,
            lines.UpgradeLine,
            lines.ReturnLine,
            lines.ReturnInfo,
            lines.BackLine,
            lines.CodeLine,
            lines.Rule,
        )
    )
)


@given(st.builds(Receipt, st.text(), st.lists(LINES).map(tuple)))
def test_any_receipt_comes_back_through_json(receipt):
    assert receipt_of(json.loads(json.dumps(receipt_record(receipt)))) == receipt


@pytest.mark.parametrize("name", GOLDEN)
def test_real_receipts_have_a_canonical_form(name):
    receipt = copy_of(GOLDEN[name](), 1)
    assert receipt_of(json.loads(canonical(receipt_record(receipt)))) == receipt


def test_a_line_that_nobody_knows_is_refused_not_dropped():
    record = receipt_record(GOLDEN["a_stranger_buys_a_box"]())
    with pytest.raises(ValueError, match="hologram"):
        receipt_of([*record, ["hologram", {}]])


def test_another_version_is_refused():
    (kind, head), *rest = receipt_record(GOLDEN["a_stranger_buys_a_box"]())
    with pytest.raises(ValueError, match="not a record"):
        receipt_of([[kind, {**head, "v": 2}], *rest])


def test_a_record_from_before_a_field_was_added_still_prints():
    record = receipt_record(GOLDEN["gold_card_with_everything"]())
    for kind, facts in record:
        if kind == "saving":
            del facts["unit_price_fen"]
    savings = [line for line in receipt_of(record).lines if isinstance(line, lines.SavingLine)]
    assert {saving.unit_price_fen for saving in savings} == {0}
