"""总部的规则册, at a till: it is kept for its day, and holds from that business day on."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from core.actions.lay_aside import lay_aside
from core.actions.plan_rules import begin_own, give_way_to_office
from core.actions.publish_rulebook import check_can_hold
from core.errors import (
    BadRecord,
    ChangeUnread,
    CouponsOutstanding,
    RulebookDiffers,
    RulebookUnread,
    TierOutstanding,
)
from core.ports import Writing
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.sync.fact import Fact
from core.sync.feed import RULEBOOK, Change, RulebookIssued
from core.values.moment import Moment


class Told(Struct, frozen=True):
    """A rulebook as it was issued, read."""

    rulebook: Rulebook
    issued: RulebookIssued


def read_issued(change: Change) -> Told:
    """Raises RulebookUnread where this program cannot use it: a later one may."""
    issued = msgspec.json.decode(change.value, type=RulebookIssued)
    try:
        rulebook = rulebook_of(msgspec.json.decode(issued.rulebook))
    except BadRecord as bad:
        raise RulebookUnread(issued.version, bad.path) from bad
    if not str(rulebook.version) == str(issued.version) == change.about:
        raise ChangeUnread(change.topic, change.about)
    return Told(rulebook, issued)


def take_issued(_shop: Shop, tx: Writing, moment: Moment, _about: str, told: Told) -> bool:
    """Keep it for its day, which may be today; raises RulebookDiffers.

    One that a till published by hand before, under the same number, stays what sales say it is.
    """
    version, begins_on = told.issued.version, told.issued.begins_on
    known = tx.rulebooks.find(version)
    if known is not None and record_of(known) != record_of(told.rulebook):
        raise RulebookDiffers(version, tx.rulebooks.current().version)
    is_new = (version, begins_on) not in tx.rulebooks.planned()
    if is_new:
        tx.rulebooks.plan(told.rulebook, begins_on)
        detail = f"version={version} from={begins_on.isoformat()}"
        give_way_to_office(tx, moment)
        tx.audit.note("rulebook_taken", at_us=moment.at_us, staff_no=0, detail=detail)
    return is_new


def begin_due(shop: Shop, tx: Writing, moment: Moment) -> None:
    """Let hold what should today. One that would take somebody's tier or coupon is laid aside."""
    version = tx.rulebooks.due(moment.business_on)
    if version is None:
        return
    rulebook = tx.rulebooks.get(version)
    try:
        check_can_hold(tx, rulebook, moment.business_on)
    except (TierOutstanding, CouponsOutstanding) as error:
        tx.rulebooks.refuse(version, moment.business_on)
        lay_aside(shop, tx, moment, error, topic=RULEBOOK, about=str(version))
        return
    tx.rulebooks.hold(version)
    tx.feed.clear(RULEBOOK)
    begins_on = dict(tx.rulebooks.planned())[version]
    body = {"version": version, "begins_on": begins_on}
    fact = Fact(shop.new_id(), "RulebookBegan", moment.at_us, moment.business_on, body)
    tx.outbox.append(fact)
    detail = f"version={version}"
    tx.audit.note("rulebook_began", at_us=moment.at_us, staff_no=0, detail=detail)


def begin_rules(shop: Shop) -> None:
    """What head office has issued, or the shop has planned, in a transaction of its own."""
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        begin_due(shop, tx, moment)
        begin_own(shop, tx, moment)
