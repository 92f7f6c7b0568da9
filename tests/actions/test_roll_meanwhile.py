"""名册: who comes while it is made is not missed when it is done."""

from __future__ import annotations

from core.actions.roll import fill_roll, find_members
from core.members.member_table import MemberRow
from core.ports.roll import Wanted
from core.shop import Shop
from core.trust.staff import Staff
from tests.storage.making import bring_members


def test_who_comes_while_it_is_made_is_in_it_when_it_is_done(shop: Shop, staff: Staff) -> None:
    assert not fill_roll(shop, staff=staff).is_done
    bring_members(shop.store, [MemberRow("900777", "后来的")], moment=shop.now())
    while not fill_roll(shop, staff=staff).is_done:
        pass
    assert find_members(shop, Wanted("900777"), staff=staff).matched.members == 1
