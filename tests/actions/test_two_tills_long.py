"""两台与总部: in whatever order they sell, send and take, in the end all three agree to the point.

Real tills on encrypted stores, and a real server on SQLite. In between a till shows what the server
said last, and its own of which the server did not know then.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.actions.counter import reprice
from core.actions.day import open_day
from core.actions.deeds import correct_points
from core.actions.merge_members import merge_members
from core.actions.pull import pull
from core.actions.read_events import reading
from core.actions.reserve import Wanted, note_line, reserve
from core.actions.settle import settle
from core.actions.sync import begin, send
from core.actions.tell_members import told_of
from core.actions.void import void_sale
from core.errors import Shortfall
from core.ports.feed import Asking
from core.shop import Shop
from core.sync.directory import MemberTold, Person
from core.sync.effects import Effects
from core.sync.reading import read
from storage.signatures import Ed25519
from tests.actions.test_settle import GOLD, NORMAL, SILVER, VITAMIN, paid, settled
from tests.actions.test_spend import chosen, let_points_pay
from tests.actions.test_void import MISTAKE
from tests.builders import PIN, STORIES, Home, manager_of
from tests.chained import PROGRAM, Line, an_office, events_of, join
from tests.telling import hear, lots_told

CARDS = (GOLD, SILVER, NORMAL)
DEEDS = (
    "sell",
    "sell",
    "spend",
    "void",
    "correct",
    "merge",
    "send",
    "send",
    "half",
    "pull",
    "pull",
)
EXAMPLES = 150
STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(DEEDS), st.integers(0, 2)), min_size=8, max_size=16
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tills of one store that have joined, know each other's members, and have sent it all."""
    folder = tmp_path_factory.mktemp("chain")
    Home.prepared(folder / "first", products="products.csv", members="members.csv")
    shutil.move(folder / "first" / "home", folder / "1")
    two = Home(folder / "2")
    two.command("setup", "--store", "中山路店", "--till", "2", "--manager", "店长", "--pin", PIN)
    two.command("import", "products", str(STORIES / "products.csv"))
    with ExitStack() as closing:
        world = World(folder, closing)
        world.introduce()
    return folder


