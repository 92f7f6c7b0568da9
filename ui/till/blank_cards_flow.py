"""空白卡的对话: numbers are given once it is known where the cards go, and once for each wish."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from core.actions.print_cards import number_cards
from core.members.printed_card import CardRun
from ui.catalogue import speaking
from ui.devices.card_pdf import cards_pdf
from ui.devices.paper import PaperDesk
from ui.devices.paper_setup import CARDS, shop_logo
from ui.devices.print_sizes import card_size
from ui.file_dialog import ask_where
from ui.filing import Filing
from ui.login.allowed import Allowed
from ui.till.blank_cards import BlankCardsSheet


class BlankCardsFlow(QObject):
    """Begun from the shop's chores."""

    def __init__(
        self,
        sheet: BlankCardsSheet,
        paper: PaperDesk,
        allowed: Allowed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._desk = paper
        self._allowed = allowed
        self._run: CardRun | None = None
        self._filing = Filing(sheet, sheet.said, self)
        sheet.count.changed.connect(lambda _text: self._forget())
        sheet.filed.connect(self._file)
        sheet.printed.connect(self._print)

    def begin(self) -> None:
        """Ask how many."""
        self._sheet.begin()
        self._forget()

    def _forget(self) -> None:
        self._run = None

    def _file(self, count: int, on_pages: bool) -> None:
        def keep(chosen: str) -> None:
            self._with_run(count, lambda run: self._write(Path(chosen), run, on_pages))

        ask_where(self._sheet, f"blank-cards-{count}.pdf", keep)

    def _print(self, count: int, on_pages: bool) -> None:
        path = self._desk.folder / "blank-cards.pdf"
        self._with_run(
            count, lambda run: self._filing.print(path, partial(self._pdf, run, on_pages))
        )

    def _write(self, path: Path, run: CardRun, on_pages: bool) -> None:
        self._filing.write(path, partial(self._pdf, run, on_pages))

    def _with_run(self, count: int, do: Callable[[CardRun], object]) -> None:
        """The same cards again, be it in another way, until other ones are asked for."""
        if self._run is not None and len(self._run.cards) == count:
            do(self._run)
            return

        def numbered(run: CardRun) -> None:
            self._run = run
            self._sheet.show_cards(*run.ends, count)
            do(run)

        self._allowed.act(number_cards, count, then=numbered, failed=self._filing.fail)

    def _pdf(self, run: CardRun, on_pages: bool) -> bytes:
        desk = self._desk
        size = card_size(desk.folder.parent / CARDS)
        with speaking(desk.language):
            return cards_pdf(run, size, on_pages=on_pages, logo=shop_logo(desk.designs))
