"""新的代码: tiers, benefits and behaviours that somebody has just written get a code of their own.

It is never shown: what was had of a benefit or done of a behaviour is counted by it.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

Record = dict[str, Any]


def with_codes(parts: Record, fresh: Callable[[str], str]) -> Record:
    """The same parts of a rulebook, each row of them with a code; `fresh` makes one of its kind.

    A benefit is called what one of another tier is called: then it is the same, given otherwise.
    """
    coded = deepcopy(parts)
    tiers = (coded.get("scheme") or {}).get("tiers", ())
    known = {
        each["name"]: each["code"]
        for tier in tiers
        for each in tier.get("benefits") or ()
        if each.get("code") and each.get("name")
    }
    for tier in tiers:
        if not tier.get("code"):
            tier["code"] = fresh("tier")
        for each in tier.get("benefits") or ():
            if not each.get("code"):
                name = each.get("name", "")
                each["code"] = known.setdefault(name, fresh("benefit"))
    for each in coded.get("behaviours") or ():
        if not each.get("code"):
            each["code"] = fresh("behaviour")
    return coded
