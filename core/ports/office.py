"""总部的账: what the actions of the server need of its store (PostgreSQL, or SQLite for a shop)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.ports.checks import Checks
from core.ports.daily import Daily
from core.ports.erasures import Erasures
from core.ports.feed import Changes
from core.ports.held import HeldThere
from core.ports.issued import IssuedProducts, IssuedRulebooks
from core.ports.listed import ChainDirectory
from core.ports.listing import Listing
from core.ports.openings import Openings
from core.ports.read_on import ReadOn
from core.ports.readings import Accounts, Escrows, Members, TierFigures
from core.ports.received import Ahead, KeptApart, Received
from core.ports.terms import TierTerms
from core.ports.till_deeds import TillDeeds
from core.ports.together import Claims, Shelves, SoldSales
from core.ports.together import Codes as CouponCodes
from core.sync.fact import Event
from core.sync.session import TILL
from core.sync.wire import PrivateSent
from core.trust.cases import Case


class ChainStore(Struct, frozen=True):
    """门店: a store of the chain, by the code that stands in its receipts."""

    code: str
    name: str


class EnrolledTill(Struct, frozen=True):
    """A till that has joined; `incarnation` is the highest that it had, or was told to have.

    `till_no` of an office PC is 0.
    """

    id: UUID
    store_code: str
    till_no: int
    public_key: bytes
    incarnation: int
    enrolled_us: int
    program: str = ""
    revoked_us: int | None = None
    seen_us: int | None = None
    clock_behind_us: int = 0
    kind: str = TILL


class Branch(Struct, frozen=True):
    """分支: one life of a till, by its incarnation. A session spends `nonce`; none: it ended.

    Its session ends at `until_us`. `begun_us` None: a copy was told of it and has not come yet.
    `told_seq`: so many events it had made when it spoke last.
    """

    till_id: UUID
    incarnation: int
    nonce: bytes
    token_digest: bytes = b""
    until_us: int = 0
    begun_us: int | None = None
    told_seq: int = 0


class EnrolmentCode(Struct, frozen=True):
    """入网码: lets one till join once; only the digest of it is kept.

    `replaces`: whoever stands at the place is revoked by it.
    """

    digest: bytes
    store_code: str
    till_no: int
    until_us: int
    used_us: int | None = None
    kind: str = TILL
    replaces: bool = False


class Admin(Struct, frozen=True):
    """管理码: a code for keeping the chain, and once it was used its session; digests only.

    `until_us` is that of the code, then that of the session.
    """

    digest: bytes
    until_us: int
    used_us: int | None = None
    token_digest: bytes | None = None


class Apart(Struct, frozen=True):
    """What is no good event, or one of a fork: its bytes, and its personal values beside them.

    `mark` tells it from others; nothing personal is in it, and so what is beside can be erased.
    """

    mark: bytes
    data: str
    till_id: UUID
    incarnation: int
    seq: int
    reason: str
    at_us: int
    private: tuple[PrivateSent, ...] = ()


class Arrived(Struct, frozen=True):
    """An event with what is beside it, its place in the order of arrival, and when it came.

    `pos` only grows, with gaps; which till it is of and in which transaction it came is no matter.
    """

    pos: int
    at_us: int
    event: Event


class Stores(Protocol):
    """门店."""

    def get(self, code: str) -> ChainStore | None: ...

    def all(self) -> tuple[ChainStore, ...]: ...

    def keep(self, store: ChainStore) -> None:
        """A new store, or another name of one."""
        ...


class Tills(Protocol):
    """收银台."""

    def get(self, till_id: UUID) -> EnrolledTill | None: ...

    def at(self, store_code: str, till_no: int) -> EnrolledTill | None:
        """The one that is not revoked at this place."""
        ...

    def stores_of(self, till_ids: Collection[UUID]) -> dict[UUID, str]:
        """The codes of their stores, of those that there are."""
        ...

    def all(self) -> tuple[EnrolledTill, ...]:
        """By store and number, revoked ones and office PCs too."""
        ...

    def of_store(self, store_code: str) -> tuple[EnrolledTill, ...]: ...

    def keep(self, till: EnrolledTill) -> None:
        """A new till, or what has changed of one."""
        ...


class Branches(Protocol):
    """分支."""

    def get(self, till_id: UUID, incarnation: int) -> Branch | None: ...

    def of(self, till_id: UUID) -> tuple[Branch, ...]:
        """Lowest first."""
        ...

    def by_token(self, token_digest: bytes) -> Branch | None: ...

    def keep(self, branch: Branch) -> None:
        """A new branch, or what has changed of one."""
        ...


class Codes(Protocol):
    """入网码."""

    def get(self, digest: bytes) -> EnrolmentCode | None: ...

    def claim(self, digest: bytes) -> EnrolmentCode | None:
        """The same, and nobody else claims it until the transaction ends."""
        ...

    def keep(self, code: EnrolmentCode) -> None: ...

    def end(self, store_code: str, till_no: int, *, at_us: int) -> None:
        """No code of this place is good any more."""
        ...


class Admins(Protocol):
    """管理码."""

    def has_any(self) -> bool:
        """Whether there has ever been one."""
        ...

    def claim(self, digest: bytes) -> Admin | None:
        """Whoever comes with the same code waits until the transaction ends."""
        ...

    def by_token(self, token_digest: bytes) -> Admin | None: ...

    def keep(self, admin: Admin) -> None: ...

    def end_codes(self, *, at_us: int) -> None:
        """No code that was not used is good any more."""
        ...


class Duties(Protocol):
    """职责: how far each duty has come, by its name."""

    def get(self, name: str) -> int | None:
        """None where it has not begun. Who asks within a transaction moves it alone."""
        ...

    def all(self) -> dict[str, int]: ...

    def keep(self, name: str, pos: int) -> None:
        """It begins, or has come further."""
        ...

    def end(self, name: str) -> None:
        """It is not begun any more."""
        ...


class Cases(Protocol):
    """案件."""

    def add(self, case: Case, *, is_told: bool = True) -> None:
        """One more; where it `is_told`, the tills of its store hear of it, or all of the chain."""
        ...

    def get(self, case_id: UUID) -> Case | None: ...

    def is_there(self, kind: str, about: str) -> bool:
        """Whether there is one already, closed or not."""
        ...

    def open(self) -> tuple[Case, ...]:
        """Oldest first."""
        ...

    def count_open(self) -> int: ...

    def close(self, case_id: UUID, *, at_us: int) -> bool:
        """Somebody has looked; False where there is no such open case."""
        ...

    def reopen(self, case_id: UUID) -> None:
        """It is open again, if it was not."""
        ...


class OfficeReading(Protocol):
    """A consistent look."""

    @property
    def chain_name(self) -> str: ...
    @property
    def address(self) -> str:
        """Where tills find the server; "" where nobody has said it."""
        ...

    @property
    def chain_key(self) -> bytes:
        """What blind keys of cards and phones are made with; drawn once."""
        ...

    @property
    def stores(self) -> Stores: ...
    @property
    def tills(self) -> Tills: ...
    @property
    def branches(self) -> Branches: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def admins(self) -> Admins: ...
    @property
    def received(self) -> Received: ...
    @property
    def apart(self) -> KeptApart: ...
    @property
    def duties(self) -> Duties: ...
    @property
    def checks(self) -> Checks: ...
    @property
    def daily(self) -> Daily: ...
    @property
    def erasures(self) -> Erasures: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def issued_rulebooks(self) -> IssuedRulebooks: ...
    @property
    def issued_products(self) -> IssuedProducts: ...
    @property
    def members(self) -> Members: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def tier_figures(self) -> TierFigures: ...
    @property
    def tier_terms(self) -> TierTerms: ...
    @property
    def openings(self) -> Openings: ...
    @property
    def escrows(self) -> Escrows: ...
    @property
    def directory(self) -> ChainDirectory: ...
    @property
    def read_on(self) -> ReadOn: ...
    @property
    def sold(self) -> SoldSales: ...
    @property
    def claims(self) -> Claims: ...
    @property
    def held(self) -> HeldThere: ...
    @property
    def shelves(self) -> Shelves: ...
    @property
    def coupons(self) -> CouponCodes: ...
    @property
    def listing(self) -> Listing: ...
    @property
    def till_deeds(self) -> TillDeeds: ...


class OfficeWriting(OfficeReading, Protocol):
    """One transaction."""

    def lock_till(self, till_id: UUID) -> None:
        """Nobody else changes this till, or receives of it, until the transaction ends."""
        ...

    def lock_session(
        self,
        token_digest: bytes,
        ahead: Ahead | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> Branch | None:
        """The branch of a session; its till is locked as by `lock_till`.

        The store looks ahead in the same round; `meanwhile` is done while it does.
        """
        ...

    def name_chain(self, name: str) -> None: ...

    def set_address(self, url: str) -> None: ...


class Crew(Protocol):
    """帮手: who does the same with many at once."""

    def each(self, do: Callable[[bytes], str], many: Sequence[bytes]) -> list[str]:
        """`do` of each, in their order; it is a function of a module, and knows nothing else."""
        ...


class Alone:
    """Implements `Crew` with nobody's help."""

    def each(self, do: Callable[[bytes], str], many: Sequence[bytes]) -> list[str]:
        """One after another."""
        return [do(one) for one in many]


class OfficeStore(Protocol):
    """The store of the server; both raise `core.errors.Unavailable` where it is out of reach."""

    def write(self) -> AbstractContextManager[OfficeWriting]: ...

    def read(self) -> AbstractContextManager[OfficeReading]: ...

    def scrub(self) -> None:
        """What was deleted goes from the free places of its files, too, as far as they let it."""
        ...
