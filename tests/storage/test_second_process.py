"""旁的进程: the office leaves the processor to the counter, with all threads that it begins."""

from __future__ import annotations

import subprocess
import sys

import pytest

OFFICE = """
import os, threading
from storage.second_process import NICE, stand_back

stand_back()
found = [os.sched_getscheduler(0)]
thread = threading.Thread(target=lambda: found.append(os.sched_getscheduler(0)))
thread.start()
thread.join()
assert found == [os.SCHED_IDLE] * 2, found
assert os.getpriority(os.PRIO_PROCESS, 0) >= NICE
"""


@pytest.mark.skipif(sys.platform != "linux", reason="how it is told to is Linux's own")
def test_the_office_works_where_nobody_else_wants_to() -> None:
    subprocess.run([sys.executable, "-c", OFFICE], check=True)
