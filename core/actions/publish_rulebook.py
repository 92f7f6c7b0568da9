"""发布规则册: the rules by which every basket is priced from the next one on."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.actions.allow import allow, noted
from core.changes import Changes
from core.errors import CouponsOutstanding, OldRulebook, RulebookOfOffice, TierOutstanding
from core.ports import Reading, Writing
from core.rulebook.parse import record_of
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import TierScheme
from core.shop import Shop
from core.sync.fact import Fact
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.moment import Moment


class Published(Struct, frozen=True):
    """The version that holds from now on."""

    rulebook: Rulebook
    changes: Changes = Changes.SETTINGS


def publish_rulebook(
    shop: Shop, rulebook: Rulebook, *, staff: Staff, approval: Approval | None = None
) -> Published:
    """Let a new version hold; sales keep the one they were priced under, lots their expiry.

    Raises OldRulebook where its version is not above all that are here, NotAllowed,
    RulebookOfOffice where head office has issued one, CouponsOutstanding where it lacks a coupon
    of which codes are in people's hands, and TierOutstanding where it lacks a tier that members
    have: nobody falls silently.
    """
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.CHANGE_SETTINGS, now_us=moment.at_us, approval=approval)
        link = tx.links.get()
        if link is not None and tx.rulebooks.planned():
            raise RulebookOfOffice(link.chain_name)
        if rulebook.version <= (newest := tx.rulebooks.newest()):
            raise OldRulebook(rulebook.version, newest)
        check_can_hold(tx, rulebook, moment.business_on)
        said = noted(f"version={rulebook.version}", staff, answers)
        let_hold(shop, tx, moment, rulebook, staff_no=staff.no, said=said)
    return Published(rulebook)


def let_hold(
    shop: Shop, tx: Writing, moment: Moment, rulebook: Rulebook, *, staff_no: int, said: str
) -> None:
    """From now on, with its event and its audit entry; whoever calls has checked that it can."""
    tx.rulebooks.add(rulebook)
    body = {"rulebook": record_of(rulebook), "staff_no": staff_no}
    tx.outbox.append(
        Fact(shop.new_id(), "RulebookPublished", moment.at_us, moment.business_on, body)
    )
    tx.audit.note("rulebook_published", at_us=moment.at_us, staff_no=staff_no, detail=said)


def check_can_hold(tx: Reading, rulebook: Rulebook, on: date) -> None:
    """Raises CouponsOutstanding, TierOutstanding."""
    _check_tiers(tx, tx.rulebooks.current().scheme, rulebook.scheme)
    for offer, count in tx.coupon_codes.outstanding(on).items():
        if offer not in rulebook.single_use:
            raise CouponsOutstanding(offer, count)


def _check_tiers(tx: Reading, old: TierScheme, new: TierScheme) -> None:
    """Who has the lowest tier has the lowest one of the new scheme, whatever it is called."""
    known = {tier.code for tier in new.tiers} | {old.tiers[0].code}
    for code, count in sorted(tx.tiers.how_many().items()):
        if code not in known:
            raise TierOutstanding(old.tier(code).name, count)
