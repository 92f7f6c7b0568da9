"""设置: what a till knows, and what differs between two of them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.values.settings import KNOWN, Settings

USUAL = Settings()


def test_the_usual_settings_are_sound() -> None:
    assert USUAL.is_sound


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, known in KNOWN.items() for v in known])
def test_everything_known_is_sound(name: str, value: object) -> None:
    assert replace(USUAL, **{name: value}).is_sound  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "tlh"),
        ("theme", "pink"),
        ("scale", 110),
        ("scale", "150"),
        ("has_sounds", 1),
        ("has_sounds", None),
        ("lock_minutes", -1),
        ("lock_minutes", False),
        ("paper_mm", 81),
        ("printer", None),
        ("receipt_language", ""),
    ],
)
def test_anything_else_is_not(name: str, value: object) -> None:
    assert not replace(USUAL, **{name: value}).is_sound  # type: ignore[arg-type]


def test_receipts_follow_the_screen_until_they_have_a_language_of_their_own() -> None:
    assert replace(USUAL, language="en").paper_language is None
    assert replace(USUAL, receipt_language="zh_TW").paper_language == "zh_TW"


def test_the_differences_are_named() -> None:
    other = replace(USUAL, theme="dark", scale=150, has_sounds=False)
    assert USUAL.differences(other) == ("theme", "scale", "has_sounds")
    assert USUAL.differences(USUAL) == ()
