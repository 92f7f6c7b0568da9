"""演示门店: the commands that make a shop to look at, and the PINs that its login tells."""

from __future__ import annotations

from pathlib import Path

DEMO_PINS = (("店长", "246810"), ("王芳", "135246"))


def demo_steps(home: Path, tables: Path) -> list[list[str]]:
    """The words of each command, in turn; the folder has products and members."""
    (manager, pin), (cashier, other_pin) = DEMO_PINS
    shop = ["--store", "中山路店", "--till", "2", "--manager", manager, "--pin", pin]
    steps = [["setup", *shop, "--printer", f"file:{home / 'printer.bin'}"]]
    steps += [["import", what, str(tables / f"{what}.csv")] for what in ("products", "members")]
    steps.append(["staff", "add", cashier, "--pin", other_pin])
    return [[*step, "--home", str(home)] for step in steps]
