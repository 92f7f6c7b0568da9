"""预留，在收银台: what a screen offers can be spent, with a line and without."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.sync.escrow import EscrowKind
from core.sync.own_escrow import Line, OwnEscrow, OwnState, allowed, covering

SALE = UUID(int=1)
LEASE = OwnEscrow(
    UUID(int=2),
    EscrowKind.LEASED,
    UUID(int=3),
    None,
    1,
    500,
    date(2026, 1, 1),
    0,
    OwnState.HELD,
    points=100,
    remaining=100,
)
REFUSED = OwnEscrow(
    UUID(int=4),
    EscrowKind.AUTHORISED,
    UUID(int=3),
    SALE,
    1,
    500,
    date(2026, 1, 1),
    0,
    OwnState.REFUSED,
    points=300,
)


def test_without_a_line_only_what_lies_here_is_offered() -> None:
    """What a refusal told of is at the server still."""
    own = [REFUSED, LEASE]
    assert allowed(own, Line(True), SALE, incarnation=1, now_us=1) == 300
    most = allowed(own, Line(False), SALE, incarnation=1, now_us=1)
    assert most == 100
    assert covering(own, SALE, most, incarnation=1, now_us=1) == LEASE
