"""The paper of a redemption: as it was, no wider than the paper, and kept as it was made."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.sales.receipt_record import receipt_of, receipt_record
from tests.core.sales.redeemed import SLIPS
from tests.ui.devices.test_columns import columns_of
from ui.devices.columns import as_text

GOLDEN = Path(__file__).parents[2] / "golden" / "receipts"


@pytest.mark.parametrize("columns", [48, 32])
@pytest.mark.parametrize("name", SLIPS)
def test_slips_are_as_they_were(name: str, columns: int) -> None:
    text = as_text(SLIPS[name](), columns)
    assert text == (GOLDEN / f"{name}.{columns}.txt").read_text(encoding="utf-8")
    assert max(map(columns_of, text.splitlines())) == columns


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_comes_back_from_its_record(name: str) -> None:
    slip = SLIPS[name]()
    assert receipt_of(receipt_record(slip)) == slip
    assert not slip.opens_drawer
