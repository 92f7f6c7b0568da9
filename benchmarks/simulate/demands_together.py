"""要求，几台之间: codes, receipts, held baskets, shelves, and what head office says to all tills.

Where no till is an old copy of itself and no server has forgotten anything, what was asked for
before it was done is done once; whatever else is done twice has its case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, timedelta
from itertools import combinations
from uuid import UUID

from benchmarks.simulate.counter import REWARD, goods
from benchmarks.simulate.machine import Machine
from benchmarks.simulate.seen import Seen
from core.actions.issue import holding
from core.actions.issue_prices import plans_of
from core.ports.directory import Condition
from core.sync.directory import FULL_MONTHS
from core.sync.effects import NAME, PHONE
from core.sync.held import TAKEN_US
from core.values.moment import local_time, months_before

MANY = 1_000_000


def codes_are_used_once(seen: Seen) -> Iterator[str]:
    """Of the sales that stand one used a code, or somebody is told."""
    claimed = seen.world.town.claimed
    for code, sales in seen.chain.uses.items():
        stand = sorted(sale for sale in sales if seen.chain.stands(sale))
        asked = [sale for sale in stand if (code, sale) in claimed]
        if seen.is_plain and len(asked) > 1:
            yield f"code: {code} was given to {len(asked)} sales that stand"
        if len(stand) > 1 and code in seen.chain.issued and code not in seen.kept.abouts:
            yield f"silent: {code} was used {len(stand)} times, and nobody is told"


def receipts_come_back_once(seen: Seen) -> Iterator[str]:
    """No more of a line comes back than was sold, or somebody is told."""
    claimed = seen.world.town.claimed_back
    for sale_id, sold in seen.chain.lines.items():
        back = seen.chain.back_of(sale_id)
        asked = seen.chain.back_of(sale_id, by=claimed)
        if seen.is_plain and any(asked[no] > milli for no, milli in sold.items()):
            yield f"receipt: {sale_id} came back at others more often than it was sold"
        is_over = any(back[no] > milli for no, milli in sold.items())
        if (is_over or (back and sale_id in seen.chain.void)) and (
            sale_id.hex not in seen.kept.abouts
        ):
            yield f"silent: {sale_id} came back twice, and nobody is told"


def held_are_taken_once(seen: Seen) -> Iterator[str]:
    """Of those who asked before they took a basket up one sold it."""
    town = seen.world.town
    for sales in town.sold.values() if seen.is_plain else ():
        taken = [
            (town.recalled[sale], sale)
            for sale in sales
            if sale in town.recalled and town.recalled[sale].was_asked
        ]
        for (one, _), (other, sale) in combinations(taken, 2):
            if abs(other.at_us - one.at_us) < TAKEN_US:
                yield f"held: {sale} was sold on {one.home} and on {other.home}"


def shelves_add_up(seen: Seen) -> Iterator[str]:
    """A till has what it put there and took off, and what the others of its store say of theirs."""
    with seen.world.server.office.store.read() as office:
        stores = {till.id: till.store_code for till in office.tills.all()}
    for machine in seen.world.machines():
        till = machine.till
        with machine.store.read() as reading:
            own, here = reading.redemptions.own_stock(REWARD), reading.redemptions.stock()[REWARD]
        if own != (moved := _moved(seen, machine)):
            yield f"shelf: {machine.home.name} has {own} of its own, and moved {moved}"
        others = sum(
            units
            for (till_id, _), (_, _, units) in seen.chain.shelves.items()
            if till_id != till.id and stores[till_id] == till.store_code
        )
        if here - own != others:
            yield f"shelf: {machine.home.name} sees {here - own} of others, who have {others}"


def _moved(seen: Seen, machine: Machine) -> int:
    """By all that it did itself."""
    units = 0
    for event in seen.made[machine.home.name]:
        if event.kind == "RewardsCounted":
            body = json.loads(event.data)["body"]
            units += body["units"] - body["before"]
        elif event.kind == "RewardRedeemed":
            units -= json.loads(event.data)["body"]["units"]
    return units


def directories_are_the_chain(seen: Seen) -> Iterator[str]:
    """Whoever is listed at the server is in the directory of each till, and nobody else."""
    with seen.world.server.office.store.read() as office:
        rows = {UUID(bytes=row[0]): row for row in office.listing.rows(None, most=MANY)}
    for machine in seen.world.machines():
        directory, home = machine.store.directory, machine.home.name
        if directory.condition() is not Condition.THERE:
            yield f"directory: {home} has none"
            continue
        if directory.count() != len(rows):
            yield f"directory: {home} has {directory.count()} members of {len(rows)}"
        for member_id, (_, name, tier, _, is_frozen, _, _) in rows.items():
            entry = directory.get(member_id)
            told = (name, tier, bool(is_frozen))
            if entry is None or (entry.name, entry.tier, entry.is_frozen) != told:
                yield f"directory: {member_id} on {home} is {entry}, not {told}"


def own_members_are_here(seen: Seen) -> Iterator[str]:
    """Who comes to a store is on its tills in full, with the balance that the server has."""
    world = seen.world
    since = months_before(world.server.office.today(), FULL_MONTHS)
    with world.server.office.store.read() as office:
        for machine in world.machines():
            own = office.listing.of_store(machine.till.store_code, since, None, most=MANY)
            persons = office.members.some({root for _, root in own})
            with machine.store.read() as till:
                aside = {each.about for each in till.feed.aside()}
                for root, person in persons.items():
                    here, entry = till.members.get(root), machine.store.directory.get(root)
                    name, phone = person.fields.get(NAME), person.fields.get(PHONE)
                    if person.is_erased or not name or root.hex in aside:
                        continue
                    if here is None or (here.name, here.phone) != (name, phone or ""):
                        yield f"member: {root} on {machine.home.name} is {here}, not {name} {phone}"
                    points = office.accounts.balance(root).points
                    if entry is not None and entry.points != points:
                        listed = f"{root} with {entry.points} points, and has {points}"
                        yield f"balance: {machine.home.name} lists {listed}"


def erased_stay_erased(seen: Seen) -> Iterator[str]:
    """Nothing personal of them is left anywhere, whoever sold or edited meanwhile."""
    world, gone = seen.world, seen.world.town.erased
    with world.server.office.store.read() as office:
        for member_id in gone - office.erasures.among(gone):
            yield f"erased: {member_id} is there again at the server"
    for event in seen.kept.events.values():
        if any(private.member_id in gone for private in event.private):
            yield f"erased: something personal is beside {event.kind} at the server"
    for machine in world.machines():
        with machine.store.read() as till:
            named = [each for each in gone if (it := till.members.get(each)) and it.name]
        for member_id in named:
            yield f"erased: {member_id} has a name on {machine.home.name}"
        for event in seen.made[machine.home.name]:
            if any(private.member_id in gone for private in event.private):
                yield f"erased: something personal is beside {event.kind} on {machine.home.name}"


def all_have_what_was_issued(seen: Seen) -> Iterator[str]:
    """Each till sells by the rulebook and the prices that head office has for its day."""
    office = seen.world.server.office
    yesterday = local_time(office.clock.now_us(), UTC).date() - timedelta(days=1)
    codes = [row["条码"] for row in goods()]
    with office.store.read() as reading:
        begins = reading.issued_rulebooks.begins()
        issued = reading.issued_products.of(codes)
    for machine in seen.world.machines():
        with machine.store.read() as till:
            today = machine.shop.moment(till).business_on
            if today < yesterday:
                continue  # what held so long ago no till is told any more
            version, current = holding(begins, today), till.rulebooks.current().version
            if version not in (None, current):
                yield f"rulebook: {machine.home.name} sells by {current}, not by {version}"
            for code, prices in issued.items():
                plans = plans_of(prices, machine.till.store_code, today)
                product = till.products.by_code(code)
                held = [plan for plan in plans if plan.begins_on <= today]
                if held and (product is None or product.price_fen != held[-1].price_fen):
                    now = product.price_fen if product else None
                    told = f"{code} costs {now}, not {held[-1].price_fen}"
                    yield f"price: on {machine.home.name} {told}"
