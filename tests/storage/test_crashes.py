"""A crash file says where and after what, never on what: no card, phone, name, PIN or amount."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.errors import NoSuchLine
from storage import logs
from storage.crashes import KEPT, CrashBook, crash_files
from storage.logs import TRAIL, keep_logs
from storage.traces import harmless, word_of

CARD, PHONE, NAME, PIN, PRICE = "800123456789", "13611112222", "欧阳晓月", "86420913", "39904178"
SECRETS = (CARD, PHONE, NAME, PIN, PRICE)


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """The log of the program takes the place of the one of pytest."""
    root, trail = logging.getLogger(), logging.getLogger(TRAIL)
    kept = root.handlers[:], root.level, trail.handlers[:], trail.level, trail.propagate
    root.handlers[:] = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:], root.level, trail.handlers[:], trail.level, trail.propagate = kept


def fall(card: str, phone: str = PHONE) -> None:
    """Values in locals, in the message, in a cause, in a note and in the names of what was done."""
    name = NAME
    try:
        raise KeyError(f"{name} {phone}")
    except KeyError as first:
        bug = ValueError(f"card {card} of {NAME}, PIN {PIN}, {PRICE}")
        bug.add_note(f"{phone} {name}")
        raise bug from first


def caught(*words: str) -> ValueError:
    try:
        fall(*words or (CARD,))
    except ValueError as bug:
        return bug
    raise AssertionError


def texts(home: Path) -> str:
    files = [each for each in (home / "crashes").iterdir() if each.is_file()]
    assert files
    return "\n".join(each.read_bytes().decode() for each in files)


def test_a_mistake_leaves_a_file_without_values(tmp_path: Path) -> None:
    book = CrashBook(tmp_path)
    for step in ("scan", f"scan {CARD}", NAME, f"{PHONE} {PIN}"):
        book.did(step)
    book.stands("printer", f"PrinterUnavailable {NAME} {PHONE}")
    kept = book.keep(caught(), thread=f"store {NAME}")
    assert kept is not None
    text = kept.read_text("utf-8")
    assert "builtins.ValueError" in text and "builtins.KeyError" in text and "in fall" in text
    assert "scan" in text and "printer PrinterUnavailable" in text and "python 3" in text
    assert [secret for secret in SECRETS if secret in text] == []
    assert str(Path(__file__).parents[2]) not in text, "the folder may name a person"
    assert kept.stat().st_mode & 0o077 == 0


def test_the_mark_of_a_running_till_holds_none_either(tmp_path: Path) -> None:
    book = CrashBook(tmp_path)
    with book.marked():
        book.did(f"scan {CARD} {NAME}")
        book.stands("printer", PHONE)
        assert "scan" in texts(tmp_path)
        assert [secret for secret in SECRETS if secret in texts(tmp_path)] == []
    assert not book.is_marked


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_passes_a_filter(secret: str) -> None:
    assert secret not in word_of(f"a {secret} b")
    assert secret not in harmless(f"QObject: '{secret}' and {secret}")


def test_what_qt_says_at_its_end_is_still_understood(tmp_path: Path) -> None:
    said = "This application failed to start because no Qt platform plugin could be initialized."
    kept = CrashBook(tmp_path).keep_words(said)
    assert kept is not None
    assert said in kept.read_text("utf-8")


def test_the_newest_stay_and_the_old_ones_go(tmp_path: Path) -> None:
    book = CrashBook(tmp_path)
    for number in range(KEPT + 5):
        exec(compile("\n" * number + "def fell(): raise ValueError", f"file{number}", "exec"))
        try:
            locals()["fell"]()
        except ValueError as bug:
            last = book.keep(bug)
    assert len(crash_files(tmp_path)) == KEPT
    assert crash_files(tmp_path)[0] == last


def test_one_place_leaves_one_file_however_often_it_falls(tmp_path: Path) -> None:
    book = CrashBook(tmp_path)
    assert [book.keep(caught(CARD)) is None for _ in range(3)] == [False, True, True]
    assert len(crash_files(tmp_path)) == 1


def test_whoever_logs_a_bug_leaves_a_file_and_a_refusal_none(tmp_path: Path) -> None:
    keep_logs(tmp_path, CrashBook(tmp_path))
    logging.getLogger("trail").info("settle")
    logging.getLogger("trail.printer").info("PrinterUnavailable")
    log = logging.getLogger("ui.work")
    log.error("refused", exc_info=NoSuchLine(3))
    assert crash_files(tmp_path) == []
    log.error("fell", exc_info=caught())
    log.critical("qt: %s", f"'{NAME}' {PHONE} cannot go on")
    assert len(crash_files(tmp_path)) == 2
    assert "settle" in texts(tmp_path) and "printer PrinterUnavailable" in texts(tmp_path)
    everything = texts(tmp_path) + (tmp_path / "logs" / "till.log").read_text("utf-8")
    assert "cannot go on" in everything
    assert [secret for secret in SECRETS if secret in everything] == []
    assert "settle" not in (tmp_path / "logs" / "till.log").read_text("utf-8")


def test_who_comes_after_a_sudden_end_hears_of_it_once(tmp_path: Path) -> None:
    gone = CrashBook(tmp_path)
    with gone.marked() as ended:
        assert ended == "", "nothing came before it"
        gone.did("settle")
        # As the system leaves it: the mark stays.
        left = (tmp_path / "crashes" / "running").read_bytes()
    (tmp_path / "crashes" / "running").write_bytes(left)
    (tmp_path / "crashes" / "fault-1").write_text("Fatal Python error: Segmentation fault\n")
    with CrashBook(tmp_path).marked() as ended:
        text = Path(ended).read_text("utf-8")
        assert "settle" in text and "Segmentation fault" in text
    with CrashBook(tmp_path).marked() as ended:
        assert ended == ""
    assert not list((tmp_path / "crashes").glob("fault-*"))


def test_where_nothing_can_be_written_the_till_goes_on(tmp_path: Path) -> None:
    (tmp_path / "crashes").write_text("a file where the folder would be")
    book = CrashBook(tmp_path)
    with book.marked() as ended, book.watched():
        book.did("settle")
        assert book.keep(caught()) is None
    assert ended == ""


def test_a_home_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    home = tmp_path / "nowhere"
    book = CrashBook(home)
    with book.watched():
        assert book.keep(caught()) is None
    assert not home.exists()


def test_the_log_begins_anew_when_it_is_full(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 2000)
    keep_logs(tmp_path)
    for _ in range(200):
        logging.getLogger("storage").warning("a killed import was taken back")
    files = sorted((tmp_path / "logs").iterdir())
    assert len(files) == logs.KEPT + 1
    assert all(file.stat().st_size <= 2000 for file in files)


def test_a_till_that_broke_before_it_stood_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "crashes").mkdir()
    (tmp_path / "crashes" / "fault-1").write_text("Fatal Python error: Aborted\n")
    (tmp_path / "crashes" / "fault-2").write_text("")
    with CrashBook(tmp_path).marked() as ended:
        assert "Aborted" in Path(ended).read_text("utf-8")
    with CrashBook(tmp_path).marked() as ended:
        assert ended == ""
    assert not list((tmp_path / "crashes").glob("fault-*"))


def test_threads_tell_what_they_do_at_once(tmp_path: Path) -> None:
    book, faults = CrashBook(tmp_path), []

    def tell(say: Callable[[str], None]) -> None:
        try:
            for n in range(1_000):
                say("".join(chr(ord("a") + int(digit)) for digit in str(n)))
        except RuntimeError as fault:
            faults.append(fault)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with book.marked():
            says = (book.did, lambda word: book.stands(word, "well"), book.did)
            threads = [threading.Thread(target=tell, args=[say]) for say in says]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            mark = (tmp_path / "crashes" / "running").read_bytes()
    finally:
        sys.setswitchinterval(before)
    assert mark.rstrip(b"\0").endswith(b"jjj"), "they write one mark"
    assert faults == []
