"""规范字节: equal values give equal bytes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from core.values.canonical import canonical, digest


def test_equal_records_have_equal_bytes_whatever_their_order():
    assert canonical({"b": 1, "a": [True, None]}) == canonical({"a": [True, None], "b": 1})
    assert canonical({"b": 1, "a": "券"}) == '{"a":"券","b":1}'.encode()


def test_ids_and_dates_have_one_spelling():
    assert canonical([UUID(int=1), date(2026, 11, 24)]) == (
        b'["00000000000000000000000000000001","2026-11-24"]'
    )


@pytest.mark.parametrize("thing", [{1, 2}, object(), b"bytes"])
def test_what_has_no_canonical_form_is_refused(thing):
    with pytest.raises(TypeError):
        canonical(thing)


def test_numbers_that_json_does_not_know_are_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


def test_the_digest_is_sha256():
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
