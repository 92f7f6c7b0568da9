"""问会员: a till asks its server for one member, beside what it is told by itself (sync.md 4).

For a visitor at the counter, whose balance is as old as the directory; for one whom nobody here
knows yet; for those of whom something was said that could not be used when it came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

import msgspec

from core.actions.lay_aside import lay_aside
from core.actions.rewrite_member import as_person
from core.actions.serve import numbers_of
from core.actions.sync import joined, still
from core.actions.take_members import Outcome, look_ahead, take_members
from core.errors import BadPhone, NoSuchMember, SeveralMembers
from core.members.member import Member
from core.members.phone import parse_phone
from core.ports.central import Central
from core.shop import Shop
from core.sync.directory import MEMBER, Blind, MembersFound, MemberTold, blind_key

MINUTE_US = 60_000_000
PATIENCE_US = 5 * MINUTE_US
"""So long the server has to tell of somebody by itself, who was passed over."""
AT_ONCE = 20
T = TypeVar("T")
_KEYS = {Blind.CARD: "card_key", Blind.PHONE: "phone_key"}


def ask_member(shop: Shop, central: Central, token: str, member_id: UUID) -> bool:
    """How one stands now is made to hold here; whether anything is another than before.

    Raises NotInChain, NoSuchMember, SessionOver, and what speaking with the server does.
    """
    told = _ask(shop, central, token, f"members/{member_id.hex}", MemberTold)
    (outcome,) = _hear(shop, (told,), {})
    return outcome is True


def ask_visitor(shop: Shop, central: Central, token: str, text: str) -> UUID | None:
    """Who has this card or phone in the chain comes in as a visitor; None where nobody has.

    Raises as `ask_member`, and SeveralMembers for a shared phone.
    """
    with shop.store.read() as reading:
        key, numbers = reading.mirror.chain_key(), numbers_of(text)
    asked = [(Blind.CARD, number) for number in numbers]
    with suppress(BadPhone):
        asked.append((Blind.PHONE, parse_phone(text)))
    for blind, value in asked if key else ():
        place = f"members?{_KEYS[blind]}={blind_key(key, blind, value).hex()}"
        try:
            found = _ask(shop, central, token, place, MembersFound).members
        except NoSuchMember:
            continue
        if len(found) > 1:
            raise SeveralMembers(text)
        for told in found:
            _hear(shop, found, {told.id: value if blind is Blind.CARD else ""})
            return told.id
    return None


def look_in_full(shop: Shop, central: Central, token: str, member: Member) -> Member:
    """The person behind a visitor, to be shown and kept nowhere; who looks was allowed to before.

    Raises as `ask_member`. The server writes down that this till looked.
    """
    place = f"members/{member.id.hex}?full=1"
    told = _ask(shop, central, token, place, MemberTold)
    return member if told.person is None else as_person(member, told.person, member.joined_on)


def ask_again(shop: Shop, central: Central, token: str) -> int:
    """Those who were passed over long ago, and whose points did not agree; how many were asked."""
    now_us = shop.clock.now_us()
    with shop.store.read() as reading:
        asked = reading.mirror.passed_over(before_us=now_us - PATIENCE_US, limit=AT_ONCE)
    for member_id in asked:
        with shop.store.write() as tx:
            tx.mirror.ask_no_more(member_id)
        try:
            ask_member(shop, central, token, member_id)
        except NoSuchMember:
            continue
    return len(asked)


def _ask(shop: Shop, central: Central, token: str, place: str, kind: type[T]) -> T:
    with shop.store.read() as reading:
        link = joined(reading.links.get())
    told = central.say(link.url, token, place, None, kind)
    with shop.store.read() as reading:
        still(reading, link)
    return told


def _hear(shop: Shop, told: Sequence[MemberTold], comes: Mapping[UUID, str]) -> list[Outcome]:
    with shop.store.read() as reading:
        incarnation = reading.till.incarnation
    ahead = look_ahead(shop, incarnation, told)
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        outcomes = take_members(shop, tx, moment, told, ahead, comes=comes)
        for each, outcome in zip(told, outcomes, strict=True):
            about = each.id.hex
            if isinstance(outcome, bool):
                tx.feed.clear(MEMBER, about)
            else:
                value = msgspec.json.encode(each)
                lay_aside(shop, tx, moment, outcome, topic=MEMBER, about=about, value=value)
    return outcomes
