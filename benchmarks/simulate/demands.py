"""要求: what must hold. A new rule is one more function here, and its name in a list at the end.

Each says what is wrong, beginning with a word of its own by which a shorter story is known again.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from uuid import UUID

from msgspec.structs import replace

from benchmarks.simulate import counter
from benchmarks.simulate import demands_together as together
from benchmarks.simulate.machine import Machine
from benchmarks.simulate.records import Kept
from benchmarks.simulate.seen import Seen
from benchmarks.simulate.world import World
from core.actions.book_used import OVERSPENT
from core.actions.head_office import open_cases
from core.actions.read_sales import COUPON_TWICE, RETURNED_TWICE
from core.actions.same_person import CARD_TWICE, SAME_CARD, SAME_PHONE
from core.actions.verify_office import verify_office
from core.errors import OfficeDiffers, TillRevoked, TillUnknown
from core.sync.directory import FULL_MONTHS
from core.sync.effects import LATEST_US, Effects
from core.sync.fact import GENESIS, Event
from core.sync.reading import read
from core.sync.wire import mark_of, sent_of
from core.trust.cases import Case
from core.values.moment import months_before
from storage.verify import verify

SALE = "SaleSettled"
EXPECTED = ("copy", "fork", "left_unsent", OVERSPENT, SAME_PHONE)
_SALE_ID = re.compile(rb'"sale_id":"([0-9a-f]{32})"')


Demand = Callable[[Seen], Iterator[str]]


def told_is_kept(world: World) -> Iterator[str]:
    """What any till was told is safe, is: whatever became of server and till since."""
    kept = world.server.kept()
    for hashed, mark in world.network.told.items():
        if hashed not in kept and mark not in kept:
            yield f"lost: a till was told that {hashed.hex()[:12]} is kept, and it is not"


def everything_arrived(seen: Seen) -> Iterator[str]:
    """Each event of each till is at the server in its place with the personal values beside it.

    Or apart, with a case that tells of it.
    """
    kept, gone = seen.kept, seen.erased
    for home, events in seen.made.items():
        for event in events:
            what = f"{event.kind} {event.incarnation}:{event.seq} of {home}"
            place = (event.till_id, event.incarnation, event.seq)
            if kept.places.get(event.hash) == place:
                if _less(kept.events[place], gone) != _less(event, gone):
                    yield f"changed: {what}"
            elif mark_of(sent_of(event)) not in kept.apart:
                yield f"lost: {what} is not at the server"
            elif event.id.hex not in kept.abouts:
                yield f"silent: {what} is apart, and nobody is told"


def _less(event: Event, gone: frozenset[UUID]) -> Event:
    """Without what may have been erased on one side first."""
    private = tuple(each for each in event.private if each.member_id not in gone)
    return event if len(private) == len(event.private) else replace(event, private=private)


def strangers_arrived(seen: Seen) -> Iterator[str]:
    """Other versions' events too; what was damaged is apart, with a case."""
    kept, stranger = seen.kept, seen.world.stranger
    for sent in stranger.sound:
        if bytes.fromhex(sent.hash) not in kept.places:
            yield f"lost: {sent.seq} of a till of another version"
    for sent in stranger.damaged:
        if mark_of(sent) not in kept.apart or mark_of(sent).hex() not in kept.abouts:
            yield f"undetected: {sent.seq} of another version was damaged, and nobody is told"


def nothing_is_doubled(seen: Seen) -> Iterator[str]:
    """No event is in its place and apart as well, and no sale was made twice."""
    data = {event.data for event in seen.kept.events.values()}
    for place, apart in seen.kept.apart.values():
        if apart in data:
            yield f"doubled: {place[1]}:{place[2]} is there and apart"
    sales: Counter[str] = Counter()
    for event in seen.kept.events.values():
        if event.kind == SALE and event.till_id != seen.world.stranger.id:
            sales[sale_of(event.data)] += 1
    for sale_id, count in sales.items():
        if count > 1:
            yield f"doubled: sale {sale_id} came {count} times"


def confirmed_is_there(seen: Seen) -> Iterator[str]:
    """Each sale that a customer went home with, as it was told, once on its till and once here."""
    here = {sale_of(data): data for data in _all_data(seen.kept) if b'"SaleSettled"' in data}
    for machine in seen.world.machines():
        with machine.store.read() as reading:
            for sold in machine.sold:
                sale = reading.sales.get(sold.sale_id)
                told = (sold.no, sold.payable_fen, sold.points)
                if sale is None or (sale.no, sale.payable_fen, sale.points_earned) != told:
                    yield f"confirmed: {sold.no} is not on {machine.home.name} as it was told"
                if sold.sale_id.hex not in here:
                    yield f"confirmed: {sold.no} of {machine.home.name} is not at the server"


