"""A migrated file is a fresh one; a kill in the middle leaves the old one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import NotOurStore
from storage.engine import connect
from storage.migrations import versions
from storage.migrations.run import apply, migrate, pending
from storage.revision import REVISIONS, bring_up_to_date, revision_of
from storage.schema import create_schema
from storage.verify_drawer import drawer_findings
from tests.storage.making import KEY, a_till


def file_before_any_revision(path: Path) -> Path:
    connection = connect(path, KEY, is_new=True)
    connection.execute(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.close()
    return path


def schema_of(path: Path) -> dict[str, str]:
    connection = connect(path, KEY)
    rows = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
    connection.close()
    return {name: " ".join((sql or "").split()) for name, sql in rows}


def test_the_migrations_lead_to_the_schema_of_the_program(tmp_path: Path) -> None:
    old, fresh = file_before_any_revision(tmp_path / "old.db"), tmp_path / "fresh.db"
    migrate(old, KEY)
    create_schema(fresh, KEY, a_till())
    assert schema_of(old) == schema_of(fresh)
    assert len(schema_of(old)) > 30


def test_the_revisions_that_the_program_knows_are_those_of_the_folder(tmp_path: Path) -> None:
    connection = connect(file_before_any_revision(tmp_path / "old.db"), KEY)
    assert tuple(pending(connection)) == REVISIONS
    for revision in REVISIONS:
        apply(connection, revision)
    assert revision_of(connection, tmp_path) == REVISIONS[-1]
    assert pending(connection) == []
    connection.close()


def test_what_a_till_has_already_of_revision_0007_stays(tmp_path: Path) -> None:
    connection = connect(file_before_any_revision(tmp_path / "old.db"), KEY)
    at = REVISIONS.index("0007")
    for revision in REVISIONS[:at]:
        apply(connection, revision)
    early = Path(versions.__file__).with_name("r0007_consent.sql").read_text("utf-8")
    for statement in early.split("\n\n"):
        if "IF NOT EXISTS" in statement:
            connection.execute(statement)
    connection.execute("INSERT INTO member_consents VALUES (x'01', 1, 2, 3)")
    for revision in REVISIONS[at:]:
        apply(connection, revision)
    kept = connection.execute("SELECT * FROM member_consents").fetchall()
    connection.close()
    assert kept == [(b"\x01", 1, 2, 3)]
    create_schema(tmp_path / "fresh.db", KEY, a_till())
    assert schema_of(tmp_path / "old.db") == schema_of(tmp_path / "fresh.db")


def test_a_copy_of_the_old_file_stays(tmp_path: Path) -> None:
    migrate(file_before_any_revision(tmp_path / "store.db"), KEY)
    copy = tmp_path / "backups" / "before-base.db"
    assert list(schema_of(copy)) == list(schema_of(file_before_any_revision(tmp_path / "other.db")))


def test_a_current_file_is_not_migrated(tmp_path: Path) -> None:
    create_schema(tmp_path / "store.db", KEY, a_till())
    bring_up_to_date(tmp_path / "store.db", KEY)
    assert not (tmp_path / "backups").exists()


def test_alembic_is_not_loaded_for_a_current_file(tmp_path: Path) -> None:
    create_schema(tmp_path / "store.db", KEY, a_till())
    code = (
        "import sys; from pathlib import Path; from storage.store import open_store\n"
        "open_store(Path(sys.argv[1]), key=bytes(range(32))).close()\n"
        "print('alembic' in sys.modules)"
    )
    run = [sys.executable, "-c", code, str(tmp_path)]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_file_without_a_revision_is_not_ours(tmp_path: Path) -> None:
    connect(tmp_path / "store.db", KEY, is_new=True).close()
    with pytest.raises(NotOurStore):
        bring_up_to_date(tmp_path / "store.db", KEY)


KILLED = """
import os, sys
from pathlib import Path
from storage.engine import connect
from storage.migrations import versions
from storage.migrations.run import apply
connection = connect(Path(sys.argv[1]), bytes(range(32)))
left = int(sys.argv[2])
def count(sql):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), 9)
connection.set_trace_callback(count)
for revision in sys.argv[3:]:
    apply(connection, revision)
os._exit(7)
"""


def test_killed_at_any_statement_the_file_is_the_old_or_the_new(tmp_path: Path) -> None:
    before = schema_of(file_before_any_revision(tmp_path / "as_it_was.db"))
    seen = set()
    for statement in (*range(1, 75, 9), 1000):
        path = file_before_any_revision(tmp_path / f"{statement}.db")
        run = [sys.executable, "-c", KILLED, str(path), str(statement), REVISIONS[0]]
        code = subprocess.run(run, check=False).returncode
        now = schema_of(path)
        seen.add(code)
        assert (now == before) == (code == -9)
        assert now == before or "members" in now
    assert seen == {-9, 7}


def test_staff_of_the_first_revision_work_here_afterwards(tmp_path: Path) -> None:
    connection = connect(file_before_any_revision(tmp_path / "store.db"), KEY)
    apply(connection, "0001")
    connection.execute("INSERT INTO staff VALUES (1, x'01', '店长', 'manager', 'hash')")
    apply(connection, "0002")
    rows = connection.execute("SELECT no, name, role, pin_hash, removed_us FROM staff").fetchall()
    assert rows == [(1, "店长", "manager", "hash", None)]
    connection.close()


def test_an_open_day_of_the_first_revision_gets_its_shift(tmp_path: Path) -> None:
    path = file_before_any_revision(tmp_path / "store.db")
    connection = connect(path, KEY)
    apply(connection, "0001")
    old, now = bytes(16), b"now, sixteen by."
    insert_day = "INSERT INTO days VALUES (?, ?, 739001, 7, 3, 20000, ?, ?, ?)"
    connection.execute(insert_day, (1, old, 6, 1, 10000))
    connection.execute(insert_day, (2, now, None, None, None))
    insert = (
        "INSERT INTO sales VALUES (?, ?, ?, 1, ?, ?, NULL, 739001, 8, 1, 0, 0, 0, 0, 0, 0, 0, "
        "'', '', 1, 'CNY', '')"
    )
    for n, day in ((1, old), (2, old), (3, now)):
        connection.execute(insert, (n, bytes([n]), f"no {n}", n, day))
    for revision in pending(connection):
        apply(connection, revision)
    found = connection.execute("SELECT * FROM shifts").fetchall()
    assert found == [(1, now, now, 1, 7, 3, 20000, 2)]
    assert not list(drawer_findings(connection))
    connection.close()


def test_a_store_whose_day_is_closed_gets_none(tmp_path: Path) -> None:
    path = file_before_any_revision(tmp_path / "store.db")
    connection = connect(path, KEY)
    apply(connection, "0001")
    connection.execute("INSERT INTO days VALUES (1, x'01', 739000, 5, 1, 10000, 6, 1, 10000)")
    apply(connection, "0002")
    assert connection.execute("SELECT count(*) FROM shifts").fetchone() == (0,)
    connection.close()
