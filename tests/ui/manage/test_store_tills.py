"""同店的机器 in the office: what is beside this till, how it stands, and from when one knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from core.actions.hear_tills import hear_tills
from core.actions.look_at_place import Line
from core.actions.reserve import note_line
from core.actions.sync import begin
from core.shop import Shop
from storage.signatures import Ed25519
from tests.chained import PROGRAM, an_office, join
from tests.chained import Line as Cable
from tests.server.tills import TillAtWork
from tests.storage.making import NOW_US
from tests.ui.manage.store_tills import DAY_US, MINUTE_US, beside, in_chain
from tests.ui.manage.test_running import on_page, shop_of
from ui.manage.running.chain_tills import (
    deeds_words,
    line_cell,
    till_rows,
    told_words,
    untold_words,
)
from ui.manage.running.place import PlacePart
from ui.manage.window import ManageWindow

Manage = Callable[[], ManageWindow]


def states() -> dict[str, tuple[str, str]]:
    """Which machine, with its state and the colour of it."""
    return {row[0].text: (row[1].text, row[1].role) for row in till_rows(in_chain())}


def test_each_state_is_said_in_words() -> None:
    told = states()
    assert told["后台电脑"] == ("在线", "accent_text")
    assert told["2 号台，这台"] == ("在线", "accent_text")
    assert told["1 号台"] == ("在线，钟慢 20 分钟", "warn_text")
    assert told["3 号台"] == ("5 分钟前", "ink")
    assert told["12 号台"] == ("3 天没有联系", "warn_text")
    words, role = told["4 号台"]
    assert words.endswith(" 已停用")
    assert role == "ink_2"


@pytest.mark.parametrize(
    ("silent_us", "words"),
    [
        (2 * MINUTE_US - 1_000_000, "在线"),
        (2 * MINUTE_US, "2 分钟前"),
        (DAY_US - 1_000_000, "24 小时前"),
        (DAY_US, "24 小时没有联系"),
        (-5 * MINUTE_US, "在线"),
    ],
)
def test_silence_counts_from_when_it_was_told(silent_us: int, words: str) -> None:
    """However long ago that is: nobody knows of what was since."""
    later = replace(in_chain(), now_us=NOW_US + DAY_US, tills=(beside(2, silent_us),))
    assert till_rows(later)[0][1].text == words


def test_what_never_came_is_counted_and_the_program_named() -> None:
    found = {row[0].text: [cell.text for cell in row] for row in till_rows(in_chain())}
    assert found["12 号台"][3] == "1,204"
    assert found["2 号台，这台"][3] == "没有"
    assert found["3 号台"][4] == "shuke 0.0.9"


@pytest.mark.parametrize(
    ("line", "head", "now"),
    [
        (Line.OPEN, "总部说的", "在线"),
        (Line.BROKEN, "总部现在连不上；下面是", "没有连上"),
        (Line.UNASKED, "收银台没有开着", "没有问"),
        (Line.OUT, "总部停用了这台；下面是", "总部停用了这台"),
    ],
)
def test_how_old_it_is_and_why_is_told(line: Line, head: str, now: str) -> None:
    found = in_chain(line)
    assert head in told_words(found)
    assert now in line_cell(found).text
    assert told_words(replace(found, told_us=None)) == ""


@pytest.mark.parametrize("line", [Line.BROKEN, Line.UNASKED, Line.OUT])
def test_what_nobody_asks_any_more_is_online_until_then(line: Line) -> None:
    told = {row[0].text: (row[1].text, row[1].role) for row in till_rows(in_chain(line))}
    for till in ("后台电脑", "2 号台，这台", "1 号台"):
        words, role = told[till]
        assert words.startswith("到 ") and words.endswith(" 在线")
        assert role == "ink_2"
    assert told["12 号台"] == ("3 天没有联系", "warn_text")


def test_several_office_pcs_are_numbered_as_they_joined() -> None:
    late = beside(0, 0, enrolled_us=NOW_US - DAY_US, is_here=True)
    early = beside(0, 0, enrolled_us=NOW_US - 9 * DAY_US)
    found = replace(in_chain(), tills=(late, early))
    assert [row[0].text for row in till_rows(found)] == ["后台电脑 2，这台", "后台电脑 1"]


def test_whom_head_office_put_out_is_told_what_to_do() -> None:
    out = in_chain(Line.OUT)
    pc = replace(out, till=replace(out.till, till_no=0))
    assert "总部停用了这台收银台" in deeds_words(out)
    assert "总部停用了这台后台电脑" in deeds_words(pc) and "chain leave" in deeds_words(pc)


def test_an_office_pc_asks_by_itself() -> None:
    """No till window is open there as a rule: the office speaks."""
    asked = in_chain(Line.UNASKED)
    pc = replace(asked, till=replace(asked.till, till_no=0))
    assert line_cell(pc).text == "还没有问到"
    assert told_words(pc).startswith("还没有问到总部；下面是 ")
    assert "后台开着" in untold_words(pc)
    assert "收银台开着" in untold_words(asked)
    assert "后台开着" in line_cell(replace(pc, line=Line.BROKEN)).text


def test_where_one_joins_and_is_put_out_is_told_with_its_command() -> None:
    words = deeds_words(in_chain())
    assert "main.py office code S01" in words
    assert "main.py office revoke S01" in words


def test_the_page_lists_them_and_keeps_them_without_a_line(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = on_page(manage(), qtbot, "place")
    part, shop = page.place, shop_of(page)
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=10_000)
    assert not part.tills.isVisible()
    office = an_office(tmp_path, shop.clock)
    try:
        _joins_and_hears(shop, Cable(office))
        seen(part, qtbot, 2)
        assert [row[0].text for row in _rows(part)] == ["1 号台，这台", "7 号台"]
        assert "总部说的" in part.tills.count.text()
        note_line(shop, is_open=False)
        part.refresh()
        qtbot.waitUntil(lambda: "连不上" in part.tills.count.text(), timeout=10_000)
        assert len(_rows(part)) == 2
    finally:
        office.store.close()  # type: ignore[attr-defined]


def test_where_nothing_was_told_yet_it_says_why(
    manage: Manage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = on_page(manage(), qtbot, "place")
    part, shop = page.place, shop_of(page)
    office = an_office(tmp_path, shop.clock)
    try:
        join(shop, Cable(office))
        part.refresh()
        qtbot.waitUntil(part.tills.isVisible, timeout=10_000)
        assert not part.table.isVisible()
        assert "还没有收到名单" in part.deeds.text()
        assert "main.py office code" in part.deeds.text()
    finally:
        office.store.close()  # type: ignore[attr-defined]


def _joins_and_hears(shop: Shop, cable: Cable) -> None:
    join(shop, cable)
    TillAtWork(7).join(cable.office)
    session, _ = begin(shop, cable, Ed25519(), program=PROGRAM)
    hear_tills(shop, cable, session.token)
    note_line(shop, is_open=True)


def seen(part: PlacePart, qtbot: QtBot, count: int) -> None:
    """Once so many are listed."""
    part.refresh()
    qtbot.waitUntil(lambda: part.table.isVisible() and len(_rows(part)) == count, timeout=10_000)


def _rows(part: PlacePart) -> list[list[object]]:
    rows = part.table.model.rows
    return [list(rows.cells(at)) for at in range(len(rows))]
