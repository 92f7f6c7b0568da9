"""The real server as a process of its own: it is killed, stopped, refused; nothing is lost."""

from __future__ import annotations

import json
import re
import signal
import socket
import time
from contextlib import ExitStack, closing
from threading import Thread

import httpx2
import pytest
import zxingcpp
from PIL import Image

import main
from core.actions.enrol_till import enrol, make_enrolment, name_store
from core.errors import ServerBusy
from core.sync.invitation import read_invitation
from core.sync.session import Joining
from server.program import opened_office
from server.settings import Settings
from storage.central import HttpCentral
from tests.server.arrival import read_all
from tests.server.kept import kept
from tests.server.program import Running, serving
from tests.server.speech import joins
from tests.server.tills import TillAtWork, push_of, sent
from tests.ui.devices.printed_codes import DPIS, pages_of, read_codes, text_of

BATCH = 20
HQ = "https://hq.example.com/shuke"


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
    assert {"/v1/session", "/v1/events"} == {line["path"] for line in lines if "path" in line}
    for secret in (private.value, begun["token"], member.id.hex, "换零钱", "127.0.0.1"):
        assert secret not in said


def test_who_comes_when_the_server_is_full_comes_again(tmp_path):
    url = f"sqlite:///{tmp_path / 'office.db'}"
    central = HttpCentral()
    with serving(url, "--chain", "康源") as server, ExitStack() as crowd:
        place = (server.client.base_url.host, server.client.base_url.port)
        for _ in range(Settings().connections):
            crowd.enter_context(closing(socket.create_connection(place)))
        with pytest.raises(ServerBusy):
            central.look(str(server.client.base_url))
        crowd.close()
        central.close()
        while server.client.get("/v1/health").status_code != httpx2.codes.OK:
            time.sleep(0.01)  # until it has seen that they are gone


def office_says(capsys, database: str, *words: str) -> str:
    """A command of the head office that must succeed."""
    assert main.main(["office", *words, "--database", database]) == 0
    return capsys.readouterr().out


def test_the_head_office_by_its_commands(database, capsys):
    assert "还没有门店" in office_says(capsys, database, "tills")
    office_says(capsys, database, "store", "S01", "中山路店")
    shown = office_says(capsys, database, "code", "S01", "2", "--address", HQ)
    assert "▀" in shown, "a square to scan"
    code = re.search(r"#(R[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{5})", shown)[1]
    till = TillAtWork(2)
    with opened_office(database, None) as office:
        enrol(office, code.lower(), till.enrolment())
        session = till.begin(office)
        sent(office, session, till.sell(payable_fen=1))
    assert re.search(
        r"S01\t中山路店\t2\t\d{4}-\d\d-\d\d \d\d:\d\d\S*\t0.1\t钟慢",
        office_says(capsys, database, "tills"),
    )
    assert main.main(["office", "cases", "--database", database]) == 0
    cases, advice = capsys.readouterr()
    assert advice.startswith("重算的价不一样：单子照收")
    assert "重算的价不一样\tS01-T2" in cases
    assert cases.splitlines()[1].endswith("\tprice"), "its kind, for scripts"
    ident = cases.splitlines()[1].split("\t")[0]
    office_says(capsys, database, "close-case", ident)
    assert "没有未结的案件" in office_says(capsys, database, "cases")
    office_says(capsys, database, "revoke", "S01", "2")
    assert "已停用" in office_says(capsys, database, "tills")


def test_a_case_shows_beside_its_ids_whom_they_are_of(database, capsys):
    with opened_office(database, None) as office:
        name_store(office, "S01", "中山路店")
        for no, card in ((1, "990079"), (2, "990080")):
            till = TillAtWork(no).join(office)
            joins(till, name="欧阳静怡", phone="+8613912345678", no=card)
            sent(office, till.begin(office), *till.events)
        read_all(office)
    row = office_says(capsys, database, "cases").splitlines()[1].split("\t")
    assert row[-1] == "same_phone"
    assert row[5] in ("欧**怡 990079", "欧**怡 990080"), "both are one by now"


def squares(picture) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_an_invitation_is_read_back_from_terminal_page_and_picture(tmp_path, capsys):
    home, pdf, png = ["--home", str(tmp_path)], tmp_path / "1.pdf", tmp_path / "1.png"
    name = "康源药房中山路人民广场东南角旗舰店"
    main.main(["office", "store", "S01", name, *home])
    capsys.readouterr()
    for file, more in ((pdf, ["--address", HQ]), (png, [])):
        assert main.main(["office", "code", "S01", "2", "-o", str(file), *more, *home]) == 0
        shown = capsys.readouterr().out
        line = re.search(rf"{HQ}#\S+", shown)[0]
        assert squares(seen(shown)) == [line]
        assert read_invitation(line).url == HQ
        if file is png:
            assert squares(Image.open(png)) == [line]
            continue
        [page] = pages_of(pdf.read_bytes())
        assert {text for dpi in DPIS for text, _ in read_codes(page, dpi)} == {line}
        words = text_of(page).replace("\r\n", "")
        assert line in words and name in words and "S01-T2" in words
        assert file.stat().st_mode & 0o077 == 0, "it is a secret"


def seen(shown: str) -> Image.Image:
    """What a terminal with light letters on a dark ground shows: half blocks as squares."""
    rows = [row for row in shown.splitlines() if set(row) <= set("█▀▄ ") and row.strip()]
    page = Image.new("L", (len(rows[0]) * 4, len(rows) * 8), 0)
    for y, row in enumerate(rows):
        for x, sign in enumerate(row):
            for half, signs in enumerate(("█▀", "█▄")):
                if sign in signs:
                    left, top = x * 4, y * 8 + half * 4
                    page.paste(255, (left, top, left + 4, top + 4))
    return page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["serve", "--database", "mysql://a/b"], "不是能用的数据库地址"),
        (["serve", "--database", "c:/office.db"], "不是能用的数据库地址"),
        (["serve", "--database", "postgresql://x@127.0.0.1:1/x"], "数据库用不上（连不上）"),
        (["serve"], "连锁还没有名字"),
        (["serve", "--chain", "康源", "--host", "192.0.2.1"], "不能在 192.0.2.1:8377 上"),
        (["office", "store", "中山", "中山路店"], "不能作门店编号"),
        (["office", "code", "S01", "1"], "还没有说过收银台用哪个地址找总部"),
        (["office", "code", "S01", "1", "--address", "http://hq.example.com"], "不加密"),
        (["office", "code", "S09", "1", "--address", HQ], "没有编号 S09 的门店"),
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
