"""总部的地址: what a person types, as the beginning of every address of the server."""

from __future__ import annotations

import ipaddress
import re

from core.errors import BadAddress, PlainAddress

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(
    r"(?:(?P<scheme>[a-z]+)://)?"
    rf"(?P<host>{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])"
    r"(?P<port>:[0-9]{1,5})?"
    r"(?P<path>(?:/[A-Za-z0-9._~-]+)*)/*",
    re.IGNORECASE | re.ASCII,
)
LONGEST = 200


def read_address(text: str) -> str:
    """An address without its last slash; raises BadAddress.

    What is not encrypted stays within the shop's own four walls: `http` to any other than a
    loopback or a private address raises PlainAddress. Without a scheme it is `http` there, and
    `https` everywhere else.
    """
    found = _ADDRESS.fullmatch(text.strip())
    if found is None or len(text) > LONGEST or int((found["port"] or ":443")[1:]) > 65535:
        raise BadAddress(text)
    host = found["host"].lower()
    if not _is_host(host):
        raise BadAddress(text)
    scheme = (found["scheme"] or ("http" if is_near(host) else "https")).lower()
    if scheme not in ("http", "https"):
        raise BadAddress(text)
    if scheme == "http" and not is_near(host):
        raise PlainAddress(text)
    return f"{scheme}://{host}{found['port'] or ''}{found['path']}"


def _is_host(host: str) -> bool:
    """Whether what is written as a number is one: nobody's name ends in digits."""
    try:
        if host.startswith("["):
            ipaddress.IPv6Address(host[1:-1])
        elif host.rsplit(".", 1)[-1].isdigit():
            ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def is_near(host: str) -> bool:
    """Whether a host is this machine itself, or one of a private network, by its number."""
    if is_itself(host):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_private
    except ValueError:
        return False


def is_itself(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
