"""总部的一天: what people at head office issue, erase and take apart, while tills sell."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from benchmarks.simulate import counter
from benchmarks.simulate.machine import Machine
from benchmarks.simulate.world import STORES, World
from core.actions.enrol_till import name_store
from core.actions.erase_member import erase_member
from core.actions.head_office import open_cases
from core.actions.issue import issue_rulebook
from core.actions.issue_prices import ALL, issue_prices
from core.actions.part_members import part_members
from core.actions.same_person import SAME_PHONE
from core.catalog.product_table import ProductRow
from core.values.money import parse_money


def rename(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """门店改名: its tills are to hear of it."""
    code, name = f"S{dice.randint(1, STORES):02d}", f"{dice.randint(1, 999)}号店"
    world.server.ask(lambda office: name_store(office, code, name))


def prices(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """下发价格: of one product, in one store or all, from today or a day to come."""
    row = dice.choice(counter.goods())
    price_fen = parse_money(row["售价"]) + dice.randint(-3, 3) * 10
    told = ProductRow(
        code=row["条码"],
        name=row["名称"],
        price_fen=price_fen,
        spec=row["规格"],
        category=row["分类"],
    )
    today = world.server.office.today()
    days = {"begins_on": today + timedelta(days=dice.choice((0, 0, 1, 2))), "today": today}
    store = dice.choice((ALL, *(f"S{no:02d}" for no in range(1, STORES + 1))))
    world.server.ask(lambda office: issue_prices(office, [told], **days, store_code=store))


def rulebook(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """下发规则册: points are other ones from today or a day to come."""
    world.rulebooks += 1
    old, points = counter.rulebook(), counter.POINTS_A_YUAN + dice.randint(-1, 1)
    new = replace(
        old, version=old.version + world.rulebooks, points=replace(old.points, points=points)
    )
    today = world.server.office.today()
    days = {"begins_on": today + timedelta(days=dice.choice((0, 0, 1, 2))), "today": today}
    world.server.ask(lambda office: issue_rulebook(office, new, **days))


def erase(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """删除会员: somebody asked for it in writing, and has an answer."""
    if world.town.people:
        member_id = dice.choice(world.town.people)
        done = world.server.ask(lambda office: erase_member(office, member_id))
        world.town.erased |= {member_id, done.member_id}


def part(world: World, place: list[Machine], machine: Machine, dice: random.Random) -> None:
    """分开: two who share a phone are two people after all."""
    cases = [case for case in open_cases(world.server.office) if case.kind == SAME_PHONE]
    if cases:
        case = dice.choice(cases)
        pair = UUID(case.detail), UUID(case.about)
        world.server.ask(lambda office: part_members(office, *pair))
