"""审计: the log is found again as it was written, gone through in pieces, and checked."""

from __future__ import annotations

import ast
import shutil
from collections import Counter
from pathlib import Path

import pytest

from core.actions import proof
from core.actions.approve import approve
from core.actions.login import login
from core.actions.look_at_member import look_at_member
from core.actions.proof import (
    EVERYTHING,
    Checked,
    Found,
    Wanted,
    audit_end,
    audit_page,
    check_audit,
    export_audit,
    find_audit,
    tally_audit,
    texts_of,
)
from core.actions.set_up import add_staff
from core.actions.staff import change_role
from core.actions.void import void_sale
from core.errors import NotAllowed, TooManyRows, WrongPin
from core.sales.explanation import CounterReason, Explanation
from core.shop import Shop
from core.trust.audit import Noted, noted_of
from core.trust.audit_kinds import ABOUT, KINDS_OF, About, Group
from core.trust.rights import Right
from core.trust.staff import Role, Staff
from tests.actions.test_settle import NORMAL, OXYGEN, VITAMIN, settled
from tests.builders import FANG_PIN, PIN, Home, file_of

CORE = Path(__file__).parents[2] / "core" / "actions"
MISTAKE = Explanation(CounterReason.WRONG_PRODUCT)


@pytest.fixture(params=[1, 3, 10_000])
def busy(
    shop: Shop,
    staff: Staff,
    fang: Staff,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Shop:
    """A shop in which a little of everything was done; pieces of any size say the same."""
    settled(shop, staff, NORMAL, OXYGEN)
    mistake = settled(shop, fang, VITAMIN).sale
    approval = approve(shop, right=Right.VOID_SALE, pin=PIN, staff=fang, name=staff.name)
    void_sale(shop, mistake.sale_id, explanation=MISTAKE, staff=fang, approval=approval)
    look_at_member(shop, file_of(shop, NORMAL).member.id, staff=staff)
    with pytest.raises(WrongPin):
        login(shop, "999999", name="王芳")
    monkeypatch.setattr(proof, "AT_ONCE", request.param)
    return shop


def everything(shop: Shop, staff: Staff) -> list[Noted]:
    """The whole log, the newest first."""
    seqs = range(audit_end(shop, staff=staff), 0, -1)
    return [line.row for line in audit_page(shop, seqs, staff=staff).lines]


def found(shop: Shop, wanted: Wanted, staff: Staff) -> list[int]:
    seqs: list[int] = []
    piece = Found((), audit_end(shop, staff=staff) + 1)
    while piece.reached:
        piece = find_audit(shop, wanted, piece.reached, staff=staff)
        seqs += piece.seqs
    return seqs


def checked(shop: Shop, staff: Staff) -> Checked:
    so_far = check_audit(shop, Checked(), staff=staff)
    while not so_far.is_done:
        so_far = check_audit(shop, so_far, staff=staff)
    return so_far


def test_what_is_wanted_is_found_as_by_looking_at_every_row(busy: Shop, staff: Staff) -> None:
    rows = everything(busy, staff)
    times = sorted(row.at_us for row in rows)
    middle = times[len(times) // 2]
    for wanted, fits in (
        (EVERYTHING, lambda row: True),
        (Wanted(kinds=KINDS_OF[Group.VOIDED]), lambda row: row.what == "sale_voided"),
        (Wanted(staff_no=2), lambda row: row.staff_no == 2 or "by 2" in row.detail),
        (Wanted(is_approved=True), lambda row: "approved_by" in row.detail),
        (Wanted(from_us=middle), lambda row: row.at_us >= middle),
        (Wanted(until_us=middle), lambda row: row.at_us < middle),
        (Wanted(texts=("-t1-",)), lambda row: "-T1-" in row.subject),
        (Wanted(kinds=frozenset({"nothing"})), lambda row: False),
    ):
        assert found(busy, wanted, staff) == [row.seq for row in rows if fits(row)]
    assert found(busy, Wanted(is_approved=True), staff), "somebody approved something"


def test_counts_are_those_of_the_rows_since_an_instant(busy: Shop, staff: Staff) -> None:
    rows = everything(busy, staff)
    for from_us in (0, sorted(row.at_us for row in rows)[-2], rows[0].at_us + 1):
        counts: Counter[Group] = Counter()
        below = audit_end(busy, staff=staff) + 1
        while below:
            piece = tally_audit(busy, from_us, below, staff=staff)
            counts.update(piece.counts)
            below = piece.reached
        since = [row for row in rows if row.at_us >= from_us]
        for group, kinds in KINDS_OF.items():
            assert counts[group] == sum(row.what in kinds for row in since)
        assert counts[Group.APPROVED] == sum("approved_by" in row.detail for row in since)


def test_a_whole_chain_is_said_to_be_whole(busy: Shop, staff: Staff) -> None:
    now = checked(busy, staff)
    assert now.is_whole
    assert now.seq == now.end == audit_end(busy, staff=staff)


def test_names_stand_for_numbers_and_members_are_masked(busy: Shop, staff: Staff) -> None:
    rows = everything(busy, staff)
    lines = audit_page(busy, [row.seq for row in rows], staff=staff).lines
    void = next(line for line in lines if line.row.what == "sale_voided")
    assert (void.who, void.approver) == ("王芳", staff.name)
    seen = next(line for line in lines if line.row.what == "personal_seen")
    name = file_of(busy, NORMAL).member.name
    assert seen.about is About.MEMBER
    assert "*" in seen.subject and name not in seen.subject


def test_a_card_finds_what_was_done_to_its_member(busy: Shop, staff: Staff) -> None:
    texts = texts_of(busy, f" {NORMAL} ")
    rows = found(busy, Wanted(texts=texts), staff)
    about = {line.row.what for line in audit_page(busy, rows, staff=staff).lines}
    assert "personal_seen" in about
    assert texts_of(busy, "  ") == ()


def test_what_leaves_the_shop_is_told(shop: Shop, staff: Staff) -> None:
    before = audit_end(shop, staff=staff)
    page = export_audit(shop, [before, 1], staff=staff)
    assert [line.row.seq for line in page.lines] == [before, 1]
    newest = audit_page(shop, [before + 1], staff=staff).lines[0].row
    assert (newest.what, newest.subject, newest.said) == ("audit_exported", "2", f"1 {before}")
    with pytest.raises(TooManyRows):
        export_audit(shop, range(proof.MOST_EXPORTED + 1), staff=staff)
    assert audit_end(shop, staff=staff) == before + 1


def test_who_loses_the_right_reads_no_further(shop: Shop, staff: Staff) -> None:
    second = add_staff(shop, name="李店", pin=FANG_PIN, role=Role.MANAGER)
    change_role(shop, second.no, Role.CASHIER, staff=staff)
    for look in (
        lambda: audit_end(shop, staff=second),
        lambda: audit_page(shop, [1], staff=second),
        lambda: export_audit(shop, [1], staff=second),
    ):
        with pytest.raises(NotAllowed):
            look()


def test_every_kind_that_is_noted_is_known() -> None:
    """Kinds are texts that stand in the actions; each has its place in the table."""
    written: set[str] = set()
    for path in CORE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_audit = ast.unparse(node.func).endswith("audit.note")
                first = node.args[0] if node.args else None
                if is_audit and isinstance(first, ast.Constant):
                    written.add(str(first.value))
    assert len(written) > 50
    assert written <= set(ABOUT)


def tampered(home: Home, *statements: str) -> None:
    """What somebody does who has the key and no scruples."""
    with home.shop() as shop, shop.store.write() as tx:
        for verb in ("update", "delete"):
            tx.connection.execute(f"DROP TRIGGER audit_no_{verb}")  # type: ignore[attr-defined]
        for statement in statements:
            tx.connection.execute(statement)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("statement", "first", "is_cut"),
    [
        ("UPDATE audit SET data = replace(data, '\"staff_no\":1', '\"staff_no\":2')", 1, False),
        ("UPDATE audit SET data = x'00ff' WHERE seq = 2", 2, False),
        ("DELETE FROM audit WHERE seq = 2", 3, False),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", None, True),
        ("DELETE FROM audit", None, True),
    ],
)
def test_a_tampered_log_is_found_and_shown(
    furnished: Home, tmp_path: Path, statement: str, first: int | None, is_cut: bool
) -> None:
    home = Home(Path(shutil.copytree(furnished.path, tmp_path / "tampered")))
    with home.shop() as shop:
        staff = shop_manager(shop)
        end = audit_end(shop, staff=staff)
    tampered(home, statement)
    with home.shop() as shop:
        now = checked(shop, staff)
        assert not now.is_whole
        assert (now.broken[0] if now.broken else None, now.is_cut) == (first, is_cut)
        lines = audit_page(shop, range(end, 0, -1), staff=staff).lines
        assert len(lines) == end
        with shop.store.read() as reading:
            there = set(reading.proof.rows(range(1, end + 1)))
        assert [line.is_there for line in lines] == [line.row.seq in there for line in lines]


def shop_manager(shop: Shop) -> Staff:
    """The manager, without a row of a login."""
    with shop.store.read() as reading:
        return reading.people.all()[0]


def test_bytes_that_say_nothing_are_no_row() -> None:
    for data in (b"", b"\xff", b"[]", b'{"seq":"x"}', b'{"seq":2,"what":"locked"}'):
        assert noted_of(1, data) == Noted(1)
