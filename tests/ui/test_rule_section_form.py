"""规则册的表: nothing that a rulebook says is without a form; a form itself changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from core.rulebook.behaviours import Behaviour
from core.rulebook.labels import LabelCode
from core.rulebook.new_codes import with_codes
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.rulebook import Rulebook
from core.rulebook.schema import rulebook_schema
from core.rulebook.schemes import Benefit, TierCard
from storage.rulebook_file import load_rulebook
from ui.catalogue import speaking
from ui.manage.rules.part import ELSEWHERE as PAGES
from ui.rule_blank import Blank, Record, fill, texts_in, written
from ui.rule_conditions import Names
from ui.rule_form import Group, offer_groups
from ui.rule_lines import STAGES, sections
from ui.rule_new import kinds
from ui.rule_section_form import FORMS, section_groups, shaped, tidied

SHIPPED = Path(__file__).parents[2] / "resources" / "rulebooks"
BOOKS = {path.name: load_rulebook(path) for path in sorted(SHIPPED.iterdir())}
SCORED = BOOKS["pharmacy_scored.toml"]
ELSEWHERE = {
    "version": "publishing gives it",
    "currency": "what a shop counts in is said once, when it is set up",
    "rewards[]": "the catalogue has a form with pictures and the shelf",
    "tenders[].kind": "each has a button of its own",
    "offers[].id": "a new offer gets its own",
    "offers[].kind": "chosen before the form opens",
    "scheme.tiers[].code": "a new tier gets its own",
    "scheme.tiers[].benefits[].code": "a new benefit gets its own",
    "behaviours[].code": "a new one gets its own",
}
"""What no form asks for, and why."""


def full() -> Rulebook:
    """A rulebook with a row of everything that has rows."""
    first, second, *rest = SCORED.scheme.tiers
    benefits = (Benefit("tea", "茶", count=1, per="month"),)
    second = replace(second, card=TierCard("6901234567809"), benefits=benefits)
    return replace(
        SCORED,
        scheme=replace(SCORED.scheme, tiers=(first, second, *rest)),
        labels=(LabelCode("21", "price"),),
        behaviours=(Behaviour("sign-in", "签到", 5),),
    )


def record_for(section: str, book: Rulebook) -> Record:
    whole = record_of(book)
    return {name: whole[name] for name in FORMS[section] if name in whole}


def spelt(parts: tuple[str | int, ...]) -> str:
    return "".join("[]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


def leaves(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    for each in schema.get("oneOf", ()) or schema.get("anyOf", ()):
        yield from leaves(each, path)
    for name, each in schema.get("properties", {}).items():
        yield from leaves(each, f"{path}.{name}".lstrip("."))
    items = schema.get("items", {})
    if "properties" in items or "oneOf" in items:
        yield from leaves(items, f"{path}[]")
    elif schema.get("type", "object") not in ("object", "null") or {"enum", "const"} & {*schema}:
        yield path


def blanks(groups: tuple[Group, ...]) -> Iterator[Blank]:
    for group in groups:
        yield from group.blanks


def asked() -> set[str]:
    """All that some form asks for."""
    found: set[str] = set()
    for book in (full(), BOOKS["supermarket.toml"]):
        for section in FORMS:
            record = record_for(section, book)
            for kind in ("spend", "points", "score") if section == "tiers" else ("",):
                if kind:
                    record["scheme"]["kind"] = kind
                groups = section_groups(section, shaped(section, deepcopy(record)), book)
                found |= {spelt(blank.path) for blank in blanks(groups)}
    records = [kind.record for kind in kinds()]
    records += [each for book in BOOKS.values() for each in record_of(book)["offers"]]
    for record in records:
        found |= {
            spelt(("offers", 0, *blank.path))
            for blank in blanks(offer_groups(record, SCORED.scheme))
        }
    return found


def test_all_that_a_rulebook_can_say_has_a_form_or_a_reason_to_have_none() -> None:
    every, found = set(leaves(rulebook_schema())), asked()
    whole = {path for path in found if any(one.startswith(f"{path}.") for one in every)}
    none = {
        path
        for path in every - found
        if not any(path == one or path.startswith(f"{one}.") for one in (*ELSEWHERE, *whole))
    }
    assert not none
    assert not [path for path in ELSEWHERE if path in found]
    assert all(any(one.startswith(path) for one in every) for path in ELSEWHERE)


def kept(section: str, book: Rulebook) -> Rulebook:
    """What a form makes of it where nobody touches anything."""
    record = shaped(section, record_for(section, book))
    for blank in blanks(section_groups(section, record, book)):
        fill(record, blank, written(record, blank))
    parts = with_codes(tidied(section, record, record_of(book)), lambda kind: kind)
    whole = record_of(book) | parts
    return rulebook_of({name: part for name, part in whole.items() if part is not None})


@pytest.mark.parametrize("name", [*BOOKS, "full"])
@pytest.mark.parametrize("section", FORMS)
def test_every_section_comes_out_of_its_form_as_it_went_in(section: str, name: str) -> None:
    book = BOOKS.get(name) or full()
    assert kept(section, book) == book


@pytest.mark.parametrize("text", ["保健、 零食", "保健,零食", "保健；零食 保健", "保健，\n零食"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_list_is_parted_as_anybody_parts_it_in_every_language(text: str, language: str) -> None:
    with speaking(language):
        assert texts_in(text) == ["保健", "零食"]


def test_every_section_of_the_page_has_a_form_or_leads_to_one() -> None:
    offers = {name for name, _ in STAGES}
    shown = {part.name for part in sections(full(), Names({}), on=date(2026, 11, 27))}
    assert shown - offers == {*FORMS, *PAGES}
