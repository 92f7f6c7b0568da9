"""说到谁: whom the events behind a number name, however many of them a single one does."""

from __future__ import annotations

from uuid import UUID

from core.sync.named import SEVERAL, Named

ONE, TWO, THREE = (UUID(int=number << 64) for number in (1, 2, 3))
MANY = [UUID(int=number << 32) for number in range(2, 3 * SEVERAL)]


def test_it_names_whom_any_event_does() -> None:
    named = Named(4, 4)
    named.add(5, {ONE})
    named.add(6, MANY)
    assert named.among({ONE, TWO, MANY[7], UUID(int=1), UUID(int=9)}) == {ONE, MANY[7]}
    assert named.came_to == 6


def test_what_was_read_there_names_nobody_any_more() -> None:
    named = Named(0, 0)
    named.add(1, {ONE, TWO})
    named.add(2, MANY)
    named.add(3, {TWO})
    named.forget(1)
    assert named.among({ONE, TWO, MANY[0]}) == {TWO, MANY[0]}
    named.forget(2)
    assert named.among({ONE, TWO, MANY[0]}) == {TWO}
    named.forget(1)
    assert (named.begins, named.came_to, named.among({THREE, TWO})) == (2, 3, {TWO})
