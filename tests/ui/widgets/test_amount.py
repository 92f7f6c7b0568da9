"""应收: as large as fits, never cut, always on the same base line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from ui.look import Look
from ui.widgets.amount import Amount


def made(look: Look, text: str, width: int = 384, **measures: int) -> Amount:
    amount = Amount(look, "应收", name="payable", **measures)
    amount.resize(width, amount.height())
    amount.set_amount(text)
    return amount


def rows_of_ink(amount: Amount, left: int = 0) -> list[int]:
    image = amount.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    across = range(left, image.width())
    return [
        y for y in range(image.height()) if any(image.pixelColor(x, y).red() < 90 for x in across)
    ]


def test_the_usual_amount_stands_in_the_largest_step(look: Look) -> None:
    assert made(look, "246.31").size_px() == 84


def test_a_million_still_fits_beside_its_label(look: Look) -> None:
    amount = made(look, "1,234,567.80")
    assert amount.size_px() in look.payable_steps
    assert amount.size_px() < 84


@settings(deadline=None, max_examples=40)
@given(fen=st.integers(-(10**9), 10**9), width=st.integers(232, 560))
def test_no_figure_is_ever_cut(look: Look, fen: int, width: int) -> None:
    text = f"{fen / 100:,.2f}".replace("-", "−")
    amount = made(look, text, width)
    ink = amount.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    assert amount.size_px() >= 16
    edge = [ink.pixelColor(0, y).red() for y in range(ink.height())]
    assert min(edge) > 200, "nothing touches the left edge, so nothing was pushed out"


@pytest.mark.parametrize("slot", [{"size": 84, "slot": 92}, {"size": 120, "slot": 144}])
def test_the_base_line_does_not_move_when_the_figure_shrinks(look: Look, slot: dict) -> None:
    width = 384 if slot["size"] == 84 else 544
    large, small = made(look, "246.31", width, **slot), made(look, "11234567.80", width, **slot)
    assert large.size_px() > small.size_px()
    right = width // 2
    assert abs(rows_of_ink(large, right)[-1] - rows_of_ink(small, right)[-1]) <= 1


def test_commas_stay_inside_of_the_slot(look: Look) -> None:
    amount = made(look, "1,234.00", 700, size=120, slot=144)
    assert amount.size_px() == 120
    assert rows_of_ink(amount)[0] > 0
    assert rows_of_ink(amount)[-1] < 143


def test_the_amount_is_spoken_with_its_label(look: Look) -> None:
    assert made(look, "246.31").accessibleName() == "应收 ¥246.31"
