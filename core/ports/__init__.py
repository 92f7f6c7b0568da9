"""端口: what the actions need of the world, as protocols only.

`Store.write()` is one transaction (BEGIN IMMEDIATE … COMMIT; an exception rolls everything back);
`Store.read()` reads a consistent state on a connection of its own and never waits for a writer.
Both may raise `core.errors.Unavailable`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from msgspec import Struct

from core.catalog.product import Product
from core.members.standing import Purchase
from core.ports.beside import Beside
from core.ports.drawer import Days, Reports, Returns, Searches, Shifts, Voids
from core.ports.hands import Badges, Consents, Copies, Labels, People, Traces
from core.ports.machine import Clock as Clock
from core.ports.machine import Dice as Dice
from core.ports.machine import Health as Health
from core.ports.machine import Machine as Machine
from core.ports.machine import Pins as Pins
from core.ports.members import Forgotten, Members, Merges, Profiles, Standings
from core.ports.offers import CouponCodes, OfferUses
from core.ports.plans import Plans, Rulebooks
from core.ports.points import Deeds, Expiries, Ledger, Redemptions, Statements
from core.ports.tiers import Tiers
from core.pricing.basket import Basket
from core.sales.held import Held
from core.sales.sale import Sale
from core.sync.fact import Event, Fact, Head

if TYPE_CHECKING:
    from core.ports.activities import Activities
    from core.ports.board import Board
    from core.ports.cases import Cases, SignalFacts
    from core.ports.catalogue import Catalogue
    from core.ports.central import Links
    from core.ports.directory import Snapshots
    from core.ports.draws import Draws
    from core.ports.elsewhere import Elsewhere
    from core.ports.escrows import OwnEscrows
    from core.ports.feed import Feed
    from core.ports.figures import Figures
    from core.ports.handouts import Handouts
    from core.ports.held import HeldAwayHere
    from core.ports.life import Life
    from core.ports.mirror import Mirror
    from core.ports.points_desk import PointsDesk
    from core.ports.proof import Proof
    from core.ports.segments import Distinct, Segments
    from core.ports.store_sales import StoreSales
    from core.sales.receipt import Receipt
    from core.sync.named import Named

OnProgress = Callable[[int], None]
"""Hears how far a backup is, in permille; from `CHECKED_FROM` on the copy is checked."""
CHECKED_FROM = 600


def unheard(_permille: int) -> None:
    """For whoever does not want to hear it."""


class Till(Struct, frozen=True):
    """收银台: who and where this till is; `zone` is the store's, days end at `day_ends_hour`."""

    id: UUID
    store_name: str
    store_code: str
    till_no: int
    incarnation: int
    zone: tzinfo
    day_ends_hour: int = 4


class Suggestion(Struct, frozen=True):
    """One row below the input: a member (`kind` "member") or a product ("product").

    A member's name and phone are whole here and masked by whoever shows them; `key` is the card
    number or the product code: scanning it chooses the row. `tier` is a code, and `held_tier` that
    of a card or a grant, until `find` makes the name of the higher one of them.
    """

    kind: str
    key: str
    name: str
    detail: str
    tier: str = ""
    points: int = 0
    price_fen: int = 0
    held_tier: str = ""


class StoredSale(Struct, frozen=True):
    """A sale as found again: the figures, and the receipt that was made with it.

    `returned_fen` went back of it by returns; None where nothing of it came back.
    """

    sale_id: UUID
    no: str
    receipt: Receipt
    payable_fen: int
    paid_fen: int
    change_fen: int
    points_earned: int
    points_balance: int
    tier_after: str
    at_us: int
    member_id: UUID | None
    is_voided: bool = False
    returned_fen: int | None = None


class Products(Protocol):
    """商品."""

    def by_code(self, code: str) -> Product | None: ...

    def in_category(self, category: str, *, limit: int) -> tuple[Product, ...]:
        """By name."""
        ...

    def of_brand(self, brand: str, *, limit: int) -> tuple[Product, ...]:
        """By name."""
        ...

    def categories(self) -> tuple[str, ...]: ...

    def brands(self) -> tuple[str, ...]: ...

    def repriced(self, since: date, *, limit: int) -> tuple[Product, ...]:
        """New, or of another price, since a business date inclusive."""
        ...

    def add(self, product: Product) -> None: ...

    def change(self, product: Product) -> None:
        """What is new of one that is here, by its id; its code stays."""
        ...


class Sales(Protocol):
    """销售."""

    def get(self, sale_id: UUID) -> StoredSale | None: ...

    def by_no(self, sale_no: str) -> StoredSale | None: ...

    def last(self) -> StoredSale | None: ...

    def next_number(self) -> int:
        """The next dense number of this till and incarnation, starting at 1."""
        ...

    def add(self, sale: Sale, receipt: Receipt, *, day_id: UUID) -> None: ...


