"""入网码: the line holds address and code; whatever it is not joins nothing and is kept nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadAddress, BadInvitation, PlainAddress
from core.sync.invitation import Invitation, read_invitation, write_invitation
from core.values.coupon_code import ENROLMENT, RANDOM_BYTES, holds_enrolment, make_code

CODE = make_code(b"invited", first=ENROLMENT)
URLS = ("https://hq.example.com", "http://192.168.1.8:8377/shuke", "http://[fd00::1]:8377")
MEANT = Invitation("https://hq.example.com", CODE)


@given(st.sampled_from(URLS), st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES))
def test_what_is_written_is_read_again(url, dice):
    code = make_code(dice, first=ENROLMENT)
    line = write_invitation(url, code)
    assert read_invitation(line) == Invitation(url, code)
    assert holds_enrolment(line)
    assert read_invitation(line.upper()).code == code


@pytest.mark.parametrize(
    "text",
    [
        f"https://hq.example.com#{CODE}",
        f" https://hq.example.com/ # {CODE}\r\n",
        f"hq.example.com {CODE.lower()}",
        f"https://hq.example.com\n{CODE}",
        f"ｈｔｔｐｓ：／／ｈｑ．ｅｘａｍｐｌｅ．ｃｏｍ＃{CODE}",
    ],
)
def test_it_is_read_as_people_write_it(text):
    assert read_invitation(text) == MEANT
    assert holds_enrolment(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", BadInvitation),
        (CODE, BadInvitation),
        ("https://hq.example.com", BadInvitation),
        (f"https://hq.example.com#{CODE[:-1]}", BadInvitation),
        (f"https://hq.example.com#{CODE[:-1]}{'1' if CODE[-1] == '0' else '0'}", BadInvitation),
        ("https://weixin.qq.com/r/abc#123", BadInvitation),
        (f"#{CODE}", BadInvitation),
        (f"http://hq.example.com#{CODE}", PlainAddress),
        (f"https://hq..example.com#{CODE}", BadAddress),
    ],
)
def test_what_it_is_not_is_refused_without_a_word_of_it(text, kind):
    with pytest.raises(kind) as refused:
        read_invitation(text)
    assert CODE not in str(refused.value.__dict__)


@given(st.text(max_size=300))
def test_whatever_is_scanned_is_an_invitation_or_refused(text):
    try:
        read_invitation(text)
    except (BadInvitation, BadAddress, PlainAddress):
        return
    assert holds_enrolment(text)
