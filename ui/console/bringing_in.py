"""导入: the conversation around an import: which row is wrong and why, how far, what came."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Any

from msgspec import Struct, field

from core.actions.bring_in import CHECKING, BringIn
from core.errors import NoGoodRows
from core.ports.intake import Counted, Intake
from core.shop import Shop
from core.values.table import BadRow
from ui.console.command_words import say, warn
from ui.console.progress import Progress
from ui.machine_words import half_import
from ui.table_words import coming_words
from ui.text import bad_row, tr


class Import(Struct):
    """One table on its way in."""

    shop: Shop
    intake: Intake
    _progress: Progress = field(default_factory=Progress)

    def run(self, *, is_dry: bool, takes_good_rows: bool) -> int:
        """0 when rows came in (or all are good), 1 when bad rows kept everything out."""
        work = BringIn(self.shop, self.intake, _say_bad, self._on_progress)
        with _stoppable(work), ExitStack() as ends:
            said = half_import(self.shop.machine.health())
            if said:
                warn(said)
            work.clear_the_way()
            reading, since = work.reading(), self.intake.newest()
            # Beside the check, which most tables pass: another process gets their rows ready.
            runs = (
                () if is_dry else ends.enter_context(self.intake.ahead(reading, work.should_stop))
            )
            good, bad = work.check(reading, foresees=is_dry), work.bad
            self._progress.end()
            say(tr("核对完毕：{good} 行可以导入，{bad} 行有错。", good=f"{good:,}", bad=f"{bad:,}"))
            if work.taken_phones:
                count = f"{work.taken_phones:,}"
                say(tr("{count} 行的手机已有主；一家人共用的，就加 --shared-phones。", count=count))
            if is_dry:
                say(coming_words(work.coming))
                return 1 if bad else 0
            if bad and not takes_good_rows:
                say(tr("一行都没有导入。改好再来，或加 --good-rows-only 只导入好的行。"))
                return 1
            if not good:
                raise NoGoodRows()
            came = self._bring_in(work, runs)
        _say_came(came)
        self._tell_whom_it_met(since)
        return 0

    def _bring_in(self, work: BringIn, runs: Iterable[Any]) -> Counted:
        came = work.apply(runs)
        self._progress.end()
        return came

    def _on_progress(self, doing: str, done: int, total: int) -> None:
        self._progress.tell(tr("核对") if doing == CHECKING else tr("导入"), done, total)

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


def _say_bad(row: BadRow) -> None:
    say(bad_row(row))


def _say_came(came: Counted) -> None:
    say(
        tr(
            "导入完成：新增 {added}，更新 {changed}，没有变化 {unchanged}。收银台马上能用。",
            added=f"{came.added:,}",
            changed=f"{came.changed:,}",
            unchanged=f"{came.unchanged:,}",
        )
    )


@contextmanager
def _stoppable(work: BringIn) -> Iterator[None]:
    """Ctrl+C, or a machine that shuts down, asks to stop; what was begun is undone first."""

    def on_stop(_number: int, _frame: FrameType | None) -> None:
        work.stop()

    asked = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, on_stop) for number in asked]
    try:
        yield
    finally:
        for number, handler in zip(asked, before, strict=True):
            signal.signal(number, handler)
