"""Many sales are looked at by several processes; whatever becomes of those, all are looked at."""

from __future__ import annotations

import signal
from contextlib import suppress

import psutil
import pytest

from core.actions.receive import doubt_of
from core.ports.office import Alone
from storage.office import crew as crews
from storage.office.crew import WORTH_IT, Processes
from tests.server.tills import TillAtWork


@pytest.fixture
def crew(monkeypatch: pytest.MonkeyPatch):
    """Two, also on a machine with one core."""
    monkeypatch.setattr(crews, "cpu_count", lambda: 2)
    made = Processes()
    yield made
    made.close()


def helpers() -> set[psutil.Process]:
    """Processes of Python that this one has begun, and that have not ended."""
    found = set[psutil.Process]()
    for each in psutil.Process().children():
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            if "spawn_main" in " ".join(each.cmdline()):
                found.add(each)
    return found


def begun_beside(others: set[psutil.Process]) -> set[psutil.Process]:
    """Those begun since; of the others some may have ended meanwhile, an earlier test's."""
    return helpers() - others


def test_each_sale_has_its_own_answer_also_where_a_process_is_killed(crew):
    till = TillAtWork(1)
    sales = [till.sell(payable_fen=no).data for no in range(WORTH_IT)]
    sales[3] = till.sell().data
    answers = Alone().each(doubt_of, sales)
    assert answers[3] == ""
    assert all(each.startswith("price") for each in answers[:3] + answers[4:])
    others = helpers()
    assert crew.each(doubt_of, sales[:-1]) == answers[:-1]
    assert not begun_beside(others), "few are not worth a journey"
    assert crew.each(doubt_of, sales) == answers
    begun = begun_beside(others)
    assert begun
    for each in begun:
        each.send_signal(signal.SIGKILL)
    assert crew.each(doubt_of, sales) == answers
    assert crew.each(doubt_of, sales) == answers


def test_a_patient_crew_is_ready_before_its_first_work(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crews, "cpu_count", lambda: 2)
    others, crew = helpers(), Processes(are_patient=True)
    crew.begin(doubt_of)
    begun = begun_beside(others)
    assert len(begun) == 2
    sales = [TillAtWork(1).sell(payable_fen=no).data for no in range(4)]
    assert crew.each(doubt_of, sales) == Alone().each(doubt_of, sales)
    assert begun_beside(others) == begun, "no others were needed"
    crew.close()
    assert not begun_beside(others)


def test_where_no_process_can_begin_this_one_looks_at_all(crew, monkeypatch):
    class Refused(crews.ProcessPoolExecutor):
        def submit(self, *_: object, **__: object):
            raise BlockingIOError("no more processes")

    monkeypatch.setattr(crews, "ProcessPoolExecutor", Refused)
    till = TillAtWork(1)
    sales = [till.sell(payable_fen=no).data for no in range(WORTH_IT)]
    crew.begin(doubt_of)
    assert crew.each(doubt_of, sales) == Alone().each(doubt_of, sales)
    assert crew.each(doubt_of, sales) == Alone().each(doubt_of, sales)
