"""名册: whoever is asked for is found, in the wanted order, as counting one by one says."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import Struct

from benchmarks.people import write_members
from core.actions.cards import freeze_member
from core.actions.day import open_day
from core.actions.login import login
from core.actions.member_file import record_file
from core.actions.merge_members import merge_members
from core.actions.roll import Found, count_segments, fill_roll, find_members, member_lines
from core.actions.void import void_sale
from core.errors import BadSegment
from core.members.birthday import next_celebration
from core.members.doubts import is_name_doubtful, is_phone_doubtful
from core.members.masks import mask_name
from core.members.member import MemberFile
from core.members.names import name_keys
from core.members.segment import Doubt, Segment, check_segment
from core.ports.roll import Sort, Wanted
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.staff import Staff
from core.values.moment import months_before
from storage.insight import roll_sql
from tests.actions.test_settle import GOLD, NORMAL, OXYGEN, SILVER, VITAMIN, settled
from tests.actions.test_today import later
from tests.builders import PIN, Home, file_of

MANY = 300
A_DAY_S = 86_400
WHY = Explanation(CounterReason.OTHER, "试一试")


class Facts(Struct, frozen=True):
    """What of a member counts, by other ways than the roll's."""

    file: MemberFile
    card: str
    spent_fen: int
    last_on: date | None
    birthday_on: date | None
    month_on: date | None
    ends: tuple[date, ...]
    n: int


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Some hundred members, sales of a few, one void, one frozen, one merged away."""
    folder = tmp_path_factory.mktemp("peopled")
    home = Home.prepared(folder, products="products.csv", members="members.csv")
    (home.path / "store.reserve").unlink(missing_ok=True)
    table = folder / "many.csv"
    write_members(table, MANY, seed=7)
    home.command("import", "members", str(table))
    with home.shop() as shop:
        staff = login(shop, PIN)
        open_day(shop, float_fen=200_00, staff=staff)
        cards = _cards(shop)
        dice = random.Random(11)
        for card in dice.sample(cards, 25):
            settled(shop, staff, card, dice.choice([OXYGEN, VITAMIN]))
        undone = settled(shop, staff, GOLD, OXYGEN).sale
        void_sale(shop, undone.sale_id, explanation=WHY, staff=staff)
        settled(shop, staff, NORMAL, VITAMIN)
        merge_members(shop, NORMAL, SILVER, staff=staff)
        freeze_member(shop, file_of(shop, GOLD).member.id, reason="试一试", staff=staff)
    return home


@pytest.fixture
def shop(peopled: Home, tmp_path: Path) -> Iterator[Shop]:
    with Home(Path(shutil.copytree(peopled.path, tmp_path / "home"))).shop() as opened:
        yield opened


@pytest.fixture
def staff(shop: Shop) -> Staff:
    return login(shop, PIN)


def _cards(shop: Shop) -> list[str]:
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        return [row[0] for row in connection.execute("SELECT card_no FROM members ORDER BY n", ())]


def filled(shop: Shop, staff: Staff) -> Shop:
    """The shop whose roll is as its store is."""
    while not fill_roll(shop, staff=staff).is_done:
        pass
    return shop


def everybody(shop: Shop, *, at: Shop | None = None) -> list[Facts]:
    """One by one, without who was merged away."""
    today = (at or shop).now().business_on
    found = []
    for n, card in enumerate(_cards(shop)):
        if card != NORMAL:
            found.append(_facts(shop, card, today, n))
    return found


def _facts(shop: Shop, card: str, today: date, n: int) -> Facts:
    with shop.store.read() as reading:
        file = reading.members.file_by_card(card, spend_since=date(1900, 1, 1))
        assert file is not None
        born, leap_day = file.member.birthday, reading.rulebooks.current().leap_day
        bought = reading.figures.bought(file.member.id, since=date(1900, 1, 1))
        since = months_before(today, 12)
        return Facts(
            file,
            card,
            sum(row.taken_fen for row in bought if row.on >= since),
            max((row.on for row in bought if row.is_sale), default=None),
            born and next_celebration(born, today, leap_day),
            born and next_celebration(born, today.replace(day=1), leap_day),
            tuple(lot.expires_on for lot in reading.ledger.lots(file.member.id) if lot.expires_on),
            n,
        )


def all_found(shop: Shop, found: Found) -> list[str]:
    """The names of all rows, asked for in pieces."""
    lines = [*found.lines]
    while len(lines) < found.matched.members:
        lines += member_lines(shop, len(lines), 70)
    return [line.name for line in lines if line is not None]


CASES: dict[str, tuple[Segment, Callable[[Facts, date], bool]]] = {
    "everybody": (Segment(), lambda one, today: True),
    "tier": (
        Segment(tiers=("gold", "diamond")),
        lambda one, today: one.file.member.tier in ("gold", "diamond"),
    ),
    "points": (
        Segment(points_from=100, points_to=900),
        lambda one, today: 100 <= one.file.points <= 900,
    ),
    "spent": (Segment(spent_from=1), lambda one, today: one.spent_fen >= 1),
    "away": (
        Segment(away_days=90),
        lambda one, today: one.last_on is None or (today - one.last_on).days >= 90,
    ),
    "born soon": (
        Segment(born_within=30),
        lambda one, today: one.birthday_on is not None and (one.birthday_on - today).days <= 30,
    ),
    "born this month": (
        Segment(is_born_this_month=True),
        lambda one, today: (
            one.month_on is not None
            and one.month_on.month == today.month
            and one.month_on.year == today.year
        ),
    ),
    "expiring": (
        Segment(expiring_within=30),
        lambda one, today: any(today <= end <= today + timedelta(days=30) for end in one.ends),
    ),
    "frozen": (Segment(is_frozen=True), lambda one, today: one.file.frozen_for is not None),
    "not frozen": (Segment(is_frozen=False), lambda one, today: one.file.frozen_for is None),
    "without a phone": (Segment(has_phone=False), lambda one, today: one.file.member.phone is None),
    "never agreed": (Segment(has_agreed=False), lambda one, today: True),
    "joined": (
        Segment(joined_from=date(1970, 1, 1), joined_to=date(2100, 1, 1)),
        lambda one, today: date(1970, 1, 1) <= one.file.member.joined_on <= date(2100, 1, 1),
    ),
    "joined long ago": (Segment(joined_to=date(1950, 1, 1)), lambda one, today: False),
    "both": (
        Segment(points_from=500, born_within=60),
        lambda one, today: (
            one.file.points >= 500
            and one.birthday_on is not None
            and (one.birthday_on - today).days <= 60
        ),
    ),
}


@pytest.mark.parametrize("days_later", [0, 50, 720])
@pytest.mark.parametrize("case", CASES)
def test_conditions_mean_whom_counting_means(
    shop: Shop, staff: Staff, case: str, days_later: int
) -> None:
    at = filled(later(shop, days_later * A_DAY_S), staff)
    today = at.now().business_on
    segment, means = CASES[case]
    meant = [one for one in everybody(shop, at=at) if means(one, today)]
    found = find_members(at, Wanted(segment=segment), staff=staff)
    assert found.matched.members == len(meant)
    assert found.matched.points == sum(one.file.points for one in meant)
    assert count_segments(at, [segment], staff=staff) == (len(meant),)
    assert sorted(all_found(at, found)) == sorted(mask_name(one.file.member.name) for one in meant)


def test_the_cases_tell_members_apart(shop: Shop, staff: Staff) -> None:
    at = filled(later(shop, 720 * A_DAY_S), staff)
    counts = dict(
        zip(
            CASES,
            count_segments(at, [each for each, _ in CASES.values()], staff=staff),
            strict=True,
        )
    )
    assert 0 < counts["expiring"] <= counts["everybody"] == MANY + 2
    now = count_segments(filled(shop, staff), [CASES["spent"][0], CASES["frozen"][0]], staff=staff)
    assert 20 <= now[0] <= 26 and now[1] == 1


def _age(one: Facts, today: date) -> int:
    """Full years; -1 where nobody knows."""
    born, on = one.file.member.birthday, one.birthday_on
    if born is None or born.year is None or on is None:
        return -1
    return on.year - born.year - (on > today)


MORE: dict[str, tuple[Segment, Callable[[Facts, date], bool]]] = {
    "came": (
        Segment(came_within=60),
        lambda one, today: one.last_on is not None and (today - one.last_on).days <= 60,
    ),
    "months": (
        Segment(born_months=(2, 7)),
        lambda one, today: one.birthday_on is not None and one.birthday_on.month in (2, 7),
    ),
    "age": (
        Segment(age_from=30, age_to=49),
        lambda one, today: 30 <= _age(one, today) <= 49,
    ),
    "older": (Segment(age_from=50), lambda one, today: _age(one, today) >= 50),
    "without a birthday": (
        Segment(has_birthday=False),
        lambda one, today: one.file.member.birthday is None,
    ),
    "of another store": (Segment(is_visitor=True), lambda one, today: False),
    "of ours": (Segment(is_visitor=False), lambda one, today: True),
    "doubtful": (
        Segment(doubts=(Doubt.NAME, Doubt.PHONE)),
        lambda one, today: (
            is_name_doubtful(one.file.member.name) or is_phone_doubtful(one.file.member.phone or "")
        ),
    ),
}


@pytest.mark.parametrize("days_later", [0, 50])
def test_more_conditions_mean_whom_counting_means(
    shop: Shop, staff: Staff, days_later: int
) -> None:
    at = filled(later(shop, days_later * A_DAY_S), staff)
    today, all_of_them = at.now().business_on, everybody(shop, at=at)
    counts = count_segments(at, [segment for segment, _ in MORE.values()], staff=staff)
    counted = [sum(means(one, today) for one in all_of_them) for _, means in MORE.values()]
    assert dict(zip(MORE, counts, strict=True)) == dict(zip(MORE, counted, strict=True))
    assert all(0 < count < len(all_of_them) for count in counts[1:4])


ORDERS: dict[Sort, Callable[[Facts], int | None]] = {
    Sort.POINTS: lambda one: one.file.points,
    Sort.SPENT: lambda one: one.spent_fen,
    Sort.LAST: lambda one: one.last_on and one.last_on.toordinal(),
    Sort.BIRTHDAY: lambda one: one.birthday_on and one.birthday_on.toordinal(),
    Sort.JOINED: lambda one: one.file.member.joined_on.toordinal(),
    Sort.TIER: lambda one: ("normal", "silver", "gold", "diamond").index(one.file.member.tier),
}


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("is_down", [True, False])
def test_rows_stand_in_the_order_that_was_wanted(
    shop: Shop, staff: Staff, sort: Sort, is_down: bool
) -> None:
    filled(shop, staff)
    value = ORDERS[sort]

    def key(one: Facts) -> tuple[bool, int, int]:
        found = value(one)
        return found is None, (-1 if is_down else 1) * (found or 0), one.n

    wanted = [mask_name(one.file.member.name) for one in sorted(everybody(shop), key=key)]
    found = find_members(shop, Wanted(sort=sort, is_down=is_down), staff=staff)
    assert all_found(shop, found) == wanted


@pytest.mark.parametrize("many", [roll_sql.MANY, 300, 0])
def test_what_is_typed_finds_all_of_whom_it_could_mean(
    shop: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Also where those that are many are kept, some of them before anybody types them."""
    monkeypatch.setattr(roll_sql, "MANY", many)
    monkeypatch.setattr(roll_sql, "VERY_MANY", 3 * many or 1000)
    filled(shop, staff)
    people = everybody(shop)
    for text in (
        "王",
        "李小华",
        "wang",
        "w",
        "WX",
        "138",
        "13",
        "1",
        "5678",
        "13800",
        "800001",
        "zz",
    ):
        typed = text.casefold()
        meant = {one.card for one in people if _is_meant(one, typed)}
        found = find_members(shop, Wanted(text), staff=staff)
        names = sorted(mask_name(one.file.member.name) for one in people if one.card in meant)
        assert sorted(all_found(shop, found)) == names, text


