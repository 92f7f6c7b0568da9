"""异业账 as a table: on the screenless side and in files."""

from __future__ import annotations

from collections.abc import Iterable

from core.sales.offer_use import PartnerAccount
from core.values.money import format_money
from ui.text import tr


def partner_headings() -> tuple[str, ...]:
    """One column each."""
    return tr("异业"), tr("张数"), tr("金额")


def partner_cells(accounts: Iterable[PartnerAccount]) -> list[tuple[str, ...]]:
    """One row for each partner."""
    return [(each.partner, str(each.uses), format_money(each.amount_fen)) for each in accounts]
