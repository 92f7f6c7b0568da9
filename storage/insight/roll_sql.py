"""名册的语句: how the roll is filled from the store and the copy, and asked.

What stands in these texts are numbers and days of Structs and names of our own; what people typed
and what tiers are called is bound, or quoted by `_quoted`.
"""

# ruff: noqa: S608 - see above
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from core.members.member import LONG_AGO
from core.members.profile import (
    BETWEEN_TAGS,
    CODES,
    KIND,
    OCCUPATION,
    SEX,
    SOURCE,
    TAGS,
    VERIFIED,
)
from core.members.segment import LONGEST_AHEAD, Doubt, Segment
from core.ports.roll import RollDay, Sort, Wanted
from core.values.moment import months_before
from storage.columns import ordinal_or_none
from storage.insight.memory import rows_from
from storage.ledger import MEMBER_POINTS
from storage.search_keys import MemberKey

AHEAD = LONGEST_AHEAD
SHOWN = "n, spent, last_on, next_on"
FEW_DIGITS = 3
"""So many digits of a phone are in the roll; for fewer nobody walks through half of all keys."""
TAIL = 4
DOUBTS = {Doubt.NAME: 1, Doubt.PHONE: 2, Doubt.BIRTHDAY: 4}
BEYOND = "\U0010ffff"
_FIELDS = (
    "m.id, m.card_no, m.name, m.phone, m.tier, m.joined_on, m.tier_until, "
    "m.birth_month, m.birth_day, m.birth_year, m.birth_calendar"
)
_POINTS = f"LEFT JOIN balances b ON b.member_id = m.id AND b.kind = '{MEMBER_POINTS}'"
_IS_ONE = "m.name <> '' AND NOT EXISTS (SELECT 1 FROM merged_members g WHERE g.member_id = m.id)"


class Part(Struct, frozen=True):
    """A table of the roll: made empty, asked of the store, taken from a text of rows."""

    name: str
    create: str
    source: str
    take: str


