"""词表: the words of every screen, receipt and command in the language that is spoken.

Source texts are Chinese and are their own keys; another language is a table from them, in
resources/i18n, read when it is spoken for the first time (docs/decisions/0004).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from core.values.settings import LANGUAGES

TABLES = Path(__file__).resolve().parent.parent / "resources" / "i18n"
SOURCE = LANGUAGES[0]
# Each language by its own name: who cannot read the screen must find it.
LANGUAGE_NAMES = {"zh_CN": "简体中文", "zh_TW": "繁體中文", "en": "English"}
_language = SOURCE
# A receipt may speak another language than the screen, on a thread of its own.
_aside: ContextVar[str | None] = ContextVar("aside", default=None)


class _Filler(Formatter):
    """Fills places; `{count:line|lines}` chooses by the number: one, or any other.

    More than two choices are counted: `{month:Jan|Feb|…}`. Where a word stands for all of them, as
    a page of members is called, `{all:Member|Members}` is given no number.
    """

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        choices = format_spec.split("|")
        if len(choices) == 2:
            return choices[str(value) != "1"]
        return choices[int(value) - 1]


_filler = _Filler()


def tr(text: str, /, **values: object) -> str:
    """The text in the language that is spoken, with `{name}` places filled in."""
    language = _aside.get() or _language
    said = text if language == SOURCE else catalogue(language).get(text, text)
    if not values:
        return said
    return _filler.vformat(said, (), values) if "|" in said else said.format(**values)


def capital(text: str) -> str:
    """A head or label: one word serves in sentences too, where it begins with a small letter."""
    return text[:1].upper() + text[1:]


def speak(language: str) -> None:
    """Say everything in this language from now on; KeyError for one that we do not have."""
    global _language
    catalogue(language)
    _language = language


def spoken() -> str:
    """The language that is spoken here and now."""
    return _aside.get() or _language


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Say what is said inside in another language; None changes nothing."""
    if language is not None:
        catalogue(language)
    token = _aside.set(language)
    try:
        yield
    finally:
        _aside.reset(token)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The table of a language: empty for the one that the source texts are in."""
    if language == SOURCE:
        return {}
    if language not in LANGUAGES:
        raise KeyError(language)
    found: dict[str, str] = json.loads((TABLES / f"{language}.json").read_text("utf-8"))
    return found
