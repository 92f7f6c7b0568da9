"""核对 PIN: a try is counted before it is checked: no kill and no pulled plug makes it free.

A right and a wrong PIN take the same way, and so does a name that nobody has.
"""

from __future__ import annotations

from msgspec import Struct

from core.errors import NameNeeded, NotAllowed, PinWait, WrongPin
from core.ports import Reading
from core.shop import Shop
from core.trust.pins import PinTries
from core.trust.rights import Right, may
from core.trust.staff import Role, Staff

NOBODY = 0
_SECOND_US = 1_000_000


class Candidate(Struct, frozen=True):
    """Somebody who may be asked for a PIN; `wait_s` is how long no try of it counts still."""

    no: int
    name: str
    role: Role
    wait_s: int = 0


def candidates(shop: Shop, right: Right | None = None) -> tuple[Candidate, ...]:
    """Everybody who works here, or who of them has a right."""
    now_us = shop.clock.steady_us()
    with shop.store.read() as reading:
        return tuple(
            Candidate(who.no, who.name, who.role, _seconds(reading, who.no, now_us))
            for who in _who_has(reading, right)
        )


def prove(
    shop: Shop,
    pin: str,
    *,
    name: str | None,
    right: Right | None = None,
    done: str,
    failed: str,
    subject: str = "",
    detail: str = "",
) -> Staff:
    """The person whose PIN this is; the audit says `done` or `failed`.

    Without a name the only one who works here (and has the right) is meant. Raises NameNeeded
    where several could be, PinWait, WrongPin, and NotAllowed for a PIN without the right.
    """
    now_us = shop.clock.steady_us()
    with shop.store.write() as tx:
        person = _meant(tx, name, right)
        no = NOBODY if person is None else person.no
        left_s = _seconds(tx, no, now_us)
        if left_s:
            raise PinWait(left_s)
        tx.people.keep_tries(no, tx.people.tries(no).one_more(now_us))
        somebody = person or tx.people.all()[0]
    is_right = shop.pins.fits(pin, somebody.pin_hash) and somebody is person
    is_done = is_right and (right is None or may(somebody, right))
    with shop.store.write() as tx:
        if is_right:
            tx.people.keep_tries(no, PinTries())
        what, at_us = done if is_done else failed, shop.clock.now_us()
        tx.audit.note(what, at_us=at_us, staff_no=no, subject=subject, detail=detail)
    if not is_right:
        raise WrongPin()
    if right is not None and not is_done:
        raise NotAllowed(right.value)
    return somebody


def _meant(reading: Reading, name: str | None, right: Right | None) -> Staff | None:
    """Who is meant by a name or number; None for one that nobody has."""
    if name is None:
        found = _who_has(reading, right)
        if len(found) > 1:
            raise NameNeeded()
    else:
        people = _who_has(reading, None)
        found = [who for who in people if who.name == name]
        found = found or [who for who in people if str(who.no) == name]
    return found[0] if found else None


def _who_has(reading: Reading, right: Right | None) -> list[Staff]:
    active = (who for who in reading.people.all() if who.is_active)
    return [who for who in active if right is None or may(who, right)]


def _seconds(reading: Reading, no: int, now_us: int) -> int:
    return -(-reading.people.tries(no).left_us(now_us) // _SECOND_US)
