"""大小: text at 100 to 200 % while it runs: another application, the same sale."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.builders import Home
from tests.house.sources import HOUSE
from tests.ui.till.counter.at_counter import VITAMIN


def test_another_scale_in_the_middle_of_a_sale_loses_nothing(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.till.rescaling", str(home.path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=HOUSE,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["ratio"] for each in told] == [1.0, 1.5, 2.0, 1.0, 1.0]
    for each in told[:4]:
        assert each["codes"] == [VITAMIN]
        assert each["has_member"]
        assert each["payable"] == told[0]["payable"]
        assert each["staff"] == "店长"
    assert [each["sheets"] for each in told[1:4]] == [["settings"]] * 3, "one may go on choosing"
    assert told[4]["sheets"] == ["payment"]
    assert told[4]["codes"] == []
    assert "deleted" not in done.stderr, "nobody talks to the window that went"