def _is_meant(one: Facts, typed: str) -> bool:
    member = one.file.member
    phone = (member.phone or "").removeprefix("+86")
    if typed.isdigit():
        is_card = len(typed) > 3 and one.card.startswith(typed)
        return phone.startswith(typed) or phone[-4:] == typed or is_card
    readings = [key for pair in name_keys(member.name) for key in pair]
    return any(key.startswith(typed) for key in (member.name.casefold(), *readings))


def test_text_and_condition_hold_both(shop: Shop, staff: Staff) -> None:
    filled(shop, staff)
    found = find_members(shop, Wanted("李小华", Segment(is_frozen=True)), staff=staff)
    assert [line and line.name for line in found.lines] == ["李*华"]
    assert find_members(shop, Wanted("陈明", Segment(is_frozen=True)), staff=staff).lines == ()


def test_nothing_whole_comes_out(shop: Shop, staff: Staff) -> None:
    filled(shop, staff)
    told = repr(find_members(shop, Wanted("李小华"), staff=staff))
    assert "李小华" not in told
    assert "13800135678" not in told


def test_a_sale_more_is_seen_when_the_roll_was_brought_up(shop: Shop, staff: Staff) -> None:
    filled(shop, staff)
    before = find_members(shop, Wanted("陈明"), staff=staff).lines[0]
    settled(shop, staff, SILVER, OXYGEN)
    step = fill_roll(shop, staff=staff)
    assert step.is_usable and not step.is_done
    filled(shop, staff)
    after = find_members(shop, Wanted("陈明"), staff=staff).lines[0]
    assert before is not None and after is not None
    assert (after.spent_fen or 0) > (before.spent_fen or 0)
    assert fill_roll(shop, staff=staff).is_done