def chains_are_whole(seen: Seen) -> Iterator[str]:
    """Each event follows from the one before it, and the server knows how far it has each chain."""
    taken: defaultdict[tuple[UUID, int], set[int]] = defaultdict(set)
    for (till_id, incarnation, seq), event in seen.kept.events.items():
        taken[till_id, incarnation].add(seq)
        what = f"{event.kind} {incarnation}:{seq}"
        if event.hash != hashlib.sha256(event.prev + event.data).digest():
            yield f"chain: {what} has another hash"
        before = seen.kept.events.get((till_id, incarnation, seq - 1))
        if event.prev != (before.hash if before else GENESIS) and (before or seq == 1):
            yield f"chain: {what} does not follow from the one before it"
    for (till_id, incarnation, seq), _ in seen.kept.apart.values():
        taken[till_id, incarnation].add(seq)
    for branch, seqs in taken.items():
        through = next(seq for seq in range(1, len(seqs) + 2) if seq not in seqs) - 1
        if seen.kept.through.get(branch) != through:
            yield f"progress: {branch[1]} is said through {seen.kept.through.get(branch)}"


def alarms_have_reasons(seen: Seen) -> Iterator[str]:
    """What is apart has a case, and nobody is called for nothing."""
    world = seen.world
    for mark, (_, data) in seen.kept.apart.items():
        if mark.hex() not in seen.kept.abouts and id_of(data) not in seen.kept.abouts:
            yield f"silent: {mark.hex()[:12]} is apart, and nobody is told"
    for case in open_cases(world.server.office):
        if case.till_id == world.stranger.id:
            continue
        if world.town.has_copies and (_is_one_card(case) or case.kind == SAME_CARD):
            continue  # two copies number the cards of different members alike
        if case.kind == COUPON_TWICE:
            if len(seen.chain.uses.get(case.about, ())) < 2:
                yield f"alarm: {case.about} was used once, {case.detail}"
        elif case.kind == RETURNED_TWICE:
            if not seen.chain.back.get(UUID(case.about)):
                yield f"alarm: nothing came back of {case.detail}"
        elif case.kind not in EXPECTED:
            yield f"alarm: {case.kind} {case.detail}"
        elif case.kind == "fork" and not world.town.has_copies:
            yield f"alarm: a fork without a copy, {case.detail}"
        elif case.kind == "copy" and not (world.town.has_copies or world.server.was_put_back):
            yield f"alarm: a copy that nobody made, {case.detail}"


def _is_one_card(case: Case) -> bool:
    is_left = case.kind == "left" and case.detail.endswith(" CardOfAnother")
    return is_left or case.kind == CARD_TWICE


def points_add_up(seen: Seen) -> Iterator[str]:
    """All accounts of the chain together are nothing.

    A till whose events are all in their places, and nobody else's, has the balances that the
    server reads of whoever comes to its store: of others it is told points only when they come.
    """
    world = seen.world
    since = months_before(world.server.office.today(), FULL_MONTHS)
    owners = defaultdict(set)
    for (till_id, _, _), event in seen.kept.events.items():
        owners[till_id].add(event.hash)
    with world.server.office.store.read() as office:
        if sum(office.accounts.sums().values()):
            yield f"sum: {office.accounts.sums()}"
        for machine in world.machines():
            made = {event.hash for event in seen.made[machine.home.name]}
            if made != owners[machine.till.id]:
                continue
            world.done["tills compared by balance"] += 1
            own = office.listing.of_store(machine.till.store_code, since, None, most=together.MANY)
            with machine.store.read() as till:
                for member_id in {root for _, root in own}.intersection(_here(machine)):
                    here = office.accounts.balance(member_id).points
                    if here != till.ledger.balance(member_id):
                        there = till.ledger.balance(member_id)
                        yield f"balance: {there} on {machine.home.name}, {here} at the server"


def nothing_is_overspent(seen: Seen) -> Iterator[str]:
    """Tills spend what was set aside for them, and nothing else.

    Only copies of a till, or a server that forgot what it had set aside, get beyond it: then the
    points are the till's, and somebody is told.
    """
    world = seen.world
    with world.server.office.store.read() as office:
        points = office.accounts.sums().get("overspend", 0)
    told = [case for case in open_cases(world.server.office) if case.kind == OVERSPENT]
    world.done["points overspent"] -= points
    if not (world.town.has_copies or world.server.was_put_back):
        if points:
            yield f"overspent: {-points} points"
        yield from _beyond(seen)
        yield from _below(seen)
    if -points != sum(int(case.detail) for case in told):
        yield f"silent: {-points} points were overspent, and nobody is told of all"


