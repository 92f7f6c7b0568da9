"""总部的账: one transaction on the server's database, and a look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, select, text, update

from core.ports.office import Branch
from core.ports.received import Ahead
from storage.office.accounts import StoredAccounts
from storage.office.apart import StoredApart
from storage.office.arrival import lift
from storage.office.changes import StoredChanges, settle_elsewhere
from storage.office.checks import StoredChecks
from storage.office.counted import StoredCounted
from storage.office.coupons import StoredChainCodes
from storage.office.daily import StoredDaily
from storage.office.directory import StoredDirectory
from storage.office.engine import WRITES, make_engine, office_faults
from storage.office.erasures import SCRUBBED, StoredErasures
from storage.office.escrows import StoredEscrows
from storage.office.held import StoredHeldThere
from storage.office.issued import StoredIssuedProducts, StoredIssuedRulebooks
from storage.office.listing import StoredListing
from storage.office.members import StoredChainMembers
from storage.office.openings import StoredOpenings
from storage.office.read_on import StoredReadOn
from storage.office.received import StoredReceived
from storage.office.revision import bring_up_to_date, draw_keys
from storage.office.rounds import Question, ask_all
from storage.office.rows import (
    StoredAdmins,
    StoredBranches,
    StoredCases,
    StoredCodes,
    StoredDuties,
    StoredStores,
    StoredTills,
)
from storage.office.shelves import StoredShelves
from storage.office.tables import BRANCHES, CHAIN, TILLS
from storage.office.terms import StoredTerms
from storage.office.till_deeds import StoredTillDeeds
from storage.office.together import StoredClaims, StoredSoldSales

_NAME = select(CHAIN.c.name)
_ADDRESS = select(CHAIN.c.address)
_KEY = select(CHAIN.c.blind_key)
_LOCK_TILL = text("SELECT pg_advisory_xact_lock(:lock)")
_LOCK_ROW = select(TILLS.c.id).where(TILLS.c.id == bindparam("of")).with_for_update(key_share=True)
_LOCK_SESSION = (
    select(BRANCHES)
    .select_from(TILLS.join(BRANCHES, TILLS.c.id == BRANCHES.c.till_id))
    .where(BRANCHES.c.token_digest == bindparam("of"))
    .with_for_update(of=[TILLS, BRANCHES], key_share=True)
)


class OfficeTransaction:
    """Implements `core.ports.office.OfficeWriting` on one connection."""

    def __init__(self, connection: Connection, shift: int, *, writes: bool) -> None:
        self._connection = connection
        self.stores = StoredStores(connection)
        self.tills = StoredTills(connection)
        self.branches = StoredBranches(connection)
        self.codes = StoredCodes(connection)
        self.admins = StoredAdmins(connection)
        self.received = StoredReceived(connection, shift)
        self.apart = StoredApart(connection)
        self.duties = StoredDuties(connection, writes=writes)
        self.checks = StoredChecks(connection)
        self.daily = StoredDaily(connection, writes=writes)
        self.erasures = StoredErasures(connection)
        self.changes = StoredChanges(connection)
        self.cases = StoredCases(connection, self.changes.note)
        self.issued_rulebooks = StoredIssuedRulebooks(connection)
        self.issued_products = StoredIssuedProducts(connection)
        self.members = StoredChainMembers(connection)
        self.accounts = StoredAccounts(connection)
        self.tier_figures = StoredCounted(connection)
        self.tier_terms = StoredTerms(connection)
        self.openings = StoredOpenings(connection)
        self.escrows = StoredEscrows(connection)
        self.directory = StoredDirectory(connection)
        self.read_on = StoredReadOn(connection)
        self.sold = StoredSoldSales(connection)
        self.claims = StoredClaims(connection)
        self.held = StoredHeldThere(connection)
        self.shelves = StoredShelves(connection)
        self.till_deeds = StoredTillDeeds(connection)
        self.coupons = StoredChainCodes(connection)

    @property
    def chain_name(self) -> str:
        return str(self._connection.execute(_NAME).scalar_one())

    def name_chain(self, name: str) -> None:
        self._connection.execute(update(CHAIN).values(name=name))

    @property
    def address(self) -> str:
        return str(self._connection.execute(_ADDRESS).scalar_one())

    @property
    def chain_key(self) -> bytes:
        return bytes(self._connection.execute(_KEY).scalar_one())

    def set_address(self, url: str) -> None:
        self._connection.execute(update(CHAIN).values(address=url))

    @property
    def listing(self) -> StoredListing:
        """会员名录."""
        return StoredListing(self._connection)

    def lock_till(self, till_id: UUID) -> None:
        """By its number, too: a till that is not there yet has no row."""
        if self._connection.dialect.name == "postgresql":
            lock = int.from_bytes(till_id.bytes[-8:], signed=True)
            self._connection.execute(_LOCK_TILL, {"lock": lock})
            self._connection.execute(_LOCK_ROW, {"of": till_id})

    def lock_session(
        self,
        token_digest: bytes,
        ahead: Ahead | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> Branch | None:
        """In one round, by the rows: who has waited for them sees them as they are now.

        So does what is looked at behind them, which is a statement of its own.
        """
        questions = [] if ahead is None else self.received.questions(ahead, adds=True)
        own: Question = _LOCK_SESSION, {"of": token_digest}
        rows, *others = ask_all(self._connection, [own, *questions], meanwhile)
        if ahead is not None:
            self.received.hear(ahead, others)
        return Branch(*rows[0]) if rows else None


class OfficeDatabase:
    """Implements `core.ports.office.OfficeStore` for PostgreSQL and SQLite."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._shift = 0
        self._looks = engine
        if engine.dialect.name == "postgresql":
            self._looks = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writes = engine.execution_options(**{WRITES: True})

    @contextmanager
    def write(self) -> Iterator[OfficeTransaction]:
        """One transaction; it is on the disk when the block is left."""
        with office_faults(), self._writes.begin() as connection:
            made = OfficeTransaction(connection, self._shift, writes=True)
            yield made
            made.received.write(ends=True)

    @contextmanager
    def read(self) -> Iterator[OfficeTransaction]:
        """A consistent look."""
        with office_faults(), self._looks.connect() as connection:
            yield OfficeTransaction(connection, self._shift, writes=False)

    def scrub(self) -> None:
        """SQLite overwrites what it deletes, and its journal is cut here; PostgreSQL cleans up."""
        with office_faults(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                names = ", ".join(table.name for table in SCRUBBED)
                alone.exec_driver_sql(f"VACUUM {names}")
            else:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def prepare(self) -> None:
        """Tables as this program needs them; raises StoreNewer, Unavailable."""
        with office_faults(), self._writes.begin() as connection:
            bring_up_to_date(connection)
            draw_keys(connection)
            settle_elsewhere(connection)
            self._shift = lift(connection)


def open_office(database: str) -> OfficeDatabase:
    """The store at an address, its tables made or brought up to date; raises BadDatabase,

    StoreNewer, Unavailable.
    """
    store = OfficeDatabase(make_engine(database))
    try:
        store.prepare()
    except BaseException:  # whatever it is, no connection stays open
        store.close()
        raise
    return store
