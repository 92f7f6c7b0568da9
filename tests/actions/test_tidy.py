"""整理: who may be one person is found and told apart for good; what is to be looked at counted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from core.actions.forget_member import look_at_privacy
from core.actions.roll import count_segments, fill_roll
from core.actions.tidy import AlikeLines, alike_members, lists_to_tidy, tell_apart
from core.errors import Cancelled, NoSuchMember
from core.members.profile import MemberRules
from core.members.segment import Segment
from core.ports.alike import Why
from core.shop import Shop
from core.trust.staff import Staff
from tests.builders import Home, audit_rows, file_of, manager_of

TABLE = """卡号,姓名,手机,生日
70001,王建国,13812340001,1970-03-05
70002,王建国,,1970-03-05
70003,王健国,13812340002,1985-01-01
0070004,李娜,13812349999,
70004,李楠,13812340009,1990-06-07
70005,李南,,1990-06-07
70006,王建国,,1988-03-05
70007,赵敏,13700001111,03-05
70008,赵敏,,1999-03-05
70009,测试,13800000000,1900-01-01
"""


@pytest.fixture(scope="module")
def alike_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("alike")
    home = Home.prepared(folder, products="products.csv", members="members.csv")
    (home.path / "store.reserve").unlink(missing_ok=True)
    table = folder / "alike.csv"
    table.write_text(TABLE, "utf-8")
    home.command("import", "members", str(table))
    return home


@pytest.fixture
def shop(alike_home: Home, tmp_path: Path) -> Iterator[Shop]:
    with Home(Path(shutil.copytree(alike_home.path, tmp_path / "home"))).shop() as opened:
        yield opened


@pytest.fixture
def staff(shop: Shop) -> Staff:
    return manager_of(shop)


def unheard(_done: int, _all: int) -> None:
    return


def found(shop: Shop, staff: Staff) -> dict[frozenset[str], tuple[Why, ...]]:
    """By the cards of both."""
    cards = {file_of(shop, card).member.id: card for card in _cards()}
    lines = alike_members(shop, unheard, staff=staff)
    assert lines.count == len(lines.lines)
    return {
        frozenset((cards[line.one.member_id], cards[line.other.member_id])): line.why
        for line in lines.lines
    }


def _cards() -> list[str]:
    return [row.partition(",")[0] for row in TABLE.splitlines()[1:]]


def pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def test_what_two_have_in_common_is_found(shop: Shop, staff: Staff) -> None:
    assert found(shop, staff) == {
        pair("70001", "70002"): (Why.NAME_BIRTHDAY,),
        pair("0070004", "70004"): (Why.CARD,),
        pair("70001", "70003"): (Why.PINYIN_PHONE,),
        pair("70004", "70005"): (Why.PINYIN_BIRTHDAY,),
        pair("70007", "70008"): (Why.NAME_BIRTHDAY,),
    }


def test_the_likeliest_stand_first_and_masked(shop: Shop, staff: Staff) -> None:
    lines = alike_members(shop, unheard, staff=staff)
    assert [line.why[0] for line in lines.lines] == sorted(
        (line.why[0] for line in lines.lines), key=list(Why).index
    )
    assert all("*" in one.name for line in lines.lines for one in (line.one, line.other))


def test_who_was_told_apart_is_not_asked_about_again(shop: Shop, staff: Staff) -> None:
    first = next(
        line for line in alike_members(shop, unheard, staff=staff).lines if line.why == (Why.CARD,)
    )
    tell_apart(shop, first.other.member_id, first.one.member_id, staff=staff)
    tell_apart(shop, first.one.member_id, first.other.member_id, staff=staff)
    assert pair("0070004", "70004") not in found(shop, staff)
    row = audit_rows(shop)[-1]
    assert (row["what"], row["subject"]) == ("members_told_apart", first.one.member_id.hex)
    with pytest.raises(NoSuchMember):
        tell_apart(shop, first.one.member_id, UUID(int=7), staff=staff)


def test_looking_can_be_stopped(shop: Shop, staff: Staff) -> None:
    def stop(_done: int, _all: int) -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        alike_members(shop, stop, staff=staff)


def test_lists_say_how_many_they_mean(shop: Shop, staff: Staff) -> None:
    assert all(count == 0 for _, count in lists_to_tidy(shop, staff=staff))
    while not fill_roll(shop, staff=staff).is_done:
        pass
    counts = {listed.name: count for listed, count in lists_to_tidy(shop, staff=staff)}
    assert (counts["odd_phone"], counts["odd_name"]) == (1, 1)
    assert counts["odd_birthday"] == 1
    assert counts["unverified"] == 0
    with shop.store.write() as tx:
        tx.profiles.set_rules(MemberRules(0, 0))
    names = [listed.name for listed, _ in lists_to_tidy(shop, staff=staff)]
    assert "unverified" not in names and "asleep" not in names


def test_who_is_asleep_is_the_same_here_and_where_they_are_erased(shop: Shop, staff: Staff) -> None:
    def asleep() -> tuple[int, int]:
        while not fill_roll(shop, staff=staff).is_done:
            pass
        counts = {listed.name: count for listed, count in lists_to_tidy(shop, staff=staff)}
        return counts["asleep"], len(look_at_privacy(shop, staff=staff).asleep)

    assert asleep() == (0, 0)
    with shop.store.write() as tx:
        tx.connection.execute("UPDATE members SET joined_on = joined_on - 2000 WHERE n < 3")
        tx.audit.note("note_written", at_us=0, staff_no=staff.no)
    here, there = asleep()
    assert here == there > 0


def test_what_is_known_beside_the_name_is_a_condition(shop: Shop, staff: Staff) -> None:
    ids = {card: file_of(shop, card).member.id for card in ("70001", "70002", "70005")}
    with shop.store.write() as tx:
        tx.profiles.write(ids["70001"], {"sex": "male", "tags": "糖友、老客", "kind": "trade"})
        tx.profiles.write(ids["70002"], {"occupation": "中学老师's", "source": "friend"})
        tx.profiles.write(ids["70005"], {"tags": "新客", "verified": "2020-01-01"})
        tx.audit.note("note_written", at_us=0, staff_no=staff.no)
    while not fill_roll(shop, staff=staff).is_done:
        pass
    asked = {
        Segment(sexes=("male",)): 1,
        Segment(kinds=("trade",)): 1,
        Segment(kinds=("person",)): len(_cards()) + 2,
        Segment(sources=("friend", "online")): 1,
        Segment(occupation="老师's"): 1,
        Segment(occupation="' OR '1'='1"): 0,
        Segment(tags=("老客", "新客")): 2,
        Segment(tags=("客",)): 0,
        Segment(unverified_months=12): 1,
    }
    assert count_segments(shop, list(asked), staff=staff) == tuple(asked.values())


def test_nobody_is_alike_where_there_is_nobody(tmp_path: Path) -> None:
    home = Home.prepared(tmp_path / "none")
    with home.shop() as shop:
        lines = alike_members(shop, unheard, staff=manager_of(shop))
    assert lines == AlikeLines((), 0)