_MEMBER = Part(
    "member",
    "CREATE OR REPLACE TABLE new_member (n INTEGER, tier TINYINT, points BIGINT, joined INTEGER, "
    "born INTEGER, year SMALLINT, head SMALLINT, doubts TINYINT, frozen BOOLEAN, agreed BOOLEAN, "
    "member BIGINT)",
    "SELECT m.n, m.tier, coalesce(s.held_tier, ''), coalesce(b.points, 0), m.joined_on, "
    "m.birth_calendar * 10000 + m.birth_month * 100 + m.birth_day, m.birth_year, "
    "substr(CASE WHEN m.phone LIKE '+86%' THEN substr(m.phone, 4) ELSE substr(m.phone, 2) END, "
    f"1, {FEW_DIGITS}), doubted(m.name, m.phone, m.birth_year, m.birth_month, m.birth_day), "
    "EXISTS (SELECT 1 FROM frozen_members f WHERE f.member_id = m.id), "
    "coalesce((SELECT c.is_given FROM consent_changes c WHERE c.member_id = m.id "
    "ORDER BY c.place DESC LIMIT 1), "
    "EXISTS (SELECT 1 FROM member_consents c WHERE c.member_id = m.id)), blind(m.id) "
    f"FROM members m LEFT JOIN tier_standings s ON s.member_id = m.id {_POINTS} "
    f"WHERE m.n > ? AND m.n <= ? AND {_IS_ONE}",
    "INSERT INTO new_member SELECT n, greatest(coalesce(list_position(?, tier), 0), "
    "coalesce(list_position(?, held), 0), 1) - 1, points, joined, born, year, head, doubts, "
    "frozen, agreed, member FROM "
    + rows_from(
        {
            "n": "INTEGER",
            "tier": "VARCHAR",
            "held": "VARCHAR",
            "points": "BIGINT",
            "joined": "INTEGER",
            "born": "INTEGER",
            "year": "SMALLINT",
            "head": "SMALLINT",
            "doubts": "TINYINT",
            "frozen": "BOOLEAN",
            "agreed": "BOOLEAN",
            "member": "BIGINT",
        }
    ),
)
_END = Part(
    "end",
    "CREATE OR REPLACE TABLE new_end (n INTEGER, ends_on INTEGER, points BIGINT)",
    "SELECT n, expires_on, left FROM (SELECT m.n, l.expires_on, l.amount - coalesce((SELECT "
    "sum(a.amount) FROM allocations a WHERE a.lot_id = l.id), 0) AS left "
    "FROM members m JOIN lots l ON l.member_id = m.id AND l.expires_on >= ? AND l.expires_on <= ? "
    "WHERE m.n > ? AND m.n <= ?) WHERE left > 0",
    "INSERT INTO new_end SELECT * FROM "
    + rows_from({"n": "INTEGER", "ends_on": "INTEGER", "points": "BIGINT"}),
)
_TOLD = Part(
    "told",
    "CREATE OR REPLACE TABLE new_told (n INTEGER, field VARCHAR, value VARCHAR)",
    "SELECT m.n, p.field, p.value FROM members m JOIN member_profiles p ON p.member_id = m.id "
    f"AND p.field IN ('{KIND}', '{SEX}', '{SOURCE}', '{OCCUPATION}', '{TAGS}', '{VERIFIED}') "
    "WHERE m.n > ? AND m.n <= ?",
    "INSERT INTO new_told SELECT * FROM "
    + rows_from({"n": "INTEGER", "field": "VARCHAR", "value": "VARCHAR"}),
)
_WAS = Part(
    "was",
    "CREATE OR REPLACE TABLE new_was (n INTEGER, was TINYINT)",
    "WITH known AS (SELECT m.n, m.id FROM members m WHERE m.n > ?1 AND m.n <= ?2 UNION ALL "
    "SELECT m.n, g.member_id FROM members m JOIN merged_members g ON g.into_id = m.id "
    "WHERE m.n > ?1 AND m.n <= ?2) "
    "SELECT k.n, c.tier_before, c.tier_after FROM known k "
    "JOIN tier_changes c ON c.member_id = k.id UNION ALL "
    "SELECT k.n, h.tier, h.tier FROM known k JOIN tier_holds h ON h.member_id = k.id",
    "INSERT INTO new_was SELECT n, greatest(coalesce(list_position(?, earlier), 0), "
    "coalesce(list_position(?, later), 0), 1) - 1 FROM "
    + rows_from({"n": "INTEGER", "earlier": "VARCHAR", "later": "VARCHAR"}),
)
PARTS = (_MEMBER, _END, _TOLD, _WAS)
RANKED = (_MEMBER.name, _WAS.name)
"""Those that are taken with the tiers from the lowest, twice: codes become ranks."""
MARKS = (
    "SELECT max(n) FROM members UNION ALL SELECT count(*) FROM members UNION ALL "
    "SELECT max(n) FROM sales UNION ALL SELECT max(n) FROM returns UNION ALL "
    "SELECT max(n) FROM voids UNION ALL SELECT max(seq) FROM audit"
)
TAKE_SPENDING = (
    "CREATE OR REPLACE TABLE new_spending AS SELECT * FROM read_csv(?, header = false, "
    "auto_detect = false, nullstr = '', "
    "columns = {'member': 'BIGINT', 'spent': 'BIGINT', 'last_on': 'INTEGER'})"
)
_FIELDS_TOLD = ", ".join(
    f"max(value) FILTER (field = '{field}') AS {field}"
    for field in (KIND, SEX, SOURCE, OCCUPATION, TAGS, VERIFIED)
)
FINISH = (
    "CREATE OR REPLACE TABLE roll AS SELECT m.* EXCLUDE (member), "
    "greatest(m.tier, coalesce(w.was, 0)) AS peak, "
    "coalesce(s.spent, 0) AS spent, s.last_on, b.next_on, b.month_on, t.* EXCLUDE (n) "
    "FROM new_member m LEFT JOIN new_spending s USING (member) LEFT JOIN births b USING (born) "
    f"LEFT JOIN (SELECT n, {_FIELDS_TOLD} FROM new_told GROUP BY n) t ON t.n = m.n "
    "LEFT JOIN (SELECT n, max(was) AS was FROM new_was GROUP BY n) w ON w.n = m.n "
    "ORDER BY s.last_on DESC NULLS LAST, m.n; "
    "CREATE OR REPLACE TABLE ends AS SELECT * FROM new_end; "
    "CREATE OR REPLACE TABLE kept (typed VARCHAR, bits BIT); "
    "DROP TABLE new_member; DROP TABLE new_end; DROP TABLE new_spending; "
    "DROP TABLE new_told; DROP TABLE new_was"
)
_NUMBERS = """SELECT unnest(from_json('[' || ? || ']', '["INTEGER"]')) AS n"""
"""As fast as a file of them, and twice as fast as to split the text."""
MANY = 200_000
"""Signs of a text of so many numbers, some 28,000: each is one bit of all members then."""
VERY_MANY = 400_000
"""From so many on they are looked for ahead, before somebody types the next letter, too."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TYPED = f"CREATE OR REPLACE TABLE typed AS {_NUMBERS}"
BY_TYPED = "n IN (SELECT n FROM typed)"
BY_KEPT = "get_bit(getvariable('meant'), n) = 1"
"""Of a variable, not of a row: DuckDB would copy all bits with each row that it passes on."""
TYPED_BESIDE = f"CREATE TEMP TABLE typed_beside AS {_NUMBERS}"
BY_TYPED_BESIDE = "n IN (SELECT n FROM typed_beside)"
COMMON_SIGNS = f"{LETTERS}王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
"""What most searches begin with: letters, and the names that every third person bears."""
MEMBERS_BY_N = (
    f"SELECT m.n, {_FIELDS}, s.held_tier, coalesce(b.points, 0) FROM members m "
    f"LEFT JOIN tier_standings s ON s.member_id = m.id {_POINTS} "
    f"WHERE m.n IN ({{}}) AND {_IS_ONE}"
)
IDS_BY_N = (
    "SELECT m.id FROM members m WHERE m.n IN (SELECT value FROM json_each(?)) "
    f"AND {_IS_ONE} ORDER BY m.n"
)
_ORDERS = {
    Sort.TIER: "tier",
    Sort.POINTS: "points",
    Sort.SPENT: "spent",
    Sort.LAST: "last_on",
    Sort.BIRTHDAY: "next_on",
    Sort.JOINED: "joined",
}
_KEYS = "SELECT n FROM member_keys WHERE kind = ? AND key >= ? AND key < ?"
_CARDS = "SELECT n FROM members WHERE card_no >= ? AND card_no < ?"
NEWEST = "SELECT n FROM members WHERE name <> '' ORDER BY n DESC LIMIT 100"


def spending(day: RollDay, file: Path) -> str:
    """Writes what each member spent since a day, less what came back, and when they came last.

    Who was merged away is who they became.
    """
    since, name = day.since.isoformat(), str(file).replace("'", "''")
    return (
        "COPY (WITH stands AS (SELECT * FROM sales WHERE sale NOT IN (SELECT sale FROM voids)), "
        "moves AS (SELECT member, day, taken_fen AS fen, day AS came FROM stands UNION ALL "
        "SELECT s.member, r.day, -r.back_fen, NULL FROM returns r JOIN stands s USING (sale)) "
        "SELECT coalesce(b.into_member, m.member) AS who, "
        f"coalesce(sum(m.fen) FILTER (WHERE m.day >= DATE '{since}'), 0), "
        "max(m.came) - DATE '0001-01-01' + 1 FROM moves m LEFT JOIN became b "
        "ON b.member = m.member WHERE m.member IS NOT NULL GROUP BY who) "
        f"TO '{name}' (FORMAT csv, HEADER false)"
    )


def found(where: str, order_by: str, most: int) -> str:
    """The first rows, each with how many there are and their points: none where nobody is.

    Who is in a set of numbers is looked for once, and not for each of these three.
    """
    return (
        f"WITH found AS MATERIALIZED (SELECT {SHOWN}, points, tier, joined FROM roll {where}) "
        f"SELECT {SHOWN}, (SELECT count(*) FROM found), (SELECT sum(points) FROM found) "
        f"FROM (SELECT * FROM found {order_by} LIMIT {most}) {order_by}"
    )


def order(wanted: Wanted) -> str:
    """Rows without a value stand at the end, whichever way they are sorted."""
    way = "DESC" if wanted.is_down else "ASC"
    return f"ORDER BY {_ORDERS[wanted.sort]} {way} NULLS LAST, n"


def keys(typed: str) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Where a text is looked for, as a cashier's is (`storage.listings`), but without an end."""
    digits = typed.replace("-", "").removeprefix("+86").removeprefix("+")
    is_number = digits.isascii() and digits.isdigit()
    if is_number:
        kinds = [MemberKey.PHONE, *([MemberKey.PHONE_TAIL] if len(digits) == TAIL else [])]
    elif typed.isascii():
        # of one letter pinyin says what initials say
        kinds = [MemberKey.INITIALS, MemberKey.NAME, *([MemberKey.PINYIN] if typed[1:] else [])]
    else:
        kinds = [MemberKey.NAME]
    key = digits if is_number else typed
    for kind in kinds:
        yield _KEYS, (int(kind), key, key + BEYOND)
    if typed.isascii():
        for card in {typed, typed.upper()}:
            yield _CARDS, (card, card + BEYOND)


