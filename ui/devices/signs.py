"""试字: signs that tell whether letters are good for a counter, on the screen and on paper."""

from __future__ import annotations

USUAL_SIGNS = "熟客会员收银积分优惠￥¥，。（）"
RARE_SIGNS = "𠮷㐂䶮㛃燚"


def named(signs: str) -> str:
    """With its number: where it cannot be drawn, nobody sees which sign it is."""
    return " ".join(f"{sign} (U+{ord(sign):X})" for sign in signs)
