"""规则册草稿: begin one, change its offers, drop it, or publish it; the rules that hold go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.look_at_rules import names_of
from core.actions.publish_rulebook import Published, publish_rulebook
from core.errors import DraftElsewhere, NoDraft, RulebookOfOffice
from core.ports import Writing
from core.ports.drafts import Draft
from core.rulebook.new_codes import with_codes
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.rights import Right
from core.trust.staff import Staff

Record = dict[str, Any]


class DraftSeen(Struct, frozen=True):
    """The draft, what holds now, and what their goods are called."""

    draft: Draft
    held: Rulebook
    names: dict[str, str]


def look_at_draft(shop: Shop, *, staff: Staff) -> DraftSeen | None:
    """None where nobody writes one. Raises NotAllowed, DraftBroken."""
    with shop.store.read() as reading:
        now_us = shop.clock.now_us()
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=now_us)
        draft = shop.store.draft.load()
        if draft is None:
            return None
        held = reading.rulebooks.current()
        return DraftSeen(draft, held, names_of(reading, (draft.rulebook, held)))


def begin_draft(shop: Shop, *, staff: Staff, path: str = "", version: int = 0) -> Draft:
    """A copy of what holds, of an older `version`, or what a person wrote in a file.

    Raises NotAllowed, RulebookOfOffice, BadRule, FileUnreadable, DraftElsewhere where there is
    one, and DraftBroken.
    """
    book = shop.store.draft.read_file(path) if path else None
    with shop.store.write() as tx:
        allow_change(shop, tx, staff)
        if shop.store.draft.load() is not None:
            raise DraftElsewhere()
        if book is None:
            books = tx.rulebooks
            book = books.get(version) if version else books.current()
        draft = Draft(replace(book, version=tx.rulebooks.newest() + 1), 1)
        shop.store.draft.keep(draft)
    return draft


def change_offer(shop: Shop, record: Record, *, turn: int, staff: Staff) -> Draft:
    """Put this offer where one of its id stands, else at the end; without an id it gets one.

    No id is ever used again: how often an offer was used is counted by it. `turn` is that of the
    draft that was seen. Raises BadRecord for what cannot be, DraftElsewhere, NoDraft.
    """
    fresh = f"{record.get('kind', '')}-{shop.new_id().hex[-12:]}"

    def changed(book: Record, _held: Rulebook) -> None:
        offers, offer = book["offers"], {"id": fresh, **record}
        ids = [each["id"] for each in offers]
        if offer["id"] in ids:
            offers[ids.index(offer["id"])] = offer
        else:
            offers.append(offer)

    return change_draft(shop, changed, turn=turn, staff=staff)


def change_parts(shop: Shop, parts: Record, *, turn: int, staff: Staff) -> Draft:
    """Other parts of the rulebook by their names, as `scheme` or `points`; None is the usual.

    What is new in them gets its code. Raises what `change_offer` does.
    """
    coded = with_codes(parts, lambda kind: f"{kind}-{shop.new_id().hex[-12:]}")

    def changed(book: Record, _held: Rulebook) -> None:
        for name, part in coded.items():
            book.pop(name, None)
            book.update({} if part is None else {name: part})

    return change_draft(shop, changed, turn=turn, staff=staff)


def switch_in_draft(shop: Shop, offer: str, *, is_on: bool, turn: int, staff: Staff) -> Draft:
    """Leave an offer of the rulebook that holds out of the draft, or take it in again."""

    def changed(book: Record, held: Rulebook) -> None:
        order = [each.id for each in held.offers]
        left = [each for each in book["offers"] if each["id"] != offer]
        if is_on:
            left += [each for each in record_of(held)["offers"] if each["id"] == offer]
            left.sort(key=lambda each: _place(order, each["id"]))
        book["offers"] = left

    return change_draft(shop, changed, turn=turn, staff=staff)


def drop_draft(shop: Shop, *, staff: Staff) -> None:
    """放弃: there is none any more, also where its file was broken; raises NotAllowed."""
    with shop.store.write() as tx:
        allow_change(shop, tx, staff)
        shop.store.draft.drop()


def publish_draft(shop: Shop, *, turn: int, staff: Staff) -> Published:
    """发布: it prices from the next basket on; raises what `publish_rulebook` does."""
    with shop.store.write() as tx:
        allow_change(shop, tx, staff)
        draft = check_turn(shop.store.draft.load(), turn)
        newest = tx.rulebooks.newest()
    book = replace(draft.rulebook, version=newest + 1)
    published = publish_rulebook(shop, book, staff=staff)
    shop.store.draft.drop()
    return published


def change_draft(
    shop: Shop, changed: Callable[[Record, Rulebook], None], *, turn: int, staff: Staff
) -> Draft:
    """Change the record of the draft that was seen; the second word is what holds.

    Raises NotAllowed, RulebookOfOffice, DraftElsewhere, NoDraft, BadRecord.
    """
    with shop.store.write() as tx:
        allow_change(shop, tx, staff)
        draft = check_turn(shop.store.draft.load(), turn)
        record = record_of(draft.rulebook)
        changed(record, tx.rulebooks.current())
        after = Draft(rulebook_of(record), turn + 1)
        shop.store.draft.keep(after)
    return after


def check_turn(draft: Draft | None, turn: int) -> Draft:
    """The draft that somebody saw; raises NoDraft, DraftElsewhere."""
    if draft is None:
        raise NoDraft()
    if draft.turn != turn:
        raise DraftElsewhere()
    return draft


def allow_change(shop: Shop, tx: Writing, staff: Staff) -> None:
    """Raises NotAllowed, RulebookOfOffice where head office has issued one."""
    allow(tx, staff, Right.CHANGE_SETTINGS, now_us=shop.clock.now_us())
    link = tx.links.get()
    if link is not None and tx.rulebooks.planned():
        raise RulebookOfOffice(link.chain_name)


def _place(order: list[str], offer: str) -> int:
    return order.index(offer) if offer in order else len(order)
