"""搜索键: what names are found by is read with as little as it takes."""

from __future__ import annotations

import subprocess
import sys

READ = """
import sys
import storage.search_keys
from core.members.names import name_keys
print(name_keys("单小华"))
print("pypinyin.pinyin_dict" in sys.modules, "pypinyin.phrases_dict" in sys.modules)
"""


def test_signs_are_read_without_what_whole_phrases_need() -> None:
    """Those are 45 MB, and a till reads names for as long as it runs."""
    command = [sys.executable, "-c", READ]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    keys = (("shanxiaohua", "sxh"), ("danxiaohua", "dxh"))
    assert said.stdout.splitlines() == [str(keys), "True False"]
