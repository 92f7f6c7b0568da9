"""看账: the rooms of the store on one connection: a consistent look, or one transaction."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import UUID

from core.members.standing import Purchase
from core.ports import Suggestion, Till
from core.rulebook.rulebook import Rulebook
from storage.audit import StoredAudit
from storage.columns import Connection
from storage.days import StoredDays
from storage.heads import AUDIT_CHAIN, EVENTS_CHAIN, head_of
from storage.outbox import StoredOutbox
from storage.people import StoredPeople
from storage.rulebooks import StoredRulebooks
from storage.tills import set_till, till_of

if TYPE_CHECKING:
    from storage.activities import StoredActivities
    from storage.badges import StoredBadges
    from storage.baskets import StoredBaskets
    from storage.board import StoredBoard
    from storage.cases import StoredCases
    from storage.consents import StoredConsents
    from storage.copies import StoredCopies
    from storage.coupon_codes import StoredCouponCodes
    from storage.deeds import StoredDeeds
    from storage.draws import StoredDraws
    from storage.elsewhere import StoredElsewhere
    from storage.expiry import StoredExpiries
    from storage.feed import StoredFeed
    from storage.figures import StoredFigures
    from storage.forgotten import StoredForgotten
    from storage.handouts import StoredHandouts
    from storage.held_away import StoredHeldAway
    from storage.label_layouts import StoredLabels
    from storage.ledger import StoredLedger
    from storage.life import StoredLife
    from storage.links import StoredLinks
    from storage.member_standing import StoredStandings
    from storage.members import StoredMembers
    from storage.merges import StoredMerges
    from storage.mirror import StoredMirror
    from storage.offer_uses import StoredOfferUses
    from storage.own_escrows import StoredOwnEscrows
    from storage.plans import StoredPlans
    from storage.points_desk import StoredPointsDesk
    from storage.products import StoredProducts
    from storage.profiles import StoredProfiles
    from storage.proof import StoredProof
    from storage.redemptions import StoredRedemptions
    from storage.reports import StoredReports
    from storage.returns import StoredReturns
    from storage.reward_catalogue import StoredCatalogue
    from storage.sale_searches import StoredSearches
    from storage.sales import StoredSales
    from storage.segments import StoredDistinct, StoredSegments
    from storage.shifts import StoredShifts
    from storage.signals import StoredSignalFacts
    from storage.snapshots import StoredSnapshots
    from storage.statements import StoredStatements
    from storage.store_sales import StoredStoreSales
    from storage.tier_holds import StoredTiers
    from storage.trace_codes import StoredTraces
    from storage.voids import StoredVoids

R = TypeVar("R")


class _Room(Generic[R]):
    """A room of the store: its module is loaded when it is entered first.

    A start enters few of them. Once loaded, it is a property like any other.
    """

    def __init__(self, module: str, kept_by: str) -> None:
        self._module, self._kept_by = module, kept_by

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, reading: StoredReading, owner: type | None = None) -> R:
        enter = getattr(import_module(self._module), self._kept_by)
        setattr(self._owner, self._name, property(lambda reading: enter(reading.connection)))
        room: R = enter(reading.connection)
        return room


class StoredReading:
    """Implements `core.ports.Reading` on one connection.

    `rulebooks` is what readers of the same file know of its rulebook; a writer, which may see one
    that is never committed, has no part in it.
    """

    __slots__ = ("_rulebooks", "connection")

    members: _Room[StoredMembers] = _Room("storage.members", "StoredMembers")
    """会员."""
    mirror: _Room[StoredMirror] = _Room("storage.mirror", "StoredMirror")
    """对齐."""
    standings: _Room[StoredStandings] = _Room("storage.member_standing", "StoredStandings")
    """会员状态."""
    profiles: _Room[StoredProfiles] = _Room("storage.profiles", "StoredProfiles")
    """会员资料."""
    forgotten: _Room[StoredForgotten] = _Room("storage.forgotten", "StoredForgotten")
    """删除."""
    merges: _Room[StoredMerges] = _Room("storage.merges", "StoredMerges")
    """合并."""
    tiers: _Room[StoredTiers] = _Room("storage.tier_holds", "StoredTiers")
    """等级."""
    products: _Room[StoredProducts] = _Room("storage.products", "StoredProducts")
    """商品."""
    plans: _Room[StoredPlans] = _Room("storage.plans", "StoredPlans")
    """总部的价."""
    baskets: _Room[StoredBaskets] = _Room("storage.baskets", "StoredBaskets")
    """挂单."""
    shifts: _Room[StoredShifts] = _Room("storage.shifts", "StoredShifts")
    """班次."""
    voids: _Room[StoredVoids] = _Room("storage.voids", "StoredVoids")
    """作废."""
    returns: _Room[StoredReturns] = _Room("storage.returns", "StoredReturns")
    """退货."""
    held_away: _Room[StoredHeldAway] = _Room("storage.held_away", "StoredHeldAway")
    """同店挂单."""
    store_sales: _Room[StoredStoreSales] = _Room("storage.store_sales", "StoredStoreSales")
    """全店的销售."""
    elsewhere: _Room[StoredElsewhere] = _Room("storage.elsewhere", "StoredElsewhere")
    """别台."""
    offer_uses: _Room[StoredOfferUses] = _Room("storage.offer_uses", "StoredOfferUses")
    """优惠使用."""
    coupon_codes: _Room[StoredCouponCodes] = _Room("storage.coupon_codes", "StoredCouponCodes")
    """一次券."""
    board: _Room[StoredBoard] = _Room("storage.board", "StoredBoard")
    """积分排行 · 介绍."""
    catalogue: _Room[StoredCatalogue] = _Room("storage.reward_catalogue", "StoredCatalogue")
    """兑换目录."""
    handouts: _Room[StoredHandouts] = _Room("storage.handouts", "StoredHandouts")
    """发放."""
    ledger: _Room[StoredLedger] = _Room("storage.ledger", "StoredLedger")
    """积分账."""
    deeds: _Room[StoredDeeds] = _Room("storage.deeds", "StoredDeeds")
    """行为 · 更正."""
    activities: _Room[StoredActivities] = _Room("storage.activities", "StoredActivities")
    """活动."""
    life: _Room[StoredLife] = _Room("storage.life", "StoredLife")
    """生平."""
    draws: _Room[StoredDraws] = _Room("storage.draws", "StoredDraws")
    """抽奖."""
    redemptions: _Room[StoredRedemptions] = _Room("storage.redemptions", "StoredRedemptions")
    """兑换."""
    points_desk: _Room[StoredPointsDesk] = _Room("storage.points_desk", "StoredPointsDesk")
    """积分台."""
    statements: _Room[StoredStatements] = _Room("storage.statements", "StoredStatements")
    """对账."""
    expiries: _Room[StoredExpiries] = _Room("storage.expiry", "StoredExpiries")
    """到期."""
    traces: _Room[StoredTraces] = _Room("storage.trace_codes", "StoredTraces")
    """追溯码."""
    labels: _Room[StoredLabels] = _Room("storage.label_layouts", "StoredLabels")
    """店内码的版式."""
    badges: _Room[StoredBadges] = _Room("storage.badges", "StoredBadges")
    """工牌."""
    consents: _Room[StoredConsents] = _Room("storage.consents", "StoredConsents")
    """同意."""
    copies: _Room[StoredCopies] = _Room("storage.copies", "StoredCopies")
    """补打."""
    escrows: _Room[StoredOwnEscrows] = _Room("storage.own_escrows", "StoredOwnEscrows")
    """预留."""
    proof: _Room[StoredProof] = _Room("storage.proof", "StoredProof")
    """审计, read again."""
    segments: _Room[StoredSegments] = _Room("storage.segments", "StoredSegments")
    """存下的客群."""
    distinct: _Room[StoredDistinct] = _Room("storage.segments", "StoredDistinct")
    """不是同一个人."""
    cases: _Room[StoredCases] = _Room("storage.cases", "StoredCases")
    """案件."""
    signal_facts: _Room[StoredSignalFacts] = _Room("storage.signals", "StoredSignalFacts")
    """信号的事实."""

    def __init__(
        self, connection: Connection, rulebooks: dict[int, Rulebook] | None = None
    ) -> None:
        self.connection = connection
        self._rulebooks = rulebooks

    @property
    def till(self) -> Till:
        """Who and where this till is."""
        return till_of(self.connection)

    @property
    def sales(self) -> StoredSales:
        """销售: loaded when it is entered."""
        from storage.sales import StoredSales

        return StoredSales(self.connection, self.till.incarnation)

    @property
    def searches(self) -> StoredSearches:
        """找单. No scan needs it: loaded when it is entered."""
        from storage.sale_searches import StoredSearches

        return StoredSearches(self.connection, self.till.incarnation)

    @property
    def days(self) -> StoredDays:
        """营业日."""
        return StoredDays(self.connection)

    @property
    def figures(self) -> StoredFigures:
        """数字. The manager's pages ask: loaded when it is entered."""
        from storage.figures import StoredFigures

        return StoredFigures(self.connection)

    @property
    def reports(self) -> StoredReports:
        """日结单. No scan needs it: loaded when it is entered."""
        from storage.reports import StoredReports

        return StoredReports(self.connection, self.till.incarnation)

    @property
    def people(self) -> StoredPeople:
        """员工."""
        return StoredPeople(self.connection)

    @property
    def rulebooks(self) -> StoredRulebooks:
        """规则册."""
        return StoredRulebooks(self.connection, self._rulebooks)

    @property
    def links(self) -> StoredLinks:
        """连锁: loaded where somebody joins one, or something is sent."""
        from storage.links import StoredLinks

        return StoredLinks(self.connection, self.till)

    @property
    def feed(self) -> StoredFeed:
        """变更: loaded where the till belongs to a chain."""
        from storage.feed import StoredFeed

        return StoredFeed(self.connection)

    @property
    def snapshots(self) -> StoredSnapshots:
        """快照: loaded where somebody looks for who is no member here."""
        from storage.snapshots import StoredSnapshots

        return StoredSnapshots(self.connection)

    @property
    def last_seen_us(self) -> int:
        """The newest instant in the chains."""
        chains = (EVENTS_CHAIN, AUDIT_CHAIN)
        return max(head_of(self.connection, chain).at_us for chain in chains)

    def purchases(self, member_id: UUID, *, limit: int) -> tuple[Purchase, ...]:
        """最近买过: the member's last lines, newest first; what was voided is not among them."""
        from storage.listings import purchases

        return purchases(self.connection, member_id, limit=limit)

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Members and products that a typed text could mean, best first."""
        from storage.listings import suggest

        return suggest(self.connection, text, limit=limit)


class StoredWriting(StoredReading):
    """Implements `core.ports.Writing`: one transaction."""

    __slots__ = ()

    @property
    def outbox(self) -> StoredOutbox:
        """待上传."""
        return StoredOutbox(self.connection, self.till)

    @property
    def audit(self) -> StoredAudit:
        """审计."""
        return StoredAudit(self.connection)

    def set_till(self, till: Till) -> None:
        """Another name, place or incarnation."""
        set_till(self.connection, till)
