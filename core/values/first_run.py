"""第一次使用: what a person has typed so far on the way to a shop. Never a PIN, never a code."""

from __future__ import annotations

from msgspec import Struct

NEW, CHAIN, RESTORE = "new", "chain", "restore"
"""新开 · 入连锁 · 恢复: what this machine is to be."""
_DEVICES = ("scanner", "printer", "display")
_MADE = ("manager", "recovery", *_DEVICES, "goods", "ready")
STEPS: dict[str, tuple[str, ...]] = {
    NEW: ("language", "way", "store", *_MADE),
    CHAIN: ("language", "way", "chain", *_MADE),
    RESTORE: ("language", "way", "restore", *_DEVICES, "ready"),
}
# Before this one nothing is made; from it on there is a shop.
FIRST_OF_SHOP = "scanner"
KINDS = ("pharmacy", "supermarket", "fashion")
TILL_NUMBERS = range(1, 100)


class FirstRun(Struct, frozen=True):
    """`step` is where to go on; `is_prepared`: the shop is there, with its manager.

    `recovery` is where the recovery file goes, and later where it went; `products` and `members`
    count what was brought in. `skipped` are the steps that wait for another day. `chain_name` is
    that of the chain whose code was scanned: name, code and number are the head office's then.
    """

    step: str = "language"
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
    way: str = NEW
    backup: str = ""
    chain_name: str = ""
    is_joined: bool = False

    @property
    def steps(self) -> tuple[str, ...]:
        """Those of its way, in order."""
        return STEPS[self.way]

    @property
    def is_sound(self) -> bool:
        """Whether each value is one that the way knows."""
        return self.way in STEPS and self.step in self.steps and self.kind in KINDS
