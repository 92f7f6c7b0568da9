"""What kinds of things an action touched: open pages decide by it alone whether to redraw."""

from __future__ import annotations

from enum import Flag, auto


class Changes(Flag):
    """Kinds of things that an action changed."""

    NOTHING = 0
    BASKET = auto()
    SALES = auto()
    MEMBERS = auto()
    PRODUCTS = auto()
    DAY = auto()
    STAFF = auto()
    SETTINGS = auto()
    CASES = auto()
