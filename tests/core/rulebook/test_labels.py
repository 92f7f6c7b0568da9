"""店内码: layouts that a scale can print, and the check digits of GS1 for what they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalog.barcode import read_code
from core.errors import BadLabelLayout
from core.rulebook.labels import LabelCode, check_layout, label_of, label_record, value_check_digit
from core.values.fields import Fields
from core.values.gtin import check_digit

# GS1 General Specifications, 7.9.2 and 7.9.3: their own examples.
EXAMPLES = [("2875", "9"), ("14685", "6")]


@pytest.mark.parametrize(("value", "digit"), EXAMPLES)
def test_the_check_digit_of_a_value(value: str, digit: str) -> None:
    assert value_check_digit(value) == digit


@pytest.mark.parametrize(
    ("layout", "fault"),
    [
        (LabelCode("19", "price"), "prefix"),
        (LabelCode("2", "price"), "prefix"),
        (LabelCode("20", "colour"), "holds"),
        (LabelCode("20", "price", 6, 5), "digits"),
        (LabelCode("20", "price", 0, 5), "digits"),
        (LabelCode("20", "price", 5, 5, has_value_check=True), "digits"),
        (LabelCode("20", "price", decimals=3), "decimals"),
        (LabelCode("20", "weight", 8, 2, decimals=3), "decimals"),
        (LabelCode("20", "price", 3, 6, has_value_check=True), "has_value_check"),
    ],
)
def test_what_no_scale_could_print(layout: LabelCode, fault: str) -> None:
    with pytest.raises(BadLabelLayout) as refused:
        check_layout(layout)
    assert refused.value.fault == fault


LAYOUTS = st.builds(
    LabelCode,
    prefix=st.sampled_from([str(n) for n in range(20, 30)]),
    holds=st.sampled_from(("price", "weight")),
    item_digits=st.integers(1, 5),
    value_digits=st.integers(1, 5),
    is_checked=st.booleans(),
    decimals=st.integers(-1, 2),
    has_value_check=st.booleans(),
)


@given(LAYOUTS)
def test_a_layout_comes_back_from_its_record(layout: LabelCode) -> None:
    try:
        check_layout(layout)
    except BadLabelLayout:
        return
    assert label_of(Fields(label_record(layout))) == layout


@given(LAYOUTS, st.integers(1, 99_999))
def test_what_a_scale_prints_is_what_is_read(layout: LabelCode, value: int) -> None:
    try:
        check_layout(layout)
    except BadLabelLayout:
        return
    digits = f"{value % 10**layout.value_digits or 1:0{layout.value_digits}d}"
    inner = value_check_digit(digits) if layout.has_value_check else ""
    body = layout.prefix + "7".zfill(layout.item_digits) + inner + digits
    text = body.ljust(12, "0")
    text += check_digit(text) if len(text) == 12 else ""  # a layout without one may use its place
    label = read_code(text, (layout,)).label
    assert label is not None and int(label.item) == 7
    assert label.value == int(digits) * 10 ** (
        (2 if layout.holds == "price" else 3) - layout.places
    )


def test_a_misread_value_is_no_label() -> None:
    layout = LabelCode("20", "price", 4, 5, has_value_check=True)
    good = "20" + "0042" + value_check_digit("01250") + "01250"
    bad = "20" + "0042" + value_check_digit("01250") + "01350"
    assert read_code(good + check_digit(good), (layout,)).label is not None
    assert read_code(bad + check_digit(bad), (layout,)).label is None
