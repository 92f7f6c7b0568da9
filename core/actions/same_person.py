"""同一个人: who joined at two tills and is one person, by phone or by card (sync.md 5).

The server makes the alias, a case says so, and `part_members` undoes it for good.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from uuid import UUID

from core.ports.office import OfficeWriting
from core.shop import HeadOffice
from core.sync.effects import CARD, PHONE, Alias, Effects, Joined
from core.sync.people import is_alike
from core.trust.cases import Case

SAME_PHONE, SAME_CARD, CARD_TWICE = "same_phone", "same_card", "card_twice"
"""The kinds of cases: two became one by their phone, or card; or they have one card, unlike."""


def same_phone(office: HeadOffice, tx: OfficeWriting, said: Effects) -> list[Alias]:
    """Whoever joined with one phone at two tills is one person, and somebody is told of it.

    No till lets anybody join with a phone that it knows: what shares one on it does so on purpose.
    What a person has undone stays so.
    """
    counters = {each.event_id for each in said.joined if each.import_id is None}
    wrote = (each for each in said.wrote if each.field == PHONE and each.event_id in counters)
    aliases: list[Alias] = []
    for sharing in tx.members.same_phone({each.value for each in wrote if each.value}):
        known = _known(tx.members.aliases(sharing[0].member_id))
        for elder, younger in combinations(sharing, 2):
            made = Alias(younger.member_id, elder.member_id, office.clock.now_us())
            if elder.till_id != younger.till_id and frozenset(_ends(made)) not in known:
                aliases.append(made)
                about, detail = made.into_id.hex, made.gone_id.hex
                _tell(office, tx, SAME_PHONE, younger, about, detail)
    return aliases


def same_card(office: HeadOffice, tx: OfficeWriting, said: Effects) -> list[Alias]:
    """The same card at two tills is one person, as after one file was imported at both.

    Where name, phone or birthday contradict each other they stay two, and a person is told. Of an
    import there is one case, which names the first of them: it may be about thousands.
    """
    cards = {each.value for each in said.wrote if each.field == CARD and each.value}
    found = tx.members.same_card(cards) if cards else ()
    known = _known(tx.members.aliases_among({each.id for several in found for each in several}))
    aliases: list[Alias] = []
    told = set[tuple[str, UUID]]()
    for elder, younger in ((several[0], each) for several in found for each in several[1:]):
        made = Alias(younger.id, elder.id, office.clock.now_us())
        is_one_till = elder.joined[0].till_id == younger.joined[0].till_id
        if is_one_till or frozenset(_ends(made)) in known:
            continue
        is_one = is_alike(elder.fields, younger.fields)
        kind, about = SAME_CARD if is_one else CARD_TWICE, younger.joined[0].import_id or younger.id
        aliases += [made] if is_one else []
        if (kind, about) not in told and not tx.cases.is_there(kind, about.hex):
            detail = f"{made.gone_id.hex} {made.into_id.hex}"
            _tell(office, tx, kind, younger.joined[0], about.hex, detail)
        told.add((kind, about))
    return aliases


def _known(aliases: Iterable[Alias]) -> set[frozenset[UUID]]:
    return {frozenset(_ends(each)) for each in aliases}


def _ends(alias: Alias) -> tuple[UUID, UUID]:
    return alias.gone_id, alias.into_id


def _tell(
    office: HeadOffice, tx: OfficeWriting, kind: str, joined: Joined, about: str, detail: str
) -> None:
    now_us = office.clock.now_us()
    tx.cases.add(Case(office.new_id(), kind, joined.till_id, about, detail, now_us))
