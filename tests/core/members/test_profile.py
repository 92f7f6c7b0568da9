"""会员资料: what a field takes, what is shown of it, and when it is old."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import BadBirthday, BadField, BadPhone, PaymentCode
from core.members.profile import FIELDS, check_field, is_stale, masked

JOINED = date(2025, 1, 31)


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("name", " 李  小华 ", "李 小华"),
        ("phone", "138 0013 5678", "+8613800135678"),
        ("other_phone", "", ""),
        ("birthday", "lunar 1988-08-15", "lunar 1988-08-15"),
        ("kind", "company", "company"),
        ("occupation", " 教师 ", "教师"),
        ("email", "li@example.cn", "li@example.cn"),
        ("tags", "老客，糖友、老客,", "老客、糖友"),
        ("referrer", "0" * 31 + "1", "0" * 31 + "1"),
        ("verified", "2026-11-24", "2026-11-24"),
    ],
)
def test_a_field_keeps_what_is_meant(field: str, text: str, kept: str) -> None:
    assert check_field(field, text) == kept


@pytest.mark.parametrize(
    ("field", "text", "error"),
    [
        ("phone", "12", BadPhone),
        ("birthday", "solar 1988-02-31", BadBirthday),
        ("kind", "robot", BadField),
        ("sex", "x", BadField),
        ("email", "li.example.cn", BadField),
        ("email", "li@", BadField),
        ("occupation", "教" * 41, BadField),
        ("wechat", "134567890123456789", PaymentCode),
        ("tags", "一" * 13, BadField),
        ("tags", "、".join(map(str, range(13))), BadField),
        ("referrer", "李小华", BadField),
        ("family", "0" * 31 + "G", BadField),
        ("verified", "24.11.2026", BadField),
    ],
)
def test_a_field_refuses_what_it_cannot_hold(field: str, text: str, error: type) -> None:
    with pytest.raises(error):
        check_field(field, text)


def test_no_field_shows_who_somebody_is_without_a_right() -> None:
    shown = {field: masked(field, "13812345678") for field in FIELDS}
    assert {field for field, text in shown.items() if text != "13812345678"} == {
        "other_phone",
        "email",
        "wechat",
        "address",
    }
    assert masked("name", "李小华") == "李*华"
    assert masked("card_no", "800001") == "****0001"
    assert masked("birthday", "solar 1988-11-25") == "solar 0000-11-25"
    assert masked("email", "") == ""


def test_data_is_old_after_so_many_months_and_young_again_once_verified() -> None:
    assert not is_stale({}, JOINED, date(2026, 1, 30), 12)
    assert is_stale({}, JOINED, date(2026, 1, 31), 12)
    assert not is_stale({"verified": "2025-06-01"}, JOINED, date(2026, 1, 31), 12)
    assert not is_stale({}, JOINED, date(2099, 1, 1), 0)