class Baskets(Protocol):
    """挂单: baskets that are not sold yet."""

    def held(self) -> tuple[Held, ...]: ...

    def held_one(self, sale_id: UUID) -> Held | None: ...

    def hold(self, held: Held) -> None: ...

    def drop_held(self, sale_id: UUID) -> None: ...

    def open_one(self) -> Basket | None:
        """The basket that stood at the counter last, as it was kept; it may be sold meanwhile."""
        ...

    def keep_open(self, basket: Basket) -> None: ...

    def forget_open(self) -> None: ...

    def kept_codes(self) -> tuple[str, ...]: ...

    def keep_codes(self, codes: Sequence[str]) -> None: ...


class Outbox(Protocol):
    """待上传: facts wait here until a server has them."""

    def head(self) -> Head: ...

    def append(self, fact: Fact) -> Event:
        """Chain the fact to the head and keep it; the head moves with it."""
        ...


class Audit(Protocol):
    """审计: its own hash chain."""

    def note(
        self, what: str, *, at_us: int, staff_no: int, subject: str = "", detail: str = ""
    ) -> None: ...


class Reading(Protocol):
    """A consistent look at the store."""

    @property
    def till(self) -> Till: ...
    @property
    def members(self) -> Members: ...
    @property
    def standings(self) -> Standings: ...
    @property
    def profiles(self) -> Profiles: ...
    @property
    def merges(self) -> Merges: ...
    @property
    def forgotten(self) -> Forgotten: ...
    @property
    def tiers(self) -> Tiers: ...
    @property
    def products(self) -> Products: ...
    @property
    def sales(self) -> Sales: ...
    @property
    def baskets(self) -> Baskets: ...
    @property
    def voids(self) -> Voids: ...
    @property
    def returns(self) -> Returns: ...
    @property
    def elsewhere(self) -> Elsewhere: ...
    @property
    def store_sales(self) -> StoreSales: ...
    @property
    def held_away(self) -> HeldAwayHere: ...
    @property
    def searches(self) -> Searches: ...
    @property
    def offer_uses(self) -> OfferUses: ...
    @property
    def coupon_codes(self) -> CouponCodes: ...
    @property
    def board(self) -> Board: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def handouts(self) -> Handouts: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def statements(self) -> Statements: ...
    @property
    def expiries(self) -> Expiries: ...
    @property
    def deeds(self) -> Deeds: ...
    @property
    def activities(self) -> Activities: ...
    @property
    def draws(self) -> Draws: ...
    @property
    def life(self) -> Life: ...
    @property
    def redemptions(self) -> Redemptions: ...
    @property
    def days(self) -> Days: ...
    @property
    def shifts(self) -> Shifts: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def points_desk(self) -> PointsDesk: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def signal_facts(self) -> SignalFacts: ...
    @property
    def proof(self) -> Proof: ...
    @property
    def people(self) -> People: ...
    @property
    def rulebooks(self) -> Rulebooks: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def traces(self) -> Traces: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def badges(self) -> Badges: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def copies(self) -> Copies: ...
    @property
    def links(self) -> Links: ...
    @property
    def feed(self) -> Feed: ...
    @property
    def mirror(self) -> Mirror: ...
    @property
    def snapshots(self) -> Snapshots: ...
    @property
    def escrows(self) -> OwnEscrows: ...
    @property
    def segments(self) -> Segments: ...
    @property
    def distinct(self) -> Distinct: ...

    def purchases(self, member_id: UUID, *, limit: int) -> tuple[Purchase, ...]:
        """The member's last lines, newest first; what was voided is not among them."""
        ...

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Members and products that a typed text could mean, best first; empty below two signs."""
        ...


class Writing(Reading, Protocol):
    """One transaction."""

    @property
    def outbox(self) -> Outbox: ...
    @property
    def audit(self) -> Audit: ...

    def set_till(self, till: Till) -> None: ...


class Store(Beside, Protocol):
    """The encrypted store of a till, and what lies beside it."""

    def named(self) -> AbstractContextManager[dict[int, Named]]:
        """Of whom own events are known to say something, by life; for one thread at a time."""
        ...

    def write(self) -> AbstractContextManager[Writing]: ...

    def trial(self) -> AbstractContextManager[Writing]:
        """What a transaction would do: all of it is rolled back."""
        ...

    def read(self) -> AbstractContextManager[Reading]: ...

    def back_up(self, on_progress: OnProgress = unheard) -> str:
        """Make an encrypted backup, verify it by opening it, and say where it lies.

        `on_progress` hears, on the thread of the caller, how far it is.
        """
        ...
