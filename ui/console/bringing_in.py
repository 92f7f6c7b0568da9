"""导入: the conversation around an import: what is wrong with which row, how far it is, what came.

The table is read twice: first every row is checked, also beside what the store holds; then, where
all are good or only the good ones are asked for, they are applied. A cancelled import leaves
nothing behind.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from types import FrameType
from typing import Any, Protocol

from msgspec import Struct, field

from core.catalog.product_table import read_products
from core.errors import Cancelled, NoGoodRows, PhoneTaken, TwiceInTable
from core.members.member_table import HEADINGS, read_members
from core.shop import Shop
from core.values.moment import Moment
from core.values.table import BadRow
from ui.console.command_words import say, warn
from ui.console.progress import Progress
from ui.machine_words import half_import
from ui.text import bad_row, tr

_LOOK_EVERY = 100
ReadRows = Callable[[Sequence[str], Iterable[tuple[int, Sequence[str]]]], Iterator[Any]]
_PHONE = HEADINGS["phone"][0]


class Table(Protocol):
    """An open table of a file."""

    @property
    def headings(self) -> Sequence[str]: ...
    @property
    def progress(self) -> tuple[int, int]: ...
    def rows(self) -> Iterator[tuple[int, list[str]]]: ...


class Counted(Protocol):
    """What an import came to, in rows."""

    @property
    def added(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def unchanged(self) -> int: ...


class Intake(Protocol):
    """What storage gives to the import of one table (`storage.import_intake`)."""

    @property
    def shares_phones(self) -> bool: ...
    @property
    def is_of_products(self) -> bool: ...
    def undo(self, moment: Moment, should_stop: Callable[[], bool]) -> None: ...
    def open_table(self) -> AbstractContextManager[Table]: ...
    def check(self, rows: Iterable[Any]) -> Iterable[Any]: ...
    def ahead(
        self, reading: ReadRows, should_stop: Callable[[], bool]
    ) -> AbstractContextManager[Iterable[Any]]: ...
    def apply(self, runs: Iterable[Any], **how: Any) -> Counted: ...
    def newest(self) -> tuple[int, int]: ...
    def met(self, since: tuple[int, int]) -> Iterable[tuple[str, str]]: ...


class Import(Struct):
    """One table on its way in."""

    shop: Shop
    intake: Intake
    _bad_lines: set[int] = field(default_factory=set)
    _taken_phones: int = 0
    _is_stopped: bool = False
    _progress: Progress = field(default_factory=Progress)

    def run(self, *, is_dry: bool, takes_good_rows: bool) -> int:
        """0 when rows came in (or all are good), 1 when bad rows kept everything out."""
        with self._stoppable(), ExitStack() as ends:
            self._clear_the_way()
            reading, since = self._reading(), self.intake.newest()
            # Beside the check, which most tables pass: another process gets their rows ready.
            runs = (
                () if is_dry else ends.enter_context(self.intake.ahead(reading, self._should_stop))
            )
            good, bad = self._check(reading), len(self._bad_lines)
            say(tr("核对完毕：{good} 行可以导入，{bad} 行有错。", good=f"{good:,}", bad=f"{bad:,}"))
            if self._taken_phones:
                count = f"{self._taken_phones:,}"
                say(tr("{count} 行的手机已有主；一家人共用的，就加 --shared-phones。", count=count))
            if is_dry:
                return 1 if bad else 0
            if bad and not takes_good_rows:
                say(tr("一行都没有导入。改好再来，或加 --good-rows-only 只导入好的行。"))
                return 1
            if not good:
                raise NoGoodRows()
            came = self._bring_in(runs, good)
        say(
            tr(
                "导入完成：新增 {added}，更新 {changed}，没有变化 {unchanged}。收银台马上能用。",
                added=f"{came.added:,}",
                changed=f"{came.changed:,}",
                unchanged=f"{came.unchanged:,}",
            )
        )
        self._tell_whom_it_met(since)
        return 0

    def _tell_whom_it_met(self, since: tuple[int, int]) -> None:
        """Nobody could know of the other: they came at the same time."""
        for card, other in self.intake.met(since):
            if other:
                words = tr(
                    "导入的时候，柜台新办的卡 {card} 和卡 {other} 成了同一个手机。"
                    "两位都在；请核对是不是同一位。",
                    card=card,
                    other=other,
                )
            else:
                words = tr(
                    "导入的时候，{card} 成了会员卡，又成了商品条码。"
                    "两样都在，扫它先找到会员；请给商品换一个条码。",
                    card=card,
                )
            warn(words)

    def _clear_the_way(self) -> None:
        said = half_import(self.shop.machine.health())
        if said:
            warn(said)
        self.intake.undo(self.shop.now(), self._should_stop)
        if self._is_stopped:
            raise Cancelled()

    def _check(self, reading: ReadRows) -> int:
        good = 0
        with self.intake.open_table() as table:
            for row in self.intake.check(reading(table.headings, table.rows())):
                if self._is_stopped:
                    raise Cancelled()
                if isinstance(row, BadRow):
                    self._note(row)
                else:
                    good += 1
                if row.line % _LOOK_EVERY == 0:
                    self._progress.tell(tr("核对"), *table.progress)
        self._progress.end()
        return good

    def _note(self, row: BadRow) -> None:
        self._bad_lines.add(row.line)
        is_shared = isinstance(row.error, TwiceInTable) and row.column == _PHONE
        self._taken_phones += is_shared or isinstance(row.error, PhoneTaken)
        say(bad_row(row))

    def _bring_in(self, runs: Iterable[Any], good: int) -> Counted:
        came = self.intake.apply(
            runs,
            moment=self.shop.now(),
            # As they were checked: in the midst of the import the store says other things.
            leaves_out=frozenset(self._bad_lines),
            on_progress=lambda done: self._progress.tell(tr("导入"), done, good),
            should_stop=self._should_stop,
        )
        self._progress.end()
        return came

    def _should_stop(self) -> bool:
        return self._is_stopped

    def _reading(self) -> ReadRows:
        """What makes good and bad rows of headings and cells."""
        if self.intake.is_of_products:
            return read_products
        with self.shop.store.read() as reading:
            scheme = reading.rulebooks.current().scheme
        return partial(read_members, scheme=scheme, shares_phones=self.intake.shares_phones)

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        """Ctrl+C, or a machine that shuts down, asks to stop; what was begun is undone first."""
        asked = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self._on_stop) for number in asked]
        try:
            yield
        finally:
            for number, handler in zip(asked, before, strict=True):
                signal.signal(number, handler)

    def _on_stop(self, number: int, frame: FrameType | None) -> None:
        self._is_stopped = True