def _beyond(seen: Seen) -> Iterator[str]:
    """What tills say that they spent of each that was set aside, and it did not have."""
    said = Effects()
    for event in seen.kept.events.values():
        if event.till_id != seen.world.stranger.id:
            read(event, LATEST_US, said, {})
    spent: Counter[UUID] = Counter()
    for used in said.used:
        spent[used.escrow_id] += used.transfer.amount
    with seen.world.server.office.store.write() as tx:
        had = tx.escrows.lock(spent)
    for escrow_id, points in spent.items():
        if points > (most := had[escrow_id].points if escrow_id in had else 0):
            yield f"beyond: {points} points were spent of {most}"


def _below(seen: Seen) -> Iterator[str]:
    """Whoever gave nothing back owes nothing: spending alone takes nobody below zero."""
    if seen.world.done["return"] or seen.world.done["void"]:
        return
    with seen.world.server.looked_into() as connection:
        rows = connection.execute(
            "SELECT owner_id, points FROM accounts WHERE kind = 'available' AND points < 0"
        )
        for owner, points in rows:
            yield f"below: {owner} has {points} points"


def server_verifies(seen: Seen) -> Iterator[str]:
    """Events, accounts, lots and what is set aside, all looked at anew."""
    try:
        verify_office(seen.world.server.office)
    except OfficeDiffers as differs:
        yield f"differs: {differs!r}"


def tills_heard(seen: Seen) -> Iterator[str]:
    """What head office has changed has come to each till: the names of stores."""
    with seen.world.server.office.store.read() as reading:
        names = {store.code: store.name for store in reading.stores.all()}
    for machine in seen.world.machines():
        till = machine.till
        if till.store_name != names[till.store_code]:
            told = f"{till.store_name}, not {names[till.store_code]}"
            yield f"unheard: {machine.home.name} is called {told}"


def tills_verify(seen: Seen) -> Iterator[str]:
    """Chains, ledger, drawer and prices of each till, all computed anew."""
    for machine in seen.world.machines():
        for finding in verify(machine.store):
            yield f"verify: {machine.home.name}: {finding}"


def copies_come_to_rest(seen: Seen) -> Iterator[str]:
    """Each machine sells on with the numbers that it has, and nobody is called again."""
    world = seen.world
    dice = random.Random(f"{world.seed} rest")
    before = _standing(world)
    for _ in range(2):
        for machine in world.machines():
            counter.begin_day(machine)
            counter.serve(machine, dice)
            machine.session = None
            try:
                world.sync(machine, dice)
            except (TillUnknown, TillRevoked):
                return  # a person keeps only one of them in the chain
    if _standing(world) != before:
        yield f"restless: {before} became {_standing(world)}"


def _here(machine: Machine) -> Iterator[UUID]:
    """Whoever is a member on this till, of whatever till they were first."""
    with machine.store.read() as till:
        for member_id in {*machine.members, *machine.town.people}:
            member = till.members.get(member_id)
            is_here = member is not None and member.name
            if is_here and till.standings.merged_into(member_id) is None:
                yield member_id


def _standing(world: World) -> tuple[list[int], int]:
    numbers = [machine.till.incarnation for machine in world.machines()]
    return numbers, len(open_cases(world.server.office))


def _all_data(kept: Kept) -> Iterator[bytes]:
    yield from (event.data for event in kept.events.values())
    yield from (data for _, data in kept.apart.values())


def sale_of(data: bytes) -> str:
    """The id of the sale of an event."""
    found = _SALE_ID.search(data)
    assert found is not None, data
    return found[1].decode()


def id_of(data: bytes) -> str:
    """The id of an event that can be read."""
    return str(json.loads(data)["id"])


AT_ANY_TIME: tuple[Callable[[World], Iterator[str]], ...] = (told_is_kept,)
"""Whenever the server has died, and at the end of each day."""
AT_THE_END: tuple[Demand, ...] = (
    everything_arrived,
    strangers_arrived,
    nothing_is_doubled,
    confirmed_is_there,
    chains_are_whole,
    alarms_have_reasons,
    points_add_up,
    nothing_is_overspent,
    server_verifies,
    tills_heard,
    tills_verify,
    together.codes_are_used_once,
    together.receipts_come_back_once,
    together.held_are_taken_once,
    together.shelves_add_up,
    together.directories_are_the_chain,
    together.own_members_are_here,
    together.erased_stay_erased,
    together.all_have_what_was_issued,
    copies_come_to_rest,
)
"""After everything healed; the last one sells on."""
