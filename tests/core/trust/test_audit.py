"""The audit log is a hash chain: a changed, removed or reordered row is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.trust.audit import START, AuditRow, audit_row, broken_rows


def rows(count: int) -> list[AuditRow]:
    made: list[AuditRow] = []
    for seq in range(1, count + 1):
        prev = made[-1].hash if made else START
        made.append(
            audit_row(seq, prev, "sale", at_us=seq, staff_no=1, subject=str(seq), detail="")
        )
    return made


def test_an_honest_chain_has_no_broken_row() -> None:
    assert list(broken_rows(rows(9))) == []
    assert list(broken_rows([])) == []


@given(st.integers(2, 9), st.data())
def test_a_row_that_was_removed_is_missed(count: int, data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, count - 2))
    kept = rows(count)
    del kept[gone]
    assert list(broken_rows(kept)) == [gone + 2]


@given(st.integers(1, 9), st.data())
def test_a_changed_row_is_found(count: int, data: st.DataObject) -> None:
    kept = rows(count)
    place = data.draw(st.integers(0, count - 1))
    kept[place] = replace(kept[place], data=kept[place].data.replace(b"sale", b"gift"))
    assert list(broken_rows(kept)) == [place + 1]


@given(st.integers(2, 9), st.data())
def test_two_rows_that_changed_places_are_found(count: int, data: st.DataObject) -> None:
    kept = rows(count)
    place = data.draw(st.integers(0, count - 2))
    kept[place], kept[place + 1] = kept[place + 1], kept[place]
    assert list(broken_rows(kept))


def test_a_row_written_anew_does_not_fit_the_next() -> None:
    kept = rows(3)
    kept[1] = audit_row(2, kept[0].hash, "gift", at_us=2, staff_no=1, subject="2", detail="")
    assert list(broken_rows(kept)) == [3]
