"""核对案件和抽奖: what was opened, decided and drawn is what was told of it, step by step.

A draw is drawn again: its prizes, its list, and who won follow from what was told before.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from core.ports.draws import Draw
from core.sync.cases import DECIDED, OPENED, REOPENED
from core.sync.fact import Event, is_linked
from core.trust.draw import Entry, commitment, entry_key, in_order, list_hash, winners
from storage.columns import Connection
from storage.draws import StoredDraws

_DRAWS = ("DrawCommitted", "DrawClosed", "DrawDrawn", "DrawLeft", "PrizeGiven")
_HEARD = ", ".join(f"'{kind}'" for kind in (OPENED, DECIDED, REOPENED, *_DRAWS))
_EVENTS = (
    "SELECT id, kind, till_id, incarnation, seq, prev, hash, CAST(data AS BLOB) FROM events "  # noqa: S608 - kinds of ours
    f"WHERE kind IN ({_HEARD}) ORDER BY incarnation, seq"
)
_CASES = "SELECT id, kind, about FROM cases WHERE NOT is_of_chain"
_STEPS = (
    "SELECT case_id, decision, points, staff_no, approved_by FROM case_steps "
    "WHERE kind IN ('decided', 'reopened') ORDER BY n"
)
_UNSETTLED = (
    "SELECT cases.id FROM cases LEFT JOIN case_steps AS last ON last.n = "
    "(SELECT max(n) FROM case_steps WHERE case_id = cases.id "
    "AND kind IN ('decided', 'reopened', 'closed')) WHERE NOT is_of_chain "
    "AND (closed_us, CASE WHEN closed_us IS NULL THEN NULL ELSE cases.decision END) IS NOT "
    "(CASE WHEN last.kind = 'reopened' THEN NULL ELSE last.at_us END, last.decision)"
)
_UNPROVEN = (
    "SELECT id FROM cases WHERE pieces <> "
    "(SELECT count(*) FROM case_evidence WHERE case_id = cases.id)"
)
_KNOWN_DRAWS = "SELECT id FROM draws"
Step = tuple[str | None, int, int, int]


def judged_findings(connection: Connection) -> Iterator[tuple[str, str]]:
    """What is wrong, and the id of the case or of the draw.

    An event that was changed itself tells nothing.
    """
    judged = _Judged()
    for row in connection.execute(_EVENTS).fetchall():
        event = Event(UUID(bytes=row[0]), row[1], UUID(bytes=row[2]), *row[3:])
        if is_linked(event):
            judged.hear(event.kind, json.loads(event.data)["body"])
    yield from judged.wrong(connection)


class _Judged:
    """Hears the events in their order; then says what is otherwise in the tables."""

    def __init__(self) -> None:
        self._opened: dict[str, tuple[str, str]] = {}
        self._steps: dict[str, list[Step]] = defaultdict(list)
        self._draws: dict[str, _DrawTold] = defaultdict(_DrawTold)

    def hear(self, kind: str, body: dict[str, Any]) -> None:
        """An event, by its kind and what it says."""
        if kind == OPENED:
            self._opened[body["case"]] = body["kind"], body["about"]
        elif kind in (DECIDED, REOPENED):
            step = body.get("decision"), body["points"], body["staff_no"], body["approved_by"]
            self._steps[body["case"]].append(step)
        else:
            self._draws[body["draw"]].hear(kind, body)

    def wrong(self, connection: Connection) -> Iterator[tuple[str, str]]:
        """What is wrong, and the id of the case or of the draw."""
        yield from self._wrong_cases(connection)
        stored = StoredDraws(connection)
        kept = {bytes(ident).hex() for (ident,) in connection.execute(_KNOWN_DRAWS).fetchall()}
        for ident in sorted(kept | self._draws.keys()):
            draw = stored.get(UUID(ident))
            if draw is None:
                yield "draw_missing", ident
            else:
                yield from ((what, ident) for what in self._draws[ident].wrong(draw))

    def _wrong_cases(self, connection: Connection) -> Iterator[tuple[str, str]]:
        rows = connection.execute(_CASES).fetchall()
        kept = {bytes(ident).hex(): (kind, about) for ident, kind, about in rows}
        steps = defaultdict[str, list[Step]](list)
        for ident, *step in connection.execute(_STEPS).fetchall():
            steps[bytes(ident).hex()].append((step[0], step[1], step[2], step[3]))
        for ident in sorted(kept.keys() | self._opened.keys()):
            if ident not in kept:
                yield "case_missing", ident
            elif ident not in self._opened:
                yield "case_without_event", ident
            elif kept[ident] != self._opened[ident]:
                yield "case_differs", ident
        for ident in sorted(steps.keys() | self._steps.keys()):
            if steps.get(ident) != self._steps.get(ident):
                yield "case_steps_differ", ident
        for what, sql in (("case_unsettled", _UNSETTLED), ("case_unproven", _UNPROVEN)):
            for (ident,) in connection.execute(sql).fetchall():
                yield what, bytes(ident).hex()


class _DrawTold:
    """What was told of one draw, step by step."""

    def __init__(self) -> None:
        self._committed: str | None = None
        self._closed: tuple[str, int] | None = None
        self._drawn: tuple[str, str, list[int | None]] | None = None
        self._left: list[str] = []
        self._left_before = 0
        self._given: set[tuple[int, int]] = set()

    def hear(self, kind: str, body: dict[str, Any]) -> None:
        """A step."""
        match kind:
            case "DrawCommitted":
                self._committed = body["commitment"]
            case "DrawClosed":
                self._closed = body["list"], body["entries"]
            case "DrawDrawn":
                self._drawn = body["seed"], body["word"], body["won"]
                self._left_before = len(self._left)
            case "DrawLeft":
                self._left.append(body["entry"])
            case _:
                self._given.add((body["prize"], body["piece"]))

    def wrong(self, draw: Draw) -> Iterator[str]:
        """What of it is otherwise than it was told."""
        if self._committed is None:
            yield "draw_without_event"
            return
        promised = commitment(draw.plan)
        if promised != self._committed:
            yield "draw_differs"
        taking = draw.closed.members if draw.closed is not None else ()
        keys = [Entry(entry_key(draw.plan.id, who), tickets) for who, tickets in taking]
        entries = in_order(keys)
        listed = None if draw.closed is None else (list_hash(promised, entries), len(entries))
        if listed != self._closed:
            yield "draw_list_differs"
        elif self._drawn_again(draw, entries) != self._drawn:
            yield "draw_result_differs"
        left = [entry_key(draw.plan.id, each.member_id) for each in draw.gone]
        given = {(each.prize, each.piece) for each in draw.given}
        if (left, given) != (self._left, self._given):
            yield "draw_prizes_differ"

    def _drawn_again(
        self, draw: Draw, entries: tuple[Entry, ...]
    ) -> tuple[str, str, list[int | None]] | None:
        if draw.drawn is None:
            return None
        seed, word = draw.committed.seed, draw.drawn.word
        numbers = {key: no for no, key in enumerate(sorted(each.key for each in entries), 1)}
        gone = self._left[: self._left_before]
        won = winners(draw.plan, entries, seed, word, gone)
        return seed.hex(), word, [None if e.key is None else numbers[e.key] for e in won]
