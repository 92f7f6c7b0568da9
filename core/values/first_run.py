"""第一次使用: what a person has typed so far on the way to a new shop. Never a PIN."""

from __future__ import annotations

from msgspec import Struct

STEPS = (
    "language",
    "store",
    "manager",
    "recovery",
    "scanner",
    "printer",
    "display",
    "goods",
    "ready",
)
# Before this one nothing is made; from it on there is a shop.
FIRST_OF_SHOP = "scanner"
KINDS = ("pharmacy", "supermarket", "fashion")
TILL_NUMBERS = range(1, 100)


class FirstRun(Struct, frozen=True):
    """`step` is where to go on; `is_prepared`: the shop is there, with its manager.

    `recovery` is where the recovery file goes, and later where it went; `products` and `members`
    count what was brought in. `skipped` are the steps that wait for another day.
    """

    step: str = STEPS[0]
    language: str = "zh_CN"
    store_name: str = ""
    store_code: str = "S01"
    till_no: str = "1"
    zone: str = "Asia/Shanghai"
    kind: str = KINDS[0]
    manager: str = ""
    recovery: str = ""
    is_prepared: bool = False
    skipped: tuple[str, ...] = ()
    products: int = 0
    members: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether each value is one that the way knows."""
        return self.step in STEPS and self.kind in KINDS