def all_of(asked: str) -> str:
    """All numbers of such a look as one text: a hundred thousand rows one by one take too long."""
    return f"SELECT group_concat(n) FROM ({asked})"


def head_of(typed: str) -> str:
    """The condition for a text that is answered by the roll alone; "" where it is not."""
    if not typed or len(typed) > FEW_DIGITS or not (typed.isascii() and typed.isdigit()):
        return ""
    return f"head // {10 ** (FEW_DIGITS - len(typed))} = {int(typed)}"


def is_of_numbers(typed: str) -> bool:
    """Whether the store has to say whose numbers are meant by a text."""
    return bool(typed) and not head_of(typed)


def keep(last: int) -> str:
    """A bit for each member up to a number: whoever is in the roll has one."""
    return (
        f"INSERT INTO kept SELECT ?, bitstring_agg(n, 0, {last}) "
        f"FROM ({_NUMBERS}) WHERE n <= {last}"
    )


def mean_kept(typed: str) -> str:
    """Makes `BY_KEPT` the condition for a text that is kept."""
    return f"SET VARIABLE meant = (SELECT bits FROM kept WHERE typed = {_quoted(typed)})"


def meant(segment: Segment, day: RollDay) -> str:
    """The condition of a segment."""
    today = day.today.toordinal()
    found = [
        *_between("points", segment.points_from, segment.points_to),
        *_between("spent", segment.spent_from, segment.spent_to),
        *_between(
            "joined",
            ordinal_or_none(segment.joined_from),
            ordinal_or_none(segment.joined_to),
        ),
    ]
    for column, codes in (("tier", segment.tiers), ("peak", segment.peaks)):
        if codes:
            ranks = [day.tiers.index(code) for code in codes if code in day.tiers]
            found.append(f"{column} IN ({', '.join(map(str, [*ranks, -1]))})")
    if segment.away_days is not None:
        found.append(f"(last_on IS NULL OR last_on <= {today - segment.away_days})")
    if segment.born_within is not None:
        found.append(f"next_on <= {today + segment.born_within}")
    if segment.is_born_this_month:
        first = day.today.replace(day=1)
        found.append(f"month_on < {_next_month(first.year, first.month)}")
    if segment.expiring_within is not None:
        last = today + segment.expiring_within
        found.append(f"n IN (SELECT n FROM ends WHERE ends_on <= {last})")
    if segment.came_within is not None:
        found.append(f"last_on >= {today - segment.came_within}")
    if segment.born_months:
        found.append(f"{_CELEBRATES} IN ({', '.join(map(str, segment.born_months))})")
    if segment.doubts:
        found.append(f"doubts & {sum(DOUBTS[each] for each in set(segment.doubts))} <> 0")
    found += _profile(segment, day)
    found += _between(_age(day.today), segment.age_from, segment.age_to)
    asked = (
        ("frozen", segment.is_frozen),
        ("agreed", segment.has_agreed),
        ("head IS NOT NULL", segment.has_phone),
        ("born IS NOT NULL", segment.has_birthday),
        (f"joined = {LONG_AGO.toordinal()}", segment.is_visitor),
    )
    found += [
        is_so if wanted else f"NOT ({is_so})" for is_so, wanted in asked if wanted is not None
    ]
    return " AND ".join(found) or "true"


