"""登录: who stands at the till."""

from __future__ import annotations

from core.errors import NameNeeded, WrongPin
from core.shop import Shop
from core.trust.staff import Staff


def login(shop: Shop, pin: str, *, name: str | None = None) -> Staff:
    """The person with this PIN; raises WrongPin, or NameNeeded where several work here."""
    people = staff(shop)
    if name is None and len(people) > 1:
        raise NameNeeded()
    for person in people:
        if name in (None, person.name, str(person.no)) and shop.pins.fits(pin, person.pin_hash):
            return person
    raise WrongPin()


def staff(shop: Shop) -> tuple[Staff, ...]:
    """Everybody who may log in."""
    with shop.store.read() as reading:
        return reading.people.all()
