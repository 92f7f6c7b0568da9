"""别台的单的端口: what a till keeps of others' sales, and of what others took back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.sync.together import PartBack, SaleSaid


class ClaimMade(Struct, frozen=True):
    """占用: lines of a sale that this till has claimed; the id is that of the return.

    It may be used until `until_us` by the clock of here; 0: the server has not given it yet.
    """

    id: UUID
    sale_id: UUID
    at_us: int
    until_us: int = 0


class CodeClaim(Struct, frozen=True):
    """占用的一次券: a code that a sale of here is about to use; `until_us` as above."""

    code: str
    sale_id: UUID
    at_us: int
    until_us: int = 0


class Elsewhere(Protocol):
    """别台."""

    def get(self, sale_id: UUID) -> SaleSaid | None:
        """Another till's sale, as the server told it last."""
        ...

    def by_no(self, no: str) -> SaleSaid | None: ...

    def keep(self, said: SaleSaid, *, at_us: int) -> None: ...

    def unname(self, member_ids: Collection[UUID]) -> None:
        """Whose points a sale moved is not said by a name any more, where it is one of these."""
        ...

    def back(self, sale_id: UUID, now_us: int) -> Mapping[int, int]:
        """How much of each line others took back, or are about to."""
        ...

    def returns(self, sale_id: UUID) -> int:
        """How many returns others made of it."""
        ...

    def set_back(self, sale_id: UUID, parts: Iterable[PartBack]) -> None:
        """These, in place of those before."""
        ...

    def keep_before(self, return_id: UUID, back: Mapping[int, int]) -> None:
        """What others had taken back when this return was made; kept for ever."""
        ...

    def before(self, return_id: UUID) -> Mapping[int, int]: ...

    def claim(self, made: ClaimMade) -> None:
        """It is written down before it is sent: after a crash it is given up."""
        ...

    def claims(self) -> tuple[ClaimMade, ...]:
        """Those that have not been used or given up, the oldest first."""
        ...

    def end_claim(self, claim_id: UUID) -> None: ...

    def claim_code(self, made: CodeClaim) -> None: ...

    def code_claims(self) -> tuple[CodeClaim, ...]:
        """Those that have not been used or given up, the oldest first."""
        ...

    def end_code_claim(self, code: str, sale_id: UUID) -> None: ...

    def drop_claims(self) -> None:
        """The chain was left: its server is told nothing more of them."""
        ...

    def keep_batch(self, batch_id: UUID, store_code: str) -> None:
        """Codes that were issued at another till, of this store."""
        ...

    def batch_store(self, batch_id: UUID) -> str | None:
        """The store where they were issued; None of those of this till."""
        ...
