"""An error is made of its facts, and of nothing else."""

from __future__ import annotations

import pytest

from core.errors import BadBirthday, BadTender, EmptyBasket, Refused


def test_facts_are_given_in_order_or_by_name() -> None:
    error = BadTender("card", amount_fen=5)
    assert (error.kind, error.amount_fen) == ("card", 5)
    assert repr(error) == "BadTender(kind='card', amount_fen=5)"


def test_a_fact_may_have_a_usual_value() -> None:
    assert not BadBirthday("31.2.").is_lunar
    assert BadBirthday("31.2.", is_lunar=True).is_lunar


@pytest.mark.parametrize(
    ("kind", "given", "named"),
    [
        (BadTender, ("card",), {}),
        (BadTender, ("card", 5, 6), {}),
        (BadTender, ("card",), {"kind": "cash"}),
        (BadTender, ("card", 5), {"colour": "red"}),
        (EmptyBasket, ("why",), {}),
    ],
)
def test_no_fact_is_missing_and_none_is_left_over(
    kind: type[Refused], given: tuple[object, ...], named: dict[str, object]
) -> None:
    with pytest.raises(TypeError):
        kind(*given, **named)


def test_what_an_error_prints_names_its_kind_only() -> None:
    """Its facts may be somebody's: they do not belong into a log."""
    assert str(BadTender("card", 5)) == "BadTender"
