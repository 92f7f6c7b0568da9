"""线路: what a till speaks with its server by; one without a chain loads nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.values.version import VERSION

if TYPE_CHECKING:
    from core.ports.central import Uplink


def uplink() -> Uplink:
    """HTTP and Ed25519."""
    from core.ports.central import Uplink
    from storage.central import HttpCentral, counter_line
    from storage.signatures import Ed25519

    return Uplink(HttpCentral, Ed25519, f"shuke {VERSION}", counter_line)
