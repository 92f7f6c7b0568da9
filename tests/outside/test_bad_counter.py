"""Whatever is typed or scanned wrongly: one clear sentence, basket and day stay as they are."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.outside.program import LOGIN, Till, is_clear, run, sell_lines, selling, words_of

GOOD = "6901234567823"


@pytest.fixture(scope="module")
def counter(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """A till with a member and one line in the basket, and 5.00 paid by card."""
    import shutil

    home = Path(shutil.copytree(template, tmp_path_factory.mktemp("bad") / "home"))
    with selling(home) as till:
        till.obeyed("scan 800001", f"scan {GOOD}", "pay card 5.00")
        yield till


BAD_LINES = [
    # scans
    "scan 6909999999996",
    "scan 6901234567824",
    f"scan {'9' * 500}",
    f"scan {'码' * 500}",
    "scan 69012\x0134567823",
    "scan \x00",
    "scan \x1b[2J",
    "scan \ufffe\udcff".encode("utf-8", "replace").decode(),
    "scan 😀",
    "scan",
    "scan   ",
    "scan 2010086000000",
    "scan 99999999999",
    # quantities
    *(f"qty {text}" for text in ("0", "-1", "0.0001", "10000", "1000000000", "1e5", "nan", "二")),
    *(f"qty {text}" for text in ("1/2", "0x10", "1_000", "٣x", "", "1 9", "1 x", "1 ²", "1 0")),
    "remove 9",
    "remove -1",
    f"remove {'9' * 400}",
    # prices and products
    "add-product 77001 0 理疗仪",
    "add-product 77001 -3 理疗仪",
    "add-product 77001 1000000.01 理疗仪",
    "add-product 77001 12.345 理疗仪",
    "add-product 77001 x 理疗仪",
    f"add-product 77001 1 {'长' * 81}",
    "add-product 77001 1 a\x07b",
    f"add-product {GOOD} 1 感冒灵",
    f"add-product {'7' * 500} 1 理疗仪",
    "add-product 800002 1 一张卡",
    # tenders
    *(f"pay {kind} 0" for kind in ("cash", "card", "insurance", "voucher")),
    "pay cash -1",
    "pay card 99.00",
    "pay cash 6901234567823",
    f"pay cash {'9' * 60}",
    "pay cash 1,5",
    "pay cash nan",
    "pay cash 1.005",
    "pay shells 1",
    "pay cash",
    # members
    "join 13800135678 李华 agreed",
    "join 138 李华 agreed",
    "join 13912345678 '' agreed",
    f"join 13912345678 {'长' * 41} agreed",
    "join 13912345678 a\x07b agreed",
    "join 13912345678 赵雷 1990-02-30 agreed",
    "join 13912345678 赵雷 2999-01-01 agreed",
    "join 13912345678 赵雷 农历13-40 agreed",
    "join 13912345678 赵雷 1990-01-01 800001 agreed",
    "join 13912345678 赵雷 1990-01-01 6901234567809 agreed",
    "join 13912345678 赵雷 1990-01-01 12 agreed",
    "join 13912345678 '赵雷 agreed",
    # days, paper, words
    "open-day 100",
    "open-day x",
    "close-day 10",
    "receipt S01-T1-999999",
    "receipt ../../etc/passwd",
    "reprint \x00",
    "choose 9",
    "choose 0",
    f"choose {'9' * 40}",
    "login 000000",
    "login 没有 246810",
    f"login {'1' * 5000}",
    "sing",
    "s" * 10_000,
    "\x00\x01\x02",
    "'",
]


@pytest.mark.parametrize("line", BAD_LINES, ids=range(len(BAD_LINES)))
def test_one_sentence_and_nothing_lost(counter: Till, line: str) -> None:
    before = counter.obeyed("find 感冒")
    counter.refused(line)
    after = counter.obeyed("find 感冒")
    assert after == before


@given(st.text(st.characters(blacklist_characters="\r\n", codec="utf-8"), max_size=300))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_scan_and_any_search_is_answered(counter: Till, text: str) -> None:
    """Python's own reading of lines also ends them at other signs than a line feed."""
    for line in (f"scan {text}", f"find {text}"):
        answer = counter.say(line) if line.strip() not in ("", "#") else {"ok": True}
        if not answer["ok"]:
            assert is_clear(answer["say"]), answer["say"]
    if len(answer["basket"]["lines"]) > 1:
        counter.obeyed("remove 2")


def test_a_queue_of_scans_goes_on_behind_an_unknown_one(home: Path) -> None:
    lines = [
        LOGIN,
        "open-day 0",
        "scan 800001",
        "scan 6909999999996",
        f"scan {GOOD}",
        "scan x" * 99,
    ]
    lines += [f"scan {GOOD}", "pay cash 100"]
    done = run(home, "till", "--headless", lines=lines)
    assert done.code == 0
    assert "感冒灵颗粒 × 2" in done.out
    assert "S01-T1-000001 已结账" in done.out


PAGES = [
    {"LC_ALL": "zh_CN.GBK", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "utf-8:strict"},
    {"PYTHONIOENCODING": "cp1252"},
]


@pytest.mark.parametrize("environment", PAGES)
def test_bytes_that_are_no_text_end_no_till(home: Path, environment: dict[str, str]) -> None:
    """Whatever code page the machine has, the till reads and writes UTF-8."""
    done = subprocess.run(
        words_of(home, "till", "--headless", "--json"),
        input=b"login 246810\nopen-day 0\nscan \xff\xfe\x80\nscan 6901234567823\npay cash 20\n"
        b"find \xe6\x84\x9f\xe5\x86\x92\n",
        capture_output=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr.decode()
    last = json.loads(done.stdout.decode("utf-8").splitlines()[-1])
    assert last["sale"]["no"] == "S01-T1-000001"
    assert last["found"][0]["name"] == "感冒灵颗粒"


def test_a_reader_that_goes_away_ends_the_till_quietly(home: Path) -> None:
    with subprocess.Popen(
        words_of(home, "till", "--headless"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as till:
        assert till.stdin is not None
        assert till.stdout is not None
        assert till.stderr is not None
        till.stdout.close()
        till.stdin.write(f"{LOGIN}\nopen-day 0\n")
        till.stdin.close()
        assert "Traceback" not in till.stderr.read()


def test_a_sale_pressed_twice_is_sold_once(home: Path) -> None:
    with selling(home) as till:
        sold = till.obeyed(*sell_lines(GOOD))["sale"]
        assert "没有商品" in till.refused("pay cash 20")
        assert till.obeyed("day")["say"].count("销售 1 笔") == 1
        assert sold["no"] == "S01-T1-000001"
