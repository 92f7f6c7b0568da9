"""看账: the rooms of the store on one connection: a consistent look, or one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.members.standing import Purchase
from core.ports import Suggestion, Till
from core.rulebook.rulebook import Rulebook
from storage.audit import StoredAudit
from storage.baskets import StoredBaskets
from storage.columns import Connection
from storage.days import StoredDays
from storage.heads import AUDIT_CHAIN, EVENTS_CHAIN, head_of
from storage.ledger import StoredLedger
from storage.listings import purchases, suggest
from storage.member_standing import StoredStandings
from storage.members import StoredMembers
from storage.outbox import StoredOutbox
from storage.people import StoredPeople
from storage.products import StoredProducts
from storage.rulebooks import StoredRulebooks
from storage.sales import StoredSales
from storage.shifts import StoredShifts
from storage.tills import set_till, till_of

if TYPE_CHECKING:
    from storage.badges import StoredBadges
    from storage.consents import StoredConsents
    from storage.copies import StoredCopies
    from storage.coupon_codes import StoredCouponCodes
    from storage.deeds import StoredDeeds
    from storage.expiry import StoredExpiries
    from storage.feed import StoredFeed
    from storage.label_layouts import StoredLabels
    from storage.links import StoredLinks
    from storage.offer_uses import StoredOfferUses
    from storage.redemptions import StoredRedemptions
    from storage.reports import StoredReports
    from storage.returns import StoredReturns
    from storage.sale_searches import StoredSearches
    from storage.statements import StoredStatements
    from storage.tier_holds import StoredTiers
    from storage.trace_codes import StoredTraces
    from storage.voids import StoredVoids


class StoredReading:
    """Implements `core.ports.Reading` on one connection.

    `rulebooks` is what readers of the same file know of its rulebook; a writer, which may see one
    that is never committed, has no part in it.
    """

    __slots__ = ("_connection", "_rulebooks")

    def __init__(
        self, connection: Connection, rulebooks: dict[int, Rulebook] | None = None
    ) -> None:
        self._connection = connection
        self._rulebooks = rulebooks

    @property
    def till(self) -> Till:
        """Who and where this till is."""
        return till_of(self._connection)

    @property
    def members(self) -> StoredMembers:
        """会员."""
        return StoredMembers(self._connection)

    @property
    def standings(self) -> StoredStandings:
        """会员状态."""
        return StoredStandings(self._connection)

    @property
    def tiers(self) -> StoredTiers:
        """等级. A scheme of spend needs it at no scan: loaded when it is entered."""
        from storage.tier_holds import StoredTiers

        return StoredTiers(self._connection)

    @property
    def products(self) -> StoredProducts:
        """商品."""
        return StoredProducts(self._connection)

    @property
    def sales(self) -> StoredSales:
        """销售."""
        return StoredSales(self._connection, self.till.incarnation)

    @property
    def baskets(self) -> StoredBaskets:
        """挂单."""
        return StoredBaskets(self._connection)

    @property
    def voids(self) -> StoredVoids:
        """作废. No scan needs it: loaded when it is entered."""
        from storage.voids import StoredVoids

        return StoredVoids(self._connection)

    @property
    def returns(self) -> StoredReturns:
        """退货. No scan needs it: loaded when it is entered."""
        from storage.returns import StoredReturns

        return StoredReturns(self._connection)

    @property
    def searches(self) -> StoredSearches:
        """找单. No scan needs it: loaded when it is entered."""
        from storage.sale_searches import StoredSearches

        return StoredSearches(self._connection, self.till.incarnation)

    @property
    def offer_uses(self) -> StoredOfferUses:
        """优惠使用. Only some rulebooks ask: loaded with the first of them."""
        from storage.offer_uses import StoredOfferUses

        return StoredOfferUses(self._connection)

    @property
    def coupon_codes(self) -> StoredCouponCodes:
        """一次券. Only some rulebooks ask: loaded with the first of them."""
        from storage.coupon_codes import StoredCouponCodes

        return StoredCouponCodes(self._connection)

    @property
    def ledger(self) -> StoredLedger:
        """积分账."""
        return StoredLedger(self._connection)

    @property
    def deeds(self) -> StoredDeeds:
        """行为 · 更正. No scan needs it: loaded when it is entered."""
        from storage.deeds import StoredDeeds

        return StoredDeeds(self._connection)

    @property
    def redemptions(self) -> StoredRedemptions:
        """兑换. No scan needs it: loaded when it is entered."""
        from storage.redemptions import StoredRedemptions

        return StoredRedemptions(self._connection)

    @property
    def statements(self) -> StoredStatements:
        """对账. No scan needs it: loaded when it is entered."""
        from storage.statements import StoredStatements

        return StoredStatements(self._connection)

    @property
    def expiries(self) -> StoredExpiries:
        """到期. No scan needs it: loaded when it is entered."""
        from storage.expiry import StoredExpiries

        return StoredExpiries(self._connection)

    @property
    def days(self) -> StoredDays:
        """营业日."""
        return StoredDays(self._connection)

    @property
    def reports(self) -> StoredReports:
        """日结单. No scan needs it: loaded when it is entered."""
        from storage.reports import StoredReports

        return StoredReports(self._connection, self.till.incarnation)

    @property
    def shifts(self) -> StoredShifts:
        """班次."""
        return StoredShifts(self._connection)

    @property
    def people(self) -> StoredPeople:
        """员工."""
        return StoredPeople(self._connection)

    @property
    def rulebooks(self) -> StoredRulebooks:
        """规则册."""
        return StoredRulebooks(self._connection, self._rulebooks)

    @property
    def traces(self) -> StoredTraces:
        """追溯码. Shops without medicines never ask: loaded with the first code."""
        from storage.trace_codes import StoredTraces

        return StoredTraces(self._connection)

    @property
    def labels(self) -> StoredLabels:
        """店内码的版式: loaded with the first label of a scale."""
        from storage.label_layouts import StoredLabels

        return StoredLabels(self._connection)

    @property
    def badges(self) -> StoredBadges:
        """工牌: loaded with the first code that is nothing else."""
        from storage.badges import StoredBadges

        return StoredBadges(self._connection)

    @property
    def consents(self) -> StoredConsents:
        """同意: loaded where somebody joins."""
        from storage.consents import StoredConsents

        return StoredConsents(self._connection)

    @property
    def copies(self) -> StoredCopies:
        """补打: loaded with the first reprint."""
        from storage.copies import StoredCopies

        return StoredCopies(self._connection)

    @property
    def links(self) -> StoredLinks:
        """连锁: loaded where somebody joins one, or something is sent."""
        from storage.links import StoredLinks

        return StoredLinks(self._connection, self.till)

    @property
    def feed(self) -> StoredFeed:
        """变更: loaded where the till belongs to a chain."""
        from storage.feed import StoredFeed

        return StoredFeed(self._connection)

    @property
    def last_seen_us(self) -> int:
        """The newest instant in the chains."""
        chains = (EVENTS_CHAIN, AUDIT_CHAIN)
        return max(head_of(self._connection, chain).at_us for chain in chains)

    def purchases(self, member_id: UUID, *, limit: int) -> tuple[Purchase, ...]:
        """最近买过: the member's last lines, newest first; what was voided is not among them."""
        return purchases(self._connection, member_id, limit=limit)

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Members and products that a typed text could mean, best first."""
        return suggest(self._connection, text, limit=limit)


class StoredWriting(StoredReading):
    """Implements `core.ports.Writing`: one transaction."""

    __slots__ = ()

    @property
    def outbox(self) -> StoredOutbox:
        """待上传."""
        return StoredOutbox(self._connection, self.till)

    @property
    def audit(self) -> StoredAudit:
        """审计."""
        return StoredAudit(self._connection)

    def set_till(self, till: Till) -> None:
        """Another name, place or incarnation."""
        set_till(self._connection, till)
