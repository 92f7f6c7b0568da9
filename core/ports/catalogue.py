"""兑换目录的端口: what was had of each reward, how its shelf moved, and what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct


class Had(Struct, frozen=True):
    """换走的: so many units of a reward for so many points, less what was taken back."""

    units: int = 0
    points: int = 0


class ShelfMove(Struct, frozen=True):
    """库存变动: what lay on the shelf of this till after it, who did it, for which redemption."""

    at_us: int
    kind: str
    change: int
    after: int
    staff_no: int
    no: str = ""


class HadRow(Struct, frozen=True):
    """A redemption of a reward: whose it was."""

    no: str
    on: date
    member_name: str
    card_no: str
    units: int
    points: int
    staff_no: int
    is_undone: bool


class RewardPicture(Struct, frozen=True):
    """图片: a picture of a reward, scaled down already, as a file."""

    code: str
    data: bytes
    at_us: int
    staff_no: int


class Catalogue(Protocol):
    """兑换目录, of this till."""

    def had(self) -> dict[str, Had]:
        """By the code of the reward."""
        ...

    def rows(self, code: str, most: int) -> Sequence[HadRow]:
        """Its redemptions, the newest first."""
        ...

    def moves(self, code: str, most: int) -> Sequence[ShelfMove]:
        """How its shelf moved, the newest first."""
        ...

    def pictured(self) -> frozenset[str]:
        """The codes of rewards that have a picture."""
        ...

    def picture(self, code: str) -> bytes | None: ...

    def keep_picture(self, picture: RewardPicture) -> None:
        """In the place of what was there."""
        ...

    def drop_picture(self, code: str) -> None: ...
