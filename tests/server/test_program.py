"""The real server as a process of its own: it is killed, stopped, refused; nothing is lost."""

from __future__ import annotations

import json
import re
import signal
from threading import Thread

import httpx2
import pytest

import main
from core.actions.enrol_till import enrol, make_enrolment, name_store
from core.sync.session import Joining
from server.program import opened_office
from tests.server.kept import kept
from tests.server.program import Running, serving
from tests.server.tills import TillAtWork, push_of, sent

BATCH = 20


def test_a_server_that_is_killed_while_it_receives_loses_and_doubles_nothing(database):
    with opened_office(database, None) as office:
        name_store(office, "S01", "中山路店")
        code = make_enrolment(office, "S01", 1)
    till = TillAtWork(1)
    member, private = till.join_member()
    for _ in range(15 * BATCH - 1):
        till.note("换零钱")
    batches = [till.events[at : at + BATCH] for at in range(0, len(till.events), BATCH)]
    answered = []

    def send(server: Running, token: str) -> None:
        try:
            for batch in batches:
                answered.append(server.ask("/v1/events", push_of(*batch), token))
        except httpx2.HTTPError:
            return  # it was killed

    with serving(database, "--chain", "康源") as server:
        server.ask("/v1/enroll", Joining(code, till.enrolment()))
        sender = Thread(
            target=send, args=(server, server.ask("/v1/session", till.hello())["token"])
        )
        sender.start()
        while len(answered) < 3 and sender.is_alive():
            sender.join(0.001)
        server.process.send_signal(signal.SIGKILL)
        sender.join()
        server.process.communicate()
    confirmed = answered[-1]["durable_through"]
    assert confirmed == len(answered) * BATCH
    with opened_office(database, None) as office:
        assert len(kept(office, till.id)) >= confirmed
    answered.clear()
    with serving(database) as server:
        till.turn()
        begun = server.ask("/v1/session", till.hello())
        assert begun["durable_through"] >= confirmed
        send(server, begun["token"])
        said = server.end(signal.SIGTERM)
        assert server.process.returncode == 0
    statuses = [each["status"] for answer in answered for each in answer["answers"]]
    assert statuses[:confirmed] == ["duplicate"] * confirmed
    assert set(statuses[confirmed:]) <= {"accepted", "duplicate"}
    with opened_office(database, None) as office:
        assert [event.id for event in kept(office, till.id)] == [each.id for each in till.events]
    lines = [json.loads(line) for line in said.splitlines()]
    assert {"/v1/session", "/v1/events"} == {line["path"] for line in lines}
    for secret in (private.value, begun["token"], member.id.hex, "换零钱", "127.0.0.1"):
        assert secret not in said


def office_says(capsys, database: str, *words: str) -> str:
    """A command of the head office that must succeed."""
    assert main.main(["office", *words, "--database", database]) == 0
    return capsys.readouterr().out


def test_the_head_office_by_its_commands(database, capsys):
    assert "还没有门店" in office_says(capsys, database, "tills")
    office_says(capsys, database, "store", "S01", "中山路店")
    shown = office_says(capsys, database, "code", "S01", "2")
    assert "▀" in shown, "a square to scan"
    code = re.search(r"R[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{5}", shown)[0]
    till = TillAtWork(2)
    with opened_office(database, None) as office:
        enrol(office, code.lower(), till.enrolment())
        session = till.begin(office)
        sent(office, session, till.sell(payable_fen=1))
    assert re.search(
        r"S01\t中山路店\t2\t\d{4}-\d\d-\d\d \d\d:\d\d\S*\t0.1\t钟慢",
        office_says(capsys, database, "tills"),
    )
    cases = office_says(capsys, database, "cases")
    assert "重算的价不一样\tS01-T2" in cases
    ident = cases.splitlines()[1].split("\t")[0]
    office_says(capsys, database, "close-case", ident)
    assert "没有未结的案件" in office_says(capsys, database, "cases")
    office_says(capsys, database, "revoke", "S01", "2")
    assert "已停用" in office_says(capsys, database, "tills")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["serve", "--database", "mysql://a/b"], "不是能用的数据库地址"),
        (["serve", "--database", "c:/office.db"], "不是能用的数据库地址"),
        (["serve", "--database", "postgresql://x@127.0.0.1:1/x"], "数据库用不上（连不上）"),
        (["serve"], "连锁还没有名字"),
        (["serve", "--chain", "康源", "--host", "192.0.2.1"], "不能在 192.0.2.1:8377 上"),
        (["office", "store", "中山", "中山路店"], "不能作门店编号"),
        (["office", "code", "S09", "1"], "没有编号 S09 的门店"),
        (["office", "close-case", "019ab000-0000-7000-8000-000000000001"], "没有未结的案件"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(tmp_path, capsys, words, said):
    place = [] if "--database" in words else ["--home", str(tmp_path)]
    assert main.main([*words, *place]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Error" not in told


def test_a_password_in_an_address_is_not_said(capsys):
    for url in ("postgresql://a:geheim@127.0.0.1:1/x", "mysql://a:geheim@h/x", "a:geheim@h"):
        assert main.main(["serve", "--database", url]) == 2
        assert "geheim" not in "".join(capsys.readouterr())
