"""名册: before it is there, while it is made, and after it was: whom one finds, whom not yet."""

from __future__ import annotations

import pytest

from core.actions.roll import fill_roll, find_members
from core.members.member_table import MemberRow
from core.ports.roll import Wanted
from core.shop import Shop
from core.trust.staff import Staff
from storage.insight import roll_sql
from tests.storage.making import bring_members


def test_before_the_roll_is_there_some_are_shown(shop: Shop, staff: Staff) -> None:
    found = find_members(shop, Wanted(), staff=staff)
    assert len(found.lines) > 0 and found.lines[0] is not None
    assert found.lines[0].spent_fen is None
    named = find_members(shop, Wanted("李小华"), staff=staff)
    assert [line and line.name for line in named.lines] == ["李*华"]


def test_who_comes_while_it_is_made_is_in_it_when_it_is_done(shop: Shop, staff: Staff) -> None:
    assert not fill_roll(shop, staff=staff).is_done
    bring_members(shop.store, [MemberRow("900777", "后来的")], moment=shop.now())
    while not fill_roll(shop, staff=staff).is_done:
        pass
    assert find_members(shop, Wanted("900777"), staff=staff).matched.members == 1


def found(shop: Shop, staff: Staff, text: str) -> int:
    return find_members(shop, Wanted(text), staff=staff).matched.members


def test_who_comes_after_it_was_made_is_not_in_it(
    shop: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not where all whom a text means are kept, either; of the next one they are."""
    monkeypatch.setattr(roll_sql, "MANY", 0)
    bring_members(shop.store, [MemberRow("900776", "欧阳先来")], moment=shop.now())
    while not fill_roll(shop, staff=staff).is_done:
        pass
    assert found(shop, staff, "欧阳") == 1
    bring_members(shop.store, [MemberRow("900777", "欧阳后来")], moment=shop.now())
    assert (found(shop, staff, "欧阳后"), found(shop, staff, "欧阳")) == (0, 1)
    while not fill_roll(shop, staff=staff).is_done:
        pass
    assert (found(shop, staff, "欧阳后"), found(shop, staff, "欧阳")) == (1, 2)
