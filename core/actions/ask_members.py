"""问会员: a till asks its server for one member, beside what it is told by itself (sync.md 4).

For a visitor at the counter, whose balance is as old as the directory; for one whom nobody here
knows yet; for those of whom something was said that could not be used when it came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar
from uuid import UUID

import msgspec

from core.actions.lay_aside import lay_aside
from core.actions.pull import known
from core.actions.rewrite_member import as_person
from core.actions.serve import numbers_of
from core.actions.sync import joined, still
from core.actions.take_members import Outcome, take_members, unread_of
from core.actions.unread import Unread
from core.errors import BadPhone, NoSuchMember, SeveralMembers
from core.members.member import Member
from core.members.phone import parse_phone
from core.ports import Writing
from core.ports.central import Central
from core.shop import Shop
from core.sync.directory import MEMBER, Blind, MembersFound, MemberTold, blind_key

MINUTE_US = 60_000_000
PATIENCE_US = 5 * MINUTE_US
"""So long the server has to tell of somebody by itself, who was passed over."""
AT_ONCE = 20
TRIES = 3
"""So often it is asked at once, where pages come between question and answer."""
T = TypeVar("T")
_KEYS = {Blind.CARD: "card_key", Blind.PHONE: "phone_key"}


def ask_member(shop: Shop, central: Central, token: str, member_id: UUID) -> bool:
    """How one stands now is made to hold here; whether anything is another than before.

    Raises NotInChain, NoSuchMember, SessionOver, and what speaking with the server does.
    """
    place = f"members/{member_id.hex}"
    heard = _hear(shop, lambda: (_ask(shop, central, token, place, MemberTold),), asked=member_id)
    return any(outcome is True for _, outcome in heard)


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
        ask = partial(_ask_key, shop, central, token, place, text)
        try:
            heard = _hear(shop, ask, value if blind is Blind.CARD else "")
        except NoSuchMember:
            continue
        return next((told.id for told, _ in heard), None)
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
    now_us = shop.clock.steady_us()  # it goes on where a clock that was put back stands
    with shop.store.read() as reading:
        asked = reading.mirror.passed_over(before_us=now_us - PATIENCE_US, limit=AT_ONCE)
    for member_id in asked:
        with shop.store.write() as tx:  # behind the others, should there be no answer now
            tx.mirror.pass_over(member_id, now_us)
        try:
            ask_member(shop, central, token, member_id)
        except NoSuchMember:
            with shop.store.write() as tx:
                tx.mirror.ask_no_more(member_id)
    return len(asked)


def _ask(shop: Shop, central: Central, token: str, place: str, kind: type[T]) -> T:
    with shop.store.read() as reading:
        link = joined(reading.links.get())
    told = central.say(link.url, token, place, None, kind)
    with shop.store.read() as reading:
        still(reading, link)
    return told


def _ask_key(
    shop: Shop, central: Central, token: str, place: str, text: str
) -> tuple[MemberTold, ...]:
    """Whoever has it alone; raises SeveralMembers."""
    found = _ask(shop, central, token, place, MembersFound).members
    if len(found) > 1:
        raise SeveralMembers(text)
    return found


def _hear(
    shop: Shop,
    ask: Callable[[], Sequence[MemberTold]],
    card_no: str | None = None,
    asked: UUID | None = None,
) -> list[tuple[MemberTold, Outcome]]:
    """What is answered holds here; nothing of it where pages come between again and again.

    `card_no`: of a visitor who comes in by it, "" by a phone. `asked`: who need not be asked for
    again, now that there is an answer.
    What came while it was on its way is newer, a page or what somebody beside us was answered: so
    it is asked anew. Nothing goes into the directory: there the pages alone write, in their order.
    """
    told: Sequence[MemberTold] = ()
    for _ in range(TRIES):
        with shop.store.read() as reading:
            incarnation, cursor = reading.till.incarnation, reading.feed.cursor(known())
        asked_us = shop.clock.now_us()
        told = ask()
        ahead = unread_of(shop, incarnation, told)
        with shop.store.write() as tx:
            if tx.feed.cursor(known()) == cursor and not _heard_since(tx, told, asked_us):
                if asked is not None:
                    tx.mirror.ask_no_more(asked)
                return _take(shop, tx, told, ahead, card_no)
    with shop.store.write() as tx:
        for each in told:
            tx.mirror.pass_over(each.id, shop.clock.now_us())
    return []


def _heard_since(tx: Writing, told: Sequence[MemberTold], asked_us: int) -> bool:
    confirmed = (tx.mirror.confirmed(each.id) for each in told)
    return any(last is not None and last.at_us > asked_us for last in confirmed)


def _take(
    shop: Shop, tx: Writing, told: Sequence[MemberTold], ahead: Unread, card_no: str | None
) -> list[tuple[MemberTold, Outcome]]:
    moment, comes = shop.moment(tx), {each.id: card_no for each in told if card_no is not None}
    outcomes = take_members(shop, tx, moment, told, ahead, comes=comes)
    for each, outcome in zip(told, outcomes, strict=True):
        about = each.id.hex
        if isinstance(outcome, bool):
            tx.feed.clear(MEMBER, about)
        elif outcome is not None:
            value = msgspec.json.encode(each)
            lay_aside(shop, tx, moment, outcome, topic=MEMBER, about=about, value=value)
    return list(zip(told, outcomes, strict=True))