def test_the_file_says_what_the_roll_says(shop: Shop, staff: Staff) -> None:
    filled(shop, staff)
    for line in find_members(shop, Wanted(segment=Segment(spent_from=1)), staff=staff).lines:
        assert line is not None
        file = record_file(shop, line.member_id, staff=staff)
        assert (file.name, file.points, file.spent_fen) == (line.name, line.points, line.spent_fen)
        assert file.visits >= 1
        assert sum(lot.left for lot in file.lots) == file.points


def test_of_a_merged_member_the_purchases_are_in_the_file(shop: Shop, staff: Staff) -> None:
    file = record_file(shop, file_of(shop, SILVER).member.id, staff=staff)
    assert file.visits == 1
    assert file.bought[0].goods


@pytest.mark.parametrize(
    "bad",
    [
        Segment(points_from=2, points_to=1),
        Segment(joined_from=date(2026, 2, 1), joined_to=date(2026, 1, 1)),
        Segment(expiring_within=91),
        Segment(away_days=-1),
    ],
)
def test_conditions_that_nobody_can_meet_are_refused(
    shop: Shop, staff: Staff, bad: Segment
) -> None:
    with pytest.raises(BadSegment):
        find_members(shop, Wanted(segment=bad), staff=staff)


def test_conditions_that_somebody_can_meet_are_taken() -> None:
    fine = Segment(points_from=1, points_to=1, expiring_within=90, away_days=0)
    assert check_segment(fine) is fine
