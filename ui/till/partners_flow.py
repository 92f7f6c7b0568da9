"""异业账的对话: looked at by whoever may look at takings, and kept as a table."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from core.actions.partners import partner_accounts
from core.sales.offer_use import PartnerAccount
from core.shop import Shop
from ui.devices import sound
from ui.devices.files import table_bytes
from ui.filing import Filing
from ui.login.allowed import Allowed
from ui.partner_table import partner_cells, partner_headings
from ui.text import sentence
from ui.till.partners import PartnersSheet
from ui.work import Work

Days = tuple[date, date]
Accounts = tuple[PartnerAccount, ...]


def _today(shop: Shop) -> date:
    return shop.now().business_on


def _table(accounts: Accounts) -> bytes:
    return table_bytes(partner_headings(), partner_cells(accounts))


class PartnersFlow(QObject):
    """Begun from the shop's chores."""

    def __init__(
        self, work: Work, sheet: PartnersSheet, allowed: Allowed, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._allowed = allowed
        self._accounts: Accounts = ()
        self._filing = Filing(sheet, sheet.said, self)
        sheet.asked.connect(self._ask)
        sheet.filed.connect(self._file)

    def begin(self) -> None:
        """Show this month."""
        self._work.ask(_today, topic="partners", then=self._sheet.begin, failed=self._refused)

    def _ask(self, since: date, until: date) -> None:
        then = partial(self._show, (since, until))
        self._allowed.act(partner_accounts, since, until, then=then, failed=self._refused)

    def _show(self, days: Days, accounts: Accounts) -> None:
        """Nothing where other days were chosen meanwhile."""
        if self._sheet.span.days == days:
            self._accounts = accounts
            self._sheet.show_accounts(accounts)

    def _refused(self, error: Exception) -> None:
        sound.play_error()
        self._sheet.show_error(sentence(error))

    def _file(self) -> None:
        days = self._sheet.span.days
        if days is not None:
            name = f"partners-{days[0].isoformat()}-{days[1].isoformat()}.csv"
            self._filing.keep(name, partial(_table, self._accounts))
