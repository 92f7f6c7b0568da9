"""入网，在开店时: a shop that was just made joins its chain."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from core.actions.sync import join_chain
from core.ports.central import Central, Uplink
from core.shop import Shop
from core.sync.invitation import read_invitation
from core.sync.session import Enrolled
from core.trust.staff import Role

Visiting = Callable[[], AbstractContextManager[Shop]]


def join_shop(text: str, visit: Visiting, central: Central, uplink: Uplink) -> Enrolled:
    """A shop that was just made joins the chain of an invitation, as its manager wants.

    Raises what `join_chain` does; the shop stands all the same.
    """
    invitation = read_invitation(text)
    with visit() as shop:
        with shop.store.read() as reading:
            manager = next(each for each in reading.people.all() if each.role is Role.MANAGER)
        return join_chain(
            shop,
            central,
            uplink.keys(),
            url=invitation.url,
            code=invitation.code,
            staff=manager,
            program=uplink.program,
        )
