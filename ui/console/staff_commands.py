"""员工命令: what `main.py staff` does.

Whoever sits at the machine may add a cashier; everything else asks for somebody with the right, by
name and PIN, and a lost last manager's PIN for the recovery file (docs/decisions/0009).
"""

from __future__ import annotations

from argparse import Namespace

from core.actions import badges as badging
from core.actions import staff as people
from core.actions.login import login
from core.actions.set_up import add_staff
from core.errors import ByNeeded
from core.shop import Shop
from core.trust.staff import Role, Staff
from ui.devices.files import write_named
from ui.text import role_name, tr

NONE = "none"
"""In the place of a badge: the person has none any more."""


def obey_staff(shop: Shop, given: Namespace) -> str:
    """Do what the words say; the sentence, or the list, to say."""
    match given.verb:
        case "add":
            return _added(shop, given)
        case "list":
            return _list(shop)
        case "reset-manager":
            people.reset_manager(shop, name=given.name, pin=given.pin)
            return tr("{name} 的新 PIN 可以用了。", name=given.name)
        case "badge":
            return _badge(shop, given)
        case "pin":
            return _new_pin(shop, given)
    return _changed(shop, given)


def _added(shop: Shop, given: Namespace) -> str:
    role = Role(given.role)
    if given.by is not None:
        by = _who(shop, given)
        person = people.hire(shop, name=given.name, pin=given.pin, role=role, staff=by).person
    elif role is Role.CASHIER:
        person = add_staff(shop, name=given.name, pin=given.pin, role=role)
    else:
        raise ByNeeded()
    return tr(
        "{name} 可以登录了，工号 {no}，{role}。",
        name=person.name,
        no=person.no,
        role=role_name(role),
    )


def _list(shop: Shop) -> str:
    have = badging.with_badge(shop)
    return "\n".join(_row(each, each.no in have) for each in people.everybody(shop))


def _badge(shop: Shop, given: Namespace) -> str:
    by = _who(shop, given)
    if given.code == NONE:
        badging.take_badge(shop, given.name, staff=by)
        return tr("{name} 的工牌收回了。", name=given.name)
    if not given.pdf or given.code:
        code = badging.bind_badge(shop, given.name, given.code, staff=by)
    if given.pdf:
        return _printed(shop, given, by)
    return tr("{name} 的工牌是 {code}。锁屏时扫它，再输 PIN。", name=given.name, code=code)


def _printed(shop: Shop, given: Namespace, by: Staff) -> str:
    """The badge that the person has, as a PDF of the size of a card."""
    from ui.devices.card_pdf import badge_leaf
    from ui.devices.designs import Designs
    from ui.devices.marks import leaves_pdf
    from ui.devices.paper_setup import CARDS, DESIGNS, shop_logo
    from ui.devices.print_sizes import card_size

    badge = badging.print_badge(shop, given.name, staff=by)
    logo = shop_logo(Designs(given.home / DESIGNS))
    leaf = badge_leaf(badge, card_size(given.home / CARDS), logo)
    write_named(given.pdf, leaves_pdf([leaf], tr("工牌")))
    return tr("{name} 的工牌存在 {file}。", name=given.name, file=given.pdf)


def _new_pin(shop: Shop, given: Namespace) -> str:
    no = _named(shop, given.name).no
    if given.old is not None:
        myself = login(shop, given.old, name=given.name)
        people.change_own_pin(shop, old=given.old, new=given.pin, staff=myself)
    elif given.by is not None:
        people.set_pin(shop, no, given.pin, staff=_who(shop, given))
    else:
        raise ByNeeded()
    return tr("{name} 的新 PIN 可以用了。", name=given.name)


def _changed(shop: Shop, given: Namespace) -> str:
    by = _who(shop, given)
    no = _named(shop, given.name).no
    if given.verb == "role":
        person = people.change_role(shop, no, Role(given.role), staff=by).person
        return tr("{name} 现在是{role}。", name=person.name, role=role_name(person.role))
    if given.verb == "remove":
        people.remove_staff(shop, no, staff=by)
        return tr("{name} 停用了，不能再登录。", name=given.name)
    people.bring_back(shop, no, staff=by)
    return tr("{name} 复职了，PIN 还是原来的。", name=given.name)


def _named(shop: Shop, name: str) -> Staff:
    with shop.store.read() as reading:
        return people.named(reading, name)


def _who(shop: Shop, given: Namespace) -> Staff:
    return login(shop, given.by_pin or "", name=given.by)


def _row(person: Staff, has_badge: bool) -> str:
    badge = tr("有工牌") if has_badge else ""
    state = "" if person.is_active else tr("已停用")
    return f"{person.no:>3}  {person.name}  {role_name(person.role)}  {badge}  {state}".rstrip()
