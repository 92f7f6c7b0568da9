"""`make setup` touches nothing that was made for another folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import prepare


def test_a_linked_environment_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("by others", encoding="utf-8")
    link = tmp_path / ".venv"
    link.symlink_to(elsewhere)
    monkeypatch.setattr(prepare, "ROOM", link)
    with pytest.raises(SystemExit, match=r"is a link to .*elsewhere"):
        prepare.make_room()
    assert (elsewhere / "kept").read_text(encoding="utf-8") == "by others"


@pytest.mark.parametrize(
    ("programs", "wished"),
    [({"apt-get"}, ["postgresql"]), ({"apt-get", "initdb"}, []), (set(), [])],
)
def test_a_database_is_wished_for_where_there_is_none_and_debian_has_it(
    programs: set[str], wished: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare.shutil, "which", lambda name: name if name in programs else None)
    monkeypatch.setattr(prepare, "DATABASES", tmp_path)
    monkeypatch.setattr(prepare.sys, "platform", "linux")
    assert prepare.missing_database() == wished
