"""规则册草稿: it survives closing, is checked as a file is, and nobody undoes another's change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from core.actions.draft_rules import (
    begin_draft,
    change_offer,
    change_parts,
    drop_draft,
    look_at_draft,
    publish_draft,
    switch_in_draft,
)
from core.actions.login import login
from core.errors import BadRecord, BadRule, DraftBroken, DraftElsewhere, NoDraft
from core.ports.drafts import Draft
from core.rulebook.parse_offers import offer_record
from core.shop import Shop
from core.trust.staff import Staff
from storage.rulebook_file import load_rulebook
from tests.builders import PIN, Home

MARKET = Path(__file__).parents[2] / "resources" / "rulebooks" / "supermarket.toml"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.prepared(tmp_path)


@pytest.fixture
def shop(home: Home) -> Iterator[Shop]:
    with home.shop() as shop:
        yield shop


@pytest.fixture
def boss(shop: Shop) -> Staff:
    return login(shop, PIN)


def test_a_draft_survives_the_program(home: Home) -> None:
    with home.shop() as shop:
        staff = login(shop, PIN)
        kept = begin_draft(shop, staff=staff, path=str(MARKET))
    with home.shop() as shop:
        seen = look_at_draft(shop, staff=login(shop, PIN))
        assert seen is not None
        assert seen.draft == kept
        assert seen.draft.rulebook.offers == load_rulebook(MARKET).offers
        assert seen.draft.rulebook.version == seen.held.version + 1


def test_a_broken_file_is_told_with_its_line(shop: Shop, boss: Staff, tmp_path: Path) -> None:
    text = MARKET.read_text("utf-8").replace('kind = "threshold"', 'kind = "treshold"')
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadRule) as refused:
        begin_draft(shop, staff=boss, path=str(path))
    assert text.splitlines()[refused.value.line - 1] == 'kind = "treshold"'
    assert look_at_draft(shop, staff=boss) is None


def test_what_cannot_be_is_not_kept(shop: Shop, boss: Staff) -> None:
    draft = begin_draft(shop, staff=boss, path=str(MARKET))
    offer = next(o for o in draft.rulebook.offers if o.id == "hundred-ten")
    record = offer_record(offer) | {"when": {"from_tier": "platinum"}}
    with pytest.raises(BadRecord):
        change_offer(shop, record, turn=1, staff=boss)
    seen = look_at_draft(shop, staff=boss)
    assert seen is not None and seen.draft == draft


def test_who_saw_an_older_draft_undoes_nothing(shop: Shop, boss: Staff) -> None:
    begin_draft(shop, staff=boss)
    first = switch_in_draft(shop, "special-price", is_on=False, turn=1, staff=boss)
    with pytest.raises(DraftElsewhere):
        switch_in_draft(shop, "member-price", is_on=False, turn=1, staff=boss)
    with pytest.raises(DraftElsewhere):
        publish_draft(shop, turn=1, staff=boss)
    with pytest.raises(DraftElsewhere):
        begin_draft(shop, staff=boss)
    seen = look_at_draft(shop, staff=boss)
    assert seen is not None and seen.draft == first
    drop_draft(shop, staff=boss)
    with pytest.raises(NoDraft):
        switch_in_draft(shop, "member-price", is_on=False, turn=2, staff=boss)


def test_off_and_on_again_is_as_before(shop: Shop, boss: Staff) -> None:
    before = begin_draft(shop, staff=boss)
    for offer in before.rulebook.offers:
        turn = look(shop, boss).turn
        off = switch_in_draft(shop, offer.id, is_on=False, turn=turn, staff=boss)
        assert offer not in off.rulebook.offers
        on = switch_in_draft(shop, offer.id, is_on=True, turn=off.turn, staff=boss)
        assert on.rulebook == before.rulebook


def look(shop: Shop, staff: Staff) -> Draft:
    seen = look_at_draft(shop, staff=staff)
    assert seen is not None
    return seen.draft


def test_a_spoilt_draft_is_said_and_can_be_dropped(shop: Shop, boss: Staff, home: Home) -> None:
    (home.path / "rulebook_draft.json").write_text('{"turn": 1, "rulebook": {}}')
    with pytest.raises(DraftBroken):
        look_at_draft(shop, staff=boss)
    drop_draft(shop, staff=boss)
    assert look_at_draft(shop, staff=boss) is None


def test_what_is_published_holds_and_an_older_one_comes_back(shop: Shop, boss: Staff) -> None:
    with shop.store.read() as reading:
        first = reading.rulebooks.current()
    begin_draft(shop, staff=boss)
    draft = switch_in_draft(shop, "special-price", is_on=False, turn=1, staff=boss)
    published = publish_draft(shop, turn=draft.turn, staff=boss).rulebook
    assert look_at_draft(shop, staff=boss) is None
    assert "special-price" not in {offer.id for offer in published.offers}
    back = begin_draft(shop, staff=boss, version=first.version)
    assert back.rulebook == replace(first, version=published.version + 1)


def test_a_new_offer_gets_an_id_of_its_own_that_nobody_had(shop: Shop, boss: Staff) -> None:
    begin_draft(shop, staff=boss)
    record = {"kind": "percentage", "name": "九折", "rate_bp": 9000}
    first = change_offer(shop, record, turn=1, staff=boss)
    second = change_offer(shop, record, turn=2, staff=boss)
    ids = [offer.id for offer in second.rulebook.offers]
    assert len(set(ids)) == len(ids) == len(first.rulebook.offers) + 1
    assert ids[-1].startswith("percentage-")


def test_a_section_is_put_in_its_place_or_not_at_all(shop: Shop, boss: Staff) -> None:
    begin_draft(shop, staff=boss)
    points = {"points": 2, "per_fen": 100, "expiry": "never", "months": 24}
    draft = change_parts(shop, {"points": points}, turn=1, staff=boss)
    assert (draft.rulebook.points.points, draft.rulebook.points.expiry) == (2, "never")
    with pytest.raises(BadRecord):
        change_parts(shop, {"points": points | {"per_fen": 0}}, turn=2, staff=boss)
    assert look(shop, boss).rulebook == draft.rulebook