@given(STEPS)
@example([(0, "sell", 0), (0, "send", 0), (1, "sell", 0), (1, "pull", 0), (1, "void", 0)])
@example([(0, "spend", 0), (1, "spend", 0), (0, "merge", 0), (0, "send", 0), (1, "sell", 0)])
@settings(max_examples=EXAMPLES, deadline=None)
def test_in_whatever_order_all_three_agree_in_the_end(
    prepared: Path, steps: list[tuple[int, str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as place, ExitStack() as closing:
        folder = Path(place) / "world"
        shutil.copytree(prepared, folder)
        world = World(folder, closing)
        for no, deed, of in steps:
            world.do(no, deed, of)
            world.agrees_so_far(no)
        world.settle_down()
        world.agrees()
        closing.close()
        assert [home.findings() for home in world.homes] == [[], []]


class World:
    """Two tills and their server, all of one folder."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        self.homes = [Home(folder / name) for name in "12"]
        self.shops = [closing.enter_context(home.shop()) for home in self.homes]
        self.office = an_office(folder, self.shops[0].clock)
        closing.callback(self.office.store.close)  # type: ignore[attr-defined]
        self.lines = [Line(self.office) for _ in self.homes]
        with self.shops[0].store.read() as look:
            found = [look.members.by_card(card) for card in CARDS]
        self.members = [member.id for member in found if member is not None]

    def introduce(self) -> None:
        """Both join and open; whom the first one brought, the second one knows by the same ids."""
        for shop, line in zip(self.shops, self.lines, strict=True):
            let_points_pay(shop)
            open_day(shop, float_fen=0, staff=manager_of(shop))
            join(shop, line)
            send_all(shop, line)
        self.read()
        said = self.told(self.shops[1])
        with self.shops[0].store.read() as look:
            known = [member for ident in self.members if (member := look.members.get(ident))]
        persons = {each.id: Person(each.name, each.phone or "", each.card_no) for each in known}
        hear(self.shops[1], *(replace(said[i], person=persons[i]) for i in self.members))
        self.pull(0)
        self.pull(1)

    def told(self, shop: Shop) -> dict[UUID, MemberTold]:
        """What the server says of all members to a till now."""
        with shop.store.read() as look:
            asking = Asking(look.till.id, look.till.incarnation, look.till.store_code)
        with self.office.store.read() as there:
            return told_of(there, asking, self.members, self.office.clock.now_us())

    def read(self) -> None:
        while reading().step(self.office).is_more:
            pass

    def pull(self, no: int) -> None:
        session, _ = begin(self.shops[no], self.lines[no], Ed25519(), program=PROGRAM)
        while not pull(self.shops[no], self.lines[no], session).is_last:
            pass

    def do(self, no: int, deed: str, of: int) -> None:
        """One thing that happens; what is refused is no matter."""
        shop, line, card = self.shops[no], self.lines[no], CARDS[of]
        with suppress(Shortfall):
            match deed:
                case "send":
                    send_all(shop, line)
                    self.read()
                case "half":
                    send_all(shop, line, limit=1, most=1)
                case "pull":
                    self.pull(no)
                case "spend":
                    self._spend(no, card, self.members[of])
                case "merge":
                    merge_members(shop, card, CARDS[of - 1], staff=manager_of(shop))
                case _:
                    self._serve(shop, deed, card, self.members[of])

    def _spend(self, no: int, card: str, member: UUID) -> None:
        """Points that the server sets aside for it first."""
        shop, line = self.shops[no], self.lines[no]
        session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
        note_line(shop, is_open=True)
        wish = chosen(shop, 100, card, VITAMIN).basket
        reserve(shop, line, session.token, Wanted(member, 100, wish.sale_id))
        ready = paid(shop, reprice(shop, wish))
        settle(shop, ready.basket, shown=ready.quote.hash, staff=manager_of(shop))

    def _serve(self, shop: Shop, deed: str, card: str, member: UUID) -> None:
        staff = manager_of(shop)
        match deed:
            case "sell":
                settled(shop, staff, card, VITAMIN)
            case "void":
                with shop.store.read() as look:
                    last = look.sales.last()
                if last is not None:
                    void_sale(shop, last.sale_id, explanation=MISTAKE, staff=staff)
            case "correct":
                ident = shop.new_id()
                correct_points(shop, member, -90, reason="多记了", correction_id=ident, staff=staff)

    def settle_down(self) -> None:
        """Everything is sent, read and taken."""
        for shop, line in zip(self.shops, self.lines, strict=True):
            send_all(shop, line)
        self.read()
        self.pull(0)
        self.pull(1)

    def agrees_so_far(self, no: int) -> None:
        """Shown is what the server said last, and own events of which it did not know then."""
        shop = self.shops[no]
        for member in self.members:
            with shop.store.read() as look:
                shown, confirmed = look.ledger.balance(member), look.mirror.confirmed(member)
            if confirmed is not None:
                said = confirmed.available + confirmed.pending + confirmed.leased
                assert shown == said + own_points(shop, member, confirmed.through)

    def agrees(self) -> None:
        """All three have the same of every member, lot by lot."""
        for shop in self.shops:
            said = self.told(shop)
            for member in self.members:
                there = said.get(member)
                lots = {lot.id: lot.left for lot in there.lots} if there else {}
                points = there.available + there.pending + there.leased if there else 0
                with shop.store.read() as look:
                    assert look.ledger.balance(member) == points
                    assert look.feed.aside() == ()
                assert lots_told(shop, member) == lots


def own_points(shop: Shop, member: UUID, through: int) -> int:
    """What own events behind that number say that a member got and gave."""
    said = Effects()
    for event in events_of(shop):
        if event.seq > through:
            read(event, 0, said, {})
    moved = [*said.transfers, *(used.transfer for used in said.used)]
    got = sum(each.amount for each in moved if each.credit.member_id == member)
    return got - sum(each.amount for each in moved if each.debit.member_id == member)


def send_all(shop: Shop, line: Line, *, limit: int = 100, most: int = 1000) -> None:
    session, _ = begin(shop, line, Ed25519(), program=PROGRAM)
    while send(shop, line, session, limit=limit).waiting.count and most > 1:
        most -= 1
