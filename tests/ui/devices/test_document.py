"""打印文件: a PDF for the printer of the system, through CUPS; their program stands in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core.errors import PrinterUnavailable
from ui.devices.document import print_document

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no CUPS")


def program(folder: Path, script: str) -> Path:
    lp = folder / "lp"
    lp.write_text(f"#!/bin/sh\n{script}\n")
    lp.chmod(0o755)
    return folder


def test_the_file_is_printed_as_large_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = program(tmp_path, f'echo "$@" > {tmp_path}/words')
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    print_document(tmp_path / "tags.pdf")
    said = (tmp_path / "words").read_text().strip()
    assert said == f"-o print-scaling=none {tmp_path / 'tags.pdf'}"


def test_what_the_queue_complains_of_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = program(tmp_path, "echo no default destination >&2; exit 1")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    with pytest.raises(PrinterUnavailable) as refused:
        print_document(tmp_path / "tags.pdf")
    assert "no default destination" in str(refused.value.__dict__)
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    with pytest.raises(PrinterUnavailable):
        print_document(tmp_path / "tags.pdf")
