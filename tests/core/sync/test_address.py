"""总部的地址: what is not encrypted stays within the shop's own network."""

from __future__ import annotations

import pytest

from core.errors import BadAddress, PlainAddress
from core.sync.address import read_address


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://hq.example.com", "https://hq.example.com"),
        (" HTTPS://HQ.Example.COM:8443/shuke/ ", "https://hq.example.com:8443/shuke"),
        ("hq.example.com", "https://hq.example.com"),
        ("192.168.1.10:8000", "http://192.168.1.10:8000"),
        ("http://127.0.0.1:8000//", "http://127.0.0.1:8000"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://[fd00::1]", "http://[fd00::1]"),
        ("http://10.0.0.1", "http://10.0.0.1"),
    ],
)
def test_an_address_is_read(typed: str, read: str) -> None:
    assert read_address(typed) == read


@pytest.mark.parametrize(
    "typed", ["http://hq.example.com", "http://8.8.8.8", "http://[2001:db9::1]"]
)
def test_outside_of_the_own_network_it_must_be_encrypted(typed: str) -> None:
    with pytest.raises(PlainAddress):
        read_address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "总部",
        "ftp://hq.example.com",
        "https://user:word@hq.example.com",
        "https://hq.example.com/?a=1",
        "https://hq.example.com#1",
        "https://hq.example.com:99999",
        "https://hq example.com",
        "https://hq.example.com\r\nX: 1",
        "https://" + "a" * 300,
        "https://-",
        "https://256.1.1.1",
        "192.168.1.300",
        "https://1.2.3.4.5",
        "https://[1::2::3]",
        "https://a..b",
        "https://a.-b.cn",
        "https://" + "a" * 64 + ".cn",
        "https://h\u017f.cn",
    ],
)
def test_anything_else_is_no_address(typed: str) -> None:
    with pytest.raises(BadAddress):
        read_address(typed)
