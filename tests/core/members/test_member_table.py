"""会员表: each row is a member, or its line, column and fault."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import (
    BadBirthday,
    BadCard,
    BadFlag,
    BadLastDay,
    BadName,
    BadPhone,
    BadPoints,
    MissingColumns,
    PaymentCode,
    PointsGone,
    TwiceInTable,
    UnknownTier,
)
from core.members.birthday import format_birthday
from core.members.member import Birthday
from core.members.member_table import FOR_EVER, MOST_POINTS, MemberRow, read_members
from core.rulebook.schemes import Tier, TierScheme
from core.values.table import BadRow, is_scientific

TODAY = date(2026, 11, 24)
SCHEME = TierScheme((Tier("normal", "普通", 0), Tier("silver", "银卡", 1), Tier("gold", "金卡", 2)))
HEADINGS = ["会员卡号", "姓名", "手机", "生日", "农历", "等级", "积分"]
GOOD = ["800001", "李小华", "13800135678", "1986-11-25", "否", "金卡", "12480"]


def read(*rows: list[str], headings: list[str] | None = None) -> list[MemberRow | BadRow]:
    lines = enumerate(rows, start=2)
    return list(read_members(headings or HEADINGS, lines, SCHEME, today=TODAY))


def with_cell(column: str, text: str) -> list[str]:
    row = list(GOOD)
    row[HEADINGS.index(column)] = text
    return row


def test_a_row_becomes_a_member():
    assert read(GOOD) == [
        MemberRow("800001", "李小华", "+8613800135678", Birthday(11, 25, 1986), "gold", 12_480)
    ]


def test_only_card_and_name_are_needed():
    assert read(["800001", "李小华"], headings=["卡号", "姓名"]) == [MemberRow("800001", "李小华")]
    assert read(["800001", "李小华"]) == [MemberRow("800001", "李小华")]
    with pytest.raises(MissingColumns) as refused:
        read(GOOD, headings=["编号", "名", "手机"])
    assert refused.value.names == ("会员卡号", "姓名")


def test_headings_may_be_english_and_in_any_order():
    headings = ["Points", "Tier", "Birthday", "Phone", "Name", "Card No", "Lunar"]
    row = ["80", "gold", "8-15", "13800135678", "李小华", "800001", "yes"]
    assert read(row, headings=headings) == [
        MemberRow("800001", "李小华", "+8613800135678", Birthday(8, 15, None, True), "gold", 80)
    ]


@pytest.mark.parametrize("text", ["是", "农历", "√", "1"])
def test_the_lunar_column_makes_a_birthday_lunar(text):
    row = with_cell("农历", text)
    row[HEADINGS.index("生日")] = "1968-10-16"
    [member] = read(row)
    assert member.birthday == Birthday(10, 16, 1968, True)


def test_a_birthday_may_say_itself_that_it_is_lunar():
    [member] = read(with_cell("生日", "农历闰四月初三"))
    assert member.birthday == Birthday(4, 3, None, True, True)


@pytest.mark.parametrize(
    ("column", "text", "error"),
    [
        ("会员卡号", "", BadCard),
        ("会员卡号", "123", BadCard),
        ("会员卡号", "8" * 33, BadCard),
        ("会员卡号", "八〇〇〇〇一", BadCard),
        ("会员卡号", "8.00001E+11", BadCard),
        ("会员卡号", "80\x0000", BadCard),
        ("会员卡号", "none", BadCard),
        ("姓名", "", BadName),
        ("姓名", "李" * 41, BadName),
        ("姓名", "李\x07华", BadName),
        ("姓名", "12345", BadName),
        ("手机", "1380013567", BadPhone),
        ("手机", "1.38E+10", BadPhone),
        ("手机", "没有", BadPhone),
        ("生日", "1986-02-30", BadBirthday),
        ("生日", "1987-02-29", BadBirthday),
        ("生日", "2020年闰五月初一", BadBirthday),
        ("农历", "也许", BadFlag),
        ("等级", "白金卡", UnknownTier),
        ("积分", "-1", BadPoints),
        ("积分", "1.5", BadPoints),
        ("积分", "许多", BadPoints),
        ("积分", "1,2", BadPoints),
        ("积分", str(MOST_POINTS + 1), BadPoints),
        ("积分", "9" * 5000, BadPoints),
    ],
)
def test_a_bad_cell_is_told_by_line_and_column(column, text, error):
    other = ["800002", "陈明", "13900120481"]
    bad, good = read(with_cell(column, text), other)
    assert (bad.line, bad.column) == (2, column)
    assert type(bad.error) is error
    assert good.card_no == "800002"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("", 0),
        ("0", 0),
        ("12,480", 12_480),
        ("12480.00", 12_480),
        ("１２", 12),
        ("100000000", 10**8),
    ],
)
def test_points_as_tables_write_them(text, points):
    [member] = read(with_cell("积分", text))
    assert member.points == points


@pytest.mark.parametrize(
    ("text", "tier"), [("", None), ("金卡", "gold"), ("gold", "gold"), ("GOLD", "gold")]
)
def test_a_tier_is_told_by_name_or_code_or_not_at_all(text, tier):
    [member] = read(with_cell("等级", text))
    assert member.tier == tier


def test_the_lunar_column_matters_only_beside_a_birthday():
    row = with_cell("生日", "")
    row[HEADINGS.index("农历")] = "不知道"
    [member] = read(row)
    assert member.birthday is None


def test_a_card_or_a_phone_counts_once_in_a_table():
    rows = [
        GOOD,
        with_cell("手机", "13800135679"),
        with_cell("会员卡号", "800002"),
        ["800003", "丙"],
    ]
    first, same_card, same_phone, other = read(*rows)
    assert isinstance(first, MemberRow)
    assert isinstance(other, MemberRow)
    assert (same_card.line, same_card.column) == (3, "会员卡号")
    assert same_card.error.text == "800001"
    assert (same_phone.line, same_phone.column) == (4, "手机")
    assert isinstance(same_phone.error, TwiceInTable)


def test_a_family_may_share_a_phone_where_somebody_says_so_but_never_a_card():
    rows = [GOOD, with_cell("会员卡号", "800002"), with_cell("手机", "13800135679")]
    lines = list(enumerate(rows, 2))
    _, same_phone, same_card = read_members(
        HEADINGS, lines, SCHEME, today=TODAY, shares_phones=True
    )
    assert (same_phone.card_no, same_phone.line) == ("800002", 3)
    assert isinstance(same_card, BadRow)


def test_one_phone_in_two_spellings_is_one_phone():
    _, second = read(GOOD, ["800002", "陈明", "+86 138-0013-5678"])
    assert isinstance(second, BadRow)


def test_a_bad_row_takes_nobodys_card_or_phone():
    bad, good = read(with_cell("生日", "1986-13-01"), GOOD)
    assert isinstance(bad, BadRow)
    assert isinstance(good, MemberRow)
    _, same_phone, good = read(GOOD, with_cell("会员卡号", "800002"), ["800002", "陈明"])
    assert isinstance(same_phone, BadRow)
    assert isinstance(good, MemberRow)
    other = "13900120481"
    _, same_card, good = read(GOOD[:2], with_cell("手机", other), ["800002", "陈明", other])
    assert isinstance(same_card, BadRow)
    assert isinstance(good, MemberRow)


CARDS = st.from_regex(r"[A-Z0-9]{3,31}[0-9]", fullmatch=True).filter(
    lambda card: card.isdigit() or not is_scientific(card)
)
"""As they are printed; what a spreadsheet takes for 8.00001E+11 is refused, see above."""


@given(
    cards=st.lists(CARDS, min_size=1, unique=True),
    born=st.none() | st.dates().filter(lambda day: 1900 <= day.year < 2100),
    points=st.integers(0, MOST_POINTS),
)
def test_what_is_written_plainly_is_read_back(cards, born, points):
    birthday = Birthday(born.month, born.day, born.year) if born else None
    text = format_birthday(birthday) if birthday else ""
    rows = [[card, "李小华", "", text, "否", "银卡", f"{points:,}"] for card in cards]
    members = [MemberRow(card, "李小华", None, birthday, "silver", points) for card in cards]
    assert read(*rows) == members


@given(st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=6))
def test_any_row_is_a_member_or_a_bad_row(rows):
    found = read(*rows)
    assert len(found) == len(rows)
    for line, row in enumerate(found, start=2):
        if isinstance(row, BadRow):
            assert row.line == line
            assert row.column in HEADINGS


@pytest.mark.parametrize(
    ("column", "text"), [("会员卡号", "4111111111111111"), ("姓名", "李 134567890123456789")]
)
def test_what_somebody_pays_with_is_not_imported(column: str, text: str):
    (row,) = read(with_cell(column, text))
    assert isinstance(row, BadRow)
    assert (row.column, type(row.error)) == (column, PaymentCode)


LOTS = ["卡号", "姓名", "手机", "等级", "积分", "有效期"]


def lots(*rows: tuple[str, str]) -> list[MemberRow | BadRow]:
    """Rows of one person with other points, and last days."""
    return read(*(["8001", "李小华", "13800135678", "金卡", *row] for row in rows), headings=LOTS)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-12-31", date(2027, 12, 31)),
        ("2027/3/1", date(2027, 3, 1)),
        ("2027.03.01", date(2027, 3, 1)),
        ("20270301", date(2027, 3, 1)),
        ("２０２７年３月１日", date(2027, 3, 1)),
        ("2027-12-31 23:59:59.000", date(2027, 12, 31)),
        ("2026-11-24", TODAY),
        ("永久", FOR_EVER),
        ("9999-12-31", FOR_EVER),
        ("", None),
    ],
)
def test_points_expire_on_the_day_of_their_row(text, day):
    (row,) = lots(("500", text))
    assert (row.points, row.expires_on, row.is_further) == (500, day, False)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("2027-02-29", BadLastDay),
        ("27/3/1", BadLastDay),
        ("明年", BadLastDay),
        ("46387", BadLastDay),
        ("0000-00-00", BadLastDay),
        ("2026-11-23", PointsGone),
    ],
)
def test_a_last_day_that_is_none_or_over_is_wrong_where_there_are_points(text, error):
    bad, none = lots(("500", text), ("0", text))
    assert (bad.line, bad.column, type(bad.error)) == (2, "积分有效期", error)
    assert (none.points, none.expires_on) == (0, None)


def test_more_rows_of_one_person_bring_more_lots():
    first, second, third = lots(("500", "2027-06-30"), ("200", "2027-12-31"), ("7", ""))
    assert [each.is_further for each in (first, second, third)] == [False, True, True]
    assert (second.points, second.expires_on) == (200, date(2027, 12, 31))
    assert third.expires_on is None


def test_a_row_that_says_anything_else_of_that_card_is_no_further_lot():
    first = ["8001", "李小华", "13800135678", "金卡", "500", "2027-06-30"]
    others = [
        first,
        [*first[:4], "0", "2027-12-31"],
        ["8001", "陈明", *first[2:5], "2027-12-31"],
        [*first[:2], "13900120481", *first[3:5], "2027-12-31"],
        [*first[:3], "银卡", "500", "2027-12-31"],
        ["8002", *first[1:5], "2027-12-31"],
    ]
    good, *bad = read(first, *others, headings=LOTS)
    assert isinstance(good, MemberRow)
    assert [type(each.error) for each in bad] == [TwiceInTable] * len(others)
    assert [each.column for each in bad] == [*["会员卡号"] * 5, "手机"]
    _, twice = read(GOOD, [*GOOD[:-1], "7"])
    assert isinstance(twice, BadRow)
