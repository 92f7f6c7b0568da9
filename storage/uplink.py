"""线路: what a till speaks with its server by; one without a chain loads nothing of it."""

from __future__ import annotations

from core.ports.central import Uplink
from core.values.version import VERSION


def uplink() -> Uplink:
    """HTTP and Ed25519."""
    from storage.central import HttpCentral
    from storage.signatures import Ed25519

    return Uplink(HttpCentral, Ed25519, f"shuke {VERSION}")
