"""扫码的端口: trace codes, layouts of labels, staff and their badges. Protocols only."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from core.catalog.product import Product
from core.members.consent import Consent
from core.rulebook.labels import LabelCode
from core.sales.trace import SoldTrace, TraceRecord, TraceRow, TraceSale
from core.trust.pins import PinTries
from core.trust.staff import Staff


class Traces(Protocol):
    """追溯码."""

    def product_of(self, prefix: str) -> Product | None:
        """The product that codes with these first digits were given to."""
        ...

    def learn(self, prefix: str, product_id: UUID) -> None:
        """From now on codes with these first digits are this product's."""
        ...

    def sold(self, code: str) -> TraceSale | None:
        """The last sale with this code that was neither voided nor returned."""
        ...

    def of_sale(self, sale_id: UUID) -> tuple[SoldTrace, ...]:
        """The codes of a sale, line by line."""
        ...

    def add(self, sale_id: UUID, record: TraceRecord) -> None: ...

    def give_back(self, return_id: UUID, sale_id: UUID, codes: tuple[str, ...]) -> None:
        """These codes came back with a return of this sale."""
        ...

    def rows(self, since: date, until: date) -> tuple[TraceRow, ...]:
        """What went out and came back between two business dates, in the order of the sales."""
        ...


class Labels(Protocol):
    """店内码的版式 of this store."""

    def all(self) -> tuple[LabelCode, ...]: ...

    def set(self, layout: LabelCode) -> None: ...

    def remove(self, prefix: str) -> bool:
        """False where the store has none for this prefix."""
        ...


class People(Protocol):
    """员工."""

    def all(self) -> tuple[Staff, ...]:
        """Who works here and who did, by number."""
        ...

    def get(self, no: int) -> Staff | None: ...

    def add(self, staff: Staff) -> None: ...

    def change(self, staff: Staff) -> None:
        """Another role, PIN or end; number, id and name stay."""
        ...

    def tries(self, staff_no: int) -> PinTries:
        """How often this PIN was tried in vain; 0 is the number of nobody."""
        ...

    def keep_tries(self, staff_no: int, tries: PinTries) -> None: ...


class Badges(Protocol):
    """工牌."""

    def whose(self, code: str) -> int | None:
        """The number of the person with this badge."""
        ...

    def all(self) -> dict[int, str]: ...

    def bind(self, staff_no: int, code: str) -> None: ...

    def free(self, staff_no: int) -> bool:
        """False where the person has none."""
        ...


class Consents(Protocol):
    """同意 of members: given when they join or later, withdrawn, given again."""

    def add(self, member_id: UUID, version: int, *, at_us: int, staff_no: int) -> None: ...

    def change(self, member_id: UUID, step: Consent) -> None:
        """One more step, kept beside those before."""
        ...

    def steps(self, member_id: UUID) -> tuple[Consent, ...]:
        """All steps, oldest first; none where nobody was asked here."""
        ...


class Copies(Protocol):
    """补打."""

    def add(self, paper_no: str, *, at_us: int, staff_no: int) -> int:
        """One copy more of a paper; which one it is, from 1."""
        ...
