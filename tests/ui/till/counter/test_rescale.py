"""大小: another scale while it runs, the same sale; what has no room is not offered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import Home
from tests.house.sources import HOUSE
from tests.ui.customer.two_screens import screens_file
from tests.ui.till.counter.at_counter import VITAMIN
from tests.ui.till.rescaling import SCREEN
from ui.scales import scales_for


@pytest.mark.parametrize(
    ("width", "height", "shown", "scales"),
    [
        (1920, 1080, 100, (100, 125, 150, 200)),
        (1366, 768, 100, (100, 125, 150, 200)),
        (683, 384, 200, (100, 125, 150, 200)),
        (1024, 768, 100, (100, 125, 150)),
        (683, 512, 150, (100, 125, 150)),
        (800, 600, 100, (100, 125)),
        (640, 480, 125, (100, 125)),
        (1366, 500, 100, (100, 125)),
        (480, 320, 100, (100,)),
    ],
)
def test_a_scale_is_usable_where_the_window_has_room(
    width: int, height: int, shown: int, scales: tuple[int, ...]
) -> None:
    assert scales_for(width, height, shown) == scales


def test_another_scale_in_the_middle_of_a_sale_loses_nothing(home: Home, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.till.rescaling", str(home.path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=HOUSE,
        env={**os.environ, "QT_QPA_PLATFORM": screens_file(tmp_path, SCREEN)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["ratio"] for each in told] == [1.5, 1.0, 1.5, 1.25, 1.25]
    assert "200%" in told[0]["warned"] and "150%" in told[0]["warned"]
    assert [each["offered"] for each in told[1:4]] == [["100%", "125%", "150%"]] * 3
    for each in told[:4]:
        assert each["codes"] == [VITAMIN]
        assert each["has_member"]
        assert each["payable"] == told[0]["payable"]
        assert each["staff"] == "店长"
    assert [each["sheets"] for each in told[1:4]] == [["settings"]] * 3, "one may go on choosing"
    assert told[4]["sheets"] == ["payment"]
    assert told[4]["codes"] == []
    assert "deleted" not in done.stderr, "nobody talks to the window that went"
