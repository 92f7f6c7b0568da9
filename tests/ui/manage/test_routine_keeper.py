"""例行的钟: an open window does what is due, while nothing else goes on there."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from core.actions.keep_running import change_routine
from core.actions.login import login
from core.ports.keeping import BACKUP, DRILL
from core.values.routine import Routine
from tests.builders import PIN, Home
from ui.routine_keeper import RoutineKeeper
from ui.work import Work


def test_what_is_due_is_done_while_nothing_goes_on(home: Home, qtbot: QtBot) -> None:
    with home.shop() as shop:
        staff = login(shop, PIN, name="店长")
        change_routine(shop, Routine(), Routine(backup_hour=3), staff=staff)
    work = Work(home.shop)
    is_quiet = False
    keeper = RoutineKeeper(work.hands, lambda: is_quiet)
    try:
        keeper.look()
        qtbot.waitUntil(lambda: work.hands.shop is not None, timeout=10_000)
        shop = work.hands.shop
        assert shop is not None
        keeper.look()
        assert not shop.store.keeping.done(), "somebody is selling"
        is_quiet = True
        with qtbot.waitSignal(keeper.did, timeout=30_000):
            keeper.look()
        done = shop.store.keeping.done()
        assert done[BACKUP].done_us and done[DRILL].facts["findings"] == 0
    finally:
        keeper.end()
        work.stop()
