"""站着的: what one window of the office leaves to the next."""

from __future__ import annotations

from msgspec import Struct

from core.trust.staff import Staff
from ui.here import Here


class Standing(Struct, frozen=True):
    """Who is in, where, and which page shows, as `go_to` takes it."""

    staff: Staff
    here: Here
    at: str
