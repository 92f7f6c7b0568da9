"""`main.py chain` and what the doctor says of it; a till that has joined nothing loads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

import main
from core.actions.counter import new_basket
from core.actions.day import open_day
from core.actions.enrol_till import make_enrolment
from core.actions.head_office import all_tills, revoke_at
from core.actions.issue import issue_rulebook
from core.errors import OfficeSellsNothing, ServerUnreachable, SessionOver
from core.ports.central import Uplink
from core.sync.invitation import write_invitation
from core.sync.session import OFFICE
from core.sync.wire import Pushed
from storage.machine import SystemClock
from storage.signatures import Ed25519
from tests.builders import PIN, manager_of
from tests.chained import PROGRAM, URL, Line, an_office
from tests.outside.program import run

BY = ("--by", "店长", "--by-pin", PIN)


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """What the till speaks with in place of the network."""
    office = an_office(tmp_path, SystemClock())
    made = Line(office)
    monkeypatch.setattr("main.uplink", lambda: Uplink(lambda: made, Ed25519, PROGRAM))
    monkeypatch.setattr("storage.central.HttpCentral.look", lambda _, url: made.look(url))
    yield made
    office.store.close()  # type: ignore[attr-defined]


def test_a_till_joins_sends_and_leaves_without_a_screen(home: Path, line: Line) -> None:
    assert run(home, "chain", "status").code == 2
    code = make_enrolment(line.office, "S01", 1)
    joined = run(home, "chain", "join", URL, code, *BY)
    assert joined.code == 0 and "康宁连锁" in joined.out and "中山路店" in joined.out
    assert "还有" in run(home, "chain", "status").out
    assert "都在总部了" in run(home, "chain", "send").out
    assert "都传完了" in run(home, "chain", "status").out
    again = run(home, "chain", "join", URL, code, *BY)
    assert again.code == 2 and "已经在“康宁连锁”里" in again.err
    assert run(home, "chain", "leave", *BY).code == 0
    assert run(home, "chain", "send").code == 2


SETUP = ("setup", "--manager", "李店长", "--pin", "246810")


def test_a_till_is_set_up_by_an_invitation_alone(tmp_path: Path, line: Line) -> None:
    home = tmp_path / "new"
    text = write_invitation(URL, make_enrolment(line.office, "S01", 7))
    nobody = run(home, *SETUP, "--chain", f"{URL}#R000-0000-00008")
    assert nobody.code == 2 and "没有这个入网码" in nobody.err
    line.faults = ["request"]
    unasked = run(home, *SETUP, "--chain", text).err
    assert "没有问到总部" in unasked and "此外什么都没有改动" in unasked
    assert not (home / "store.db").exists(), "nothing is made before it is known what"
    line.faults = ["", "request"]
    alone = run(home, *SETUP, "--chain", text)
    assert alone.code == 2 and "中山路店 7 号台准备好了" in alone.out
    assert "这台没有入网" in alone.err and "请用 main.py chain join" in alone.err
    assert run(home, "chain", "join", *text.split("#"), "--by", "李店长", *BY[2:]).code == 0
    other = tmp_path / "other"
    text = write_invitation(URL, make_enrolment(line.office, "S01", 8))
    made = run(other, *SETUP, "--chain", text)
    assert made.code == 0 and "入了“康宁连锁”的网" in made.out
    assert "都在总部了" in run(other, "chain", "send").out
    assert "请加上 --till" in run(tmp_path / "third", *SETUP, "--store", "新店").err


def test_a_fresh_till_begins_by_the_rules_of_head_office(tmp_path: Path, line: Line) -> None:
    """The first exchange is part of the setting up; where it was lost, that is said."""
    tills = tmp_path / "first", tmp_path / "second"
    codes = [write_invitation(URL, make_enrolment(line.office, "S01", no)) for no in (7, 8)]
    line.faults = ["", "", "request"]
    made = run(tills[0], *SETUP, "--chain", codes[0])
    assert made.code == 0 and "chain send --home" in made.err
    with main.visited(tills[0]) as shop:
        own = new_basket(shop).rulebook
        on = shop.now().business_on
    issue_rulebook(line.office, replace(own, version=7), begins_on=on, today=on)
    made = run(tills[1], *SETUP, "--chain", codes[1])
    assert made.code == 0 and "总部发的规则和商品也收了" in made.out
    with main.visited(tills[1]) as shop:
        assert new_basket(shop).rulebook.version == 7
    assert "都传完了" in run(tills[1], "chain", "status").out


def test_an_office_pc_joins_works_by_rights_and_sells_nothing(tmp_path: Path, line: Line) -> None:
    home = tmp_path / "office pc"
    text = write_invitation(URL, make_enrolment(line.office, "S01", 0, kind=OFFICE))
    refused = run(tmp_path / "shop", *SETUP, "--store", "新店", "--till", "1")
    assert refused.code == 0
    by = ("--by", "李店长", *BY[2:])
    assert "给后台电脑的" in run(tmp_path / "shop", "chain", "join", text, *by).err
    made = run(home, *SETUP, "--chain", text)
    assert made.code == 0 and "中山路店 的后台电脑准备好了" in made.out
    assert run(home, "staff", "王芳", "--pin", "135246").code == 0
    assert "都在总部了" in run(home, "chain", "send").out
    with main.opened(home) as shop, pytest.raises(OfficeSellsNothing):
        open_day(shop, float_fen=0, staff=manager_of(shop))
    done = run(
        home,
        "till",
        "--headless",
        lines=["login 李店长 246810", "open-day 0", "scan 6901234567892"],
    )
    assert "不收款" in done.out and "备用金" not in done.said
    assert [(each.kind, each.till_no) for each in all_tills(line.office)] == [(OFFICE, 0)]
    revoke_at(line.office, "S01", 0)
    assert run(home, "chain", "send").code == 2
    said = run(home, "chain", "status").out
    assert "总部停用了这台后台电脑" in said and "有回应" not in said
    assert "总部停用了这台后台电脑" in run(home, "doctor").out


def test_the_doctor_says_how_it_stands(home: Path, line: Line) -> None:
    assert "总部" not in run(home, "doctor").out
    run(home, "chain", "join", URL, make_enrolment(line.office, "S01", 1), *BY)
    assert "有回应" in run(home, "doctor").out

    def cut() -> None:
        raise ServerUnreachable("nowhere")

    line.on_the_way = cut
    found = run(home, "doctor").out
    assert "连不上总部：找不到这个地址" in found
    assert "[看一看] 总部" in found


def test_sending_goes_on_where_a_till_beside_it_ends_the_session(
    home: Path, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(home, "chain", "join", URL, make_enrolment(line.office, "S01", 1), *BY)
    real, others = line.push, [SessionOver()] * 2

    def push(*told: object) -> Pushed:
        if others:
            raise others.pop()
        return real(*told)

    monkeypatch.setattr(line, "push", push)
    assert "都在总部了" in run(home, "chain", "send").out
    assert line.is_closed
    others += [SessionOver()] * 99
    run(home, "chain", "leave", *BY)
    revoke_at(line.office, "S01", 1)
    run(home, "chain", "join", URL, make_enrolment(line.office, "S01", 1), *BY)
    assert run(home, "chain", "send").code != 0
