"""Records read field by field, or refused with the path."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from core.errors import BadRecord
from core.values.fields import Fields


def refused(read, path, reason):
    with pytest.raises(BadRecord) as bad:
        read()
    assert bad.value.path == path
    assert reason in bad.value.reason


def test_good_values_are_read():
    fields = Fields(
        {"t": "文", "n": 3, "f": True, "d": "2026-11-24", "u": "0" * 31 + "1", "x": None}
    )
    assert fields.text("t") == "文"
    assert fields.whole("n") == 3
    assert fields.flag("f") is True
    assert fields.day("d") == date(2026, 11, 24)
    assert fields.id("u") == UUID(int=1)
    assert fields.is_null("x")
    assert fields.is_null("absent")
    fields.end()


def test_a_default_stands_in_for_an_absent_field_only():
    assert Fields({}).whole("n", 7) == 7
    refused(lambda: Fields({"n": "x"}).whole("n", 7), "n", "integer")
    refused(lambda: Fields({}).whole("n"), "n", "missing")


@pytest.mark.parametrize("value", [1.0, True, "1", [], -1, 11])
def test_whole_numbers_only_and_within_their_bounds(value):
    refused(lambda: Fields({"n": value}).whole("n", least=0, most=10), "n", "integer from 0 to 10")


def test_text_is_printable_bounded_and_among_the_choices():
    refused(lambda: Fields({"t": "a\nb"}).text("t"), "t", "control")
    refused(lambda: Fields({"t": "a" * 201}).text("t"), "t", "signs")
    refused(lambda: Fields({"t": ""}).text("t", least=1), "t", "signs")
    refused(lambda: Fields({"t": "c"}).text("t", among=("a", "b")), "t", "a, b")
    assert Fields({"t": "a\u3000b\n"}).free_text("t") == "a\u3000b\n"
    refused(lambda: Fields({"t": 1}).free_text("t"), "t", "text")


@pytest.mark.parametrize("day", ["2026-02-30", "20261124", "2026-W48-2", 5, "x"])
def test_days_have_one_spelling(day):
    refused(lambda: Fields({"d": day}).day("d"), "d", "date")


def test_ids_and_flags_are_checked():
    refused(lambda: Fields({"u": "x"}).id("u"), "u", "UUID")
    refused(lambda: Fields({"u": 5}).id("u"), "u", "UUID")
    refused(lambda: Fields({"f": 1}).flag("f"), "f", "true or false")


def test_the_path_leads_into_lists_and_inner_records():
    document = {"scheme": {"tiers": [{"n": 1}, {"n": "x"}]}}
    scheme = Fields(document).inner("scheme")
    refused(lambda: scheme.items("tiers", lambda f: f.whole("n")), "scheme.tiers[1].n", "integer")
    refused(lambda: Fields({"a": 5}).inner("a"), "a", "not a record")
    refused(lambda: Fields({"a": [5]}).items("a", lambda f: f), "a[0]", "not a record")
    refused(lambda: Fields({"a": []}).items("a", lambda f: f, least=1), "a", "at least 1")
    refused(lambda: Fields({"a": ["x", "x"]}).texts("a"), "a", "different")


def test_a_field_that_nobody_read_is_refused():
    fields = Fields({"known": 1, "knwon": 2}, "here")
    fields.whole("known")
    refused(fields.end, "here.knwon", "unknown")
