"""同意: the words that a customer agrees to, in every language; their version is `CONSENT`."""

from __future__ import annotations

from ui.text import tr


def consent_words() -> str:
    """What the cashier asks and confirms; other words need another version."""
    return tr("顾客同意本店保存姓名、手机和生日，只用于会员积分和优惠")