_DAY_ZERO = "DATE '0001-01-01' - 1"
_CELEBRATES = f"month({_DAY_ZERO} + next_on)"


def _age(today: date) -> str:
    """Full years: who celebrates later is a year younger than the years say."""
    celebrates = f"year({_DAY_ZERO} + next_on)"
    return f"{celebrates} - year - CASE WHEN next_on > {today.toordinal()} THEN 1 ELSE 0 END"


def _profile(segment: Segment, day: RollDay) -> Iterator[str]:
    """What is kept beside name, phone and birthday; who has no kind is a person."""
    for column, codes in (
        (f"coalesce({KIND}, '{CODES[KIND][0]}')", segment.kinds),
        (SEX, segment.sexes),
        (SOURCE, segment.sources),
    ):
        if codes:
            yield f"{column} IN ({', '.join(map(_quoted, codes))})"
    if segment.occupation:
        yield f"contains({OCCUPATION}, {_quoted(segment.occupation)})"
    if segment.tags:
        wanted = ", ".join(map(_quoted, segment.tags))
        yield f"list_has_any(string_split({TAGS}, '{BETWEEN_TAGS}'), [{wanted}])"
    if segment.unverified_months is not None:
        last = months_before(day.today, segment.unverified_months).toordinal()
        yield (
            f"coalesce(CAST({VERIFIED} AS DATE) - DATE '0001-01-01' + 1, joined) <= {last} "
            f"AND joined <> {LONG_AGO.toordinal()}"
        )


def _quoted(text: str) -> str:
    """A text as SQL, whatever somebody wrote into it."""
    return "'" + text.replace("'", "''") + "'"


def _between(column: str, first: int | None, last: int | None) -> Iterator[str]:
    if first is not None:
        yield f"{column} >= {first}"
    if last is not None:
        yield f"{column} <= {last}"


def _next_month(year: int, month: int) -> int:
    return date(year + month // 12, month % 12 + 1, 1).toordinal()
