"""No member's name or phone is readable in any file of a home, nor in what the program says."""

from __future__ import annotations

import signal
import sqlite3
import time
from pathlib import Path

import pypdfium2
import pytest

from tests.outside.program import Till, begin, run, run_process, sell_lines, selling
from tests.outside.tables import member, write_members
from tests.ui.devices.epson_paper import EpsonPaper

ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
JOINED = ("欧阳晓月", "13611112222")
STORY_MEMBERS = (("李小华", "13800135678"), ("陈明", "13800130002"), ("王芳", "13800130003"))
CODES = ("6901234567809", "6901234567816", "6901234567823")


def spellings(name: str, phone: str) -> list[str]:
    grouped = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return [name, phone, f"+86{phone}", grouped, grouped.replace(" ", "-")]


def secrets(people: list[tuple[str, str]]) -> list[bytes]:
    texts = [text for person in people for text in spellings(*person)]
    return sorted({text.encode(encoding) for text in texts for encoding in ENCODINGS})


def readable(folder: Path, wanted: list[bytes]) -> list[str]:
    """Which secrets stand in which file; for receipts also in what a person sees of them."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if data.count(0) == len(data):
            continue  # the reserve: zeros, and too many to search for each secret
        data += str(path.name).encode()
        if path.suffix == ".pdf":
            pages = pypdfium2.PdfDocument(path)
            data += b"".join(page.get_textpage().get_text_range().encode() for page in pages)
            pages.close()
        elif path.suffix == ".bin" and path.parent.name == "receipts":
            data += EpsonPaper(data[: len(data) - len(path.name.encode())], dots=576).text.encode()
        found += [f"{path}: {text!r}" for text in wanted if text in data]
    return found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_members(tmp_path_factory.mktemp("tables") / "members.csv", 3000)


def test_nothing_personal_is_readable_after_a_busy_day(
    home: Path, many: Path, tmp_path: Path
) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    here = {"TMPDIR": str(spill), "SQLITE_TMPDIR": str(spill)}
    people = [(name, phone) for _, name, phone in map(member, range(0, 3000, 250))]
    wanted = secrets([*people, *STORY_MEMBERS, JOINED])
    said = run(home, "printer", f"file:{home / 'paper.bin'}").said
    said += run_process(home, "import", "members", str(many), environment=here).said
    said += _killed_import(home, many)
    with selling(home) as till:
        told = []
        for number in range(0, 3000, 500):
            card, name, phone = member(number)
            for line in (f"find {name}", f"find {phone[-4:]}", f"scan {phone}"):
                told.append(till.obeyed(line))
            told += map(till.obeyed, sell_lines(*CODES, member=card))
        told += map(
            till.obeyed, (f"join {JOINED[1]} {JOINED[0]} 1988-02-03 agreed", *sell_lines(*CODES))
        )
        told.append(till.say(f"join {JOINED[1]} 王二 agreed"))
        told += map(till.obeyed, ("find ouyang", "receipt", "reprint", "receipt S01-T1-000002"))
        said += str(told)
        assert readable(home, wanted) == [], "while it runs, with its write-ahead log"
        till.say("scan 900000500")
        till.kill()
    said += run(home, "backup", "--to", str(home / "stick.db")).said
    with Till(home) as till:
        till.obeyed("login 246810", "scan 800001", *sell_lines(*CODES))
        said += str(till.say("close-day 0 unknown"))
        done = till.end()
        said += done.said
    said += run(home, "verify").said
    assert readable(home, wanted) == []
    assert readable(spill, wanted) == []
    assert [text for text in wanted if text in said.encode()] == []
    assert "欧**月" in said, "masked names are said, so the look at what is said sees something"


def _killed_import(home: Path, table: Path) -> str:
    """An import that was interrupted, and one that was killed, both of the changed table."""
    changed = table.with_name("changed.csv")
    changed.write_text(table.read_text("utf-8").replace(",金卡,", ",银卡,"), "utf-8")
    said = ""
    for number in (signal.SIGINT, signal.SIGKILL):
        process = begin(home, "import", "members", str(changed))
        time.sleep(0.7)
        process.send_signal(number)
        said += "".join(process.communicate())
    return said


def test_the_look_at_files_would_see_a_name(tmp_path: Path) -> None:
    wanted = secrets([JOINED])
    for number, encoding in enumerate(ENCODINGS):
        (tmp_path / f"log{number}").write_bytes("x欧阳晓月y".encode(encoding))
    (tmp_path / "phone").write_bytes(b"tel:+8613611112222;")
    assert len({found.partition(":")[0] for found in readable(tmp_path, wanted)}) == 5


def test_the_store_is_no_database_to_plain_sqlite(home: Path) -> None:
    run(home, "backup")
    files = [home / "store.db", *(home / "backups").glob("*.db")]
    assert len(files) == 2
    for path in files:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        with pytest.raises(sqlite3.DatabaseError, match="file is not a database"):
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.close()


def test_what_lies_in_a_home_is_for_its_owner_alone(home: Path) -> None:
    with selling(home) as till:
        till.obeyed(*sell_lines(*CODES, member="800001"), "receipt", "close-day 116.61")
    assert home.stat().st_mode & 0o077 == 0
    for name in ("store.db", "store.key", "recovery.txt", "settings.json"):
        assert (home / name).stat().st_mode & 0o077 == 0, name
    for path in (home / "backups").iterdir():
        assert path.stat().st_mode & 0o077 == 0, path
