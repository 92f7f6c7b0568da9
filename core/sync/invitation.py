"""入网码: where the server is and a code of it, in one line of text that a QR code holds.

It is written as an address with the code behind a `#`: what stands there no browser sends.
"""

from __future__ import annotations

from msgspec import Struct

from core.errors import BadInvitation
from core.sync.address import read_address
from core.values.coupon_code import last_part, read_enrolment


class Invitation(Struct, frozen=True):
    """An address that may be asked, and a code without its dashes."""

    url: str
    code: str


def write_invitation(url: str, code: str) -> str:
    """The line as a person reads it best; whoever reads it takes the dashes out."""
    return f"{url}#{code[:4]}-{code[4:8]}-{code[8:]}"


def read_invitation(text: str) -> Invitation:
    """What a scan or a typed line invites to, also in full-width signs or with a space before

    the code; raises BadInvitation, which keeps nothing of the text, BadAddress and PlainAddress.
    """
    url, tail = last_part(text)
    code = read_enrolment(tail)
    if code is None or not url:
        raise BadInvitation()
    return Invitation(read_address(url), code)
