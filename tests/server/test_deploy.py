"""deploy/: what stands there runs the program as it is now."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from ui.console.command_line import command_line

DEPLOY = Path(__file__).parents[2] / "deploy"
UNIT = DEPLOY / "shuke-server.service"


def commands() -> list[list[str]]:
    """The words behind `main.py` in every file, comments too: people copy them."""
    found = []
    for path in DEPLOY.iterdir():
        for line in filter(lambda line: "main.py" in line, path.read_text("utf-8").splitlines()):
            said = json.loads(line.removeprefix("CMD ")) if line.startswith("CMD [") else None
            words = said or shlex.split(line.partition("   # ")[0].lstrip("# "))
            found.append(words[words.index("main.py") + 1 :])
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_is_understood(words, monkeypatch):
    monkeypatch.setenv("SHUKE_DATABASE", "postgresql://shuke@database/shuke")
    assert command_line(Path(), words).parse_args(words).command in ("serve", "office")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_understands_the_unit(tmp_path):
    text = UNIT.read_text("utf-8")
    copy = tmp_path / UNIT.name
    copy.write_text(re.sub(r"(?m)^ExecStart=.*$", "ExecStart=/bin/true", text), "utf-8")
    verify = ["systemd-analyze", "verify", str(copy)]
    said = subprocess.run(verify, capture_output=True, text=True, timeout=60, check=False)
    assert (said.returncode, said.stderr) == (0, "")
