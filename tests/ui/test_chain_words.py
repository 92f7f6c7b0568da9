"""在线 · 离线，在话里: what the header flags, and what the rows of the sheet are marked with."""

from __future__ import annotations

from datetime import UTC
from uuid import UUID

import pytest
from msgspec.structs import replace

from core.actions.take_snapshot import Progress
from core.errors import MemberFrozen, NotInChain
from core.members.card import no_card
from core.ports.central import Waiting
from ui.chain_words import Fact, chip, facts
from ui.link_state import LinkState
from ui.moment_words import span_words
from ui.text import sentence

HOUR_S = 3600
ONLINE = LinkState(
    "康宁连锁", "https://hq", Waiting(0, None), is_online=True, since_us=0, answered_us=0
)


def fact(state: LinkState, name: str) -> Fact:
    return next(each for each in facts(state, 0, UTC) if each.name == name)


@pytest.mark.parametrize(
    ("behind_s", "text", "mark"),
    [
        (0, "在线", ""),
        (15 * 60 - 1, "在线", ""),
        (15 * 60, "时钟慢 15 分钟", "clock"),
        (-5 * HOUR_S, "时钟快 5 小时", "clock"),
        (3650 * 24 * HOUR_S, "时钟慢 3,650 天", "clock"),
    ],
)
def test_a_clock_that_differs_by_a_quarter_of_an_hour_is_flagged(
    behind_s: int, text: str, mark: str
) -> None:
    state = replace(ONLINE, clock_behind_us=behind_s * 1_000_000)
    assert chip(state, 0, UTC).text == text
    assert fact(state, "clock").mark == mark


def test_a_line_that_is_cut_is_said_before_a_clock() -> None:
    state = replace(ONLINE, is_online=False, clock_behind_us=HOUR_S * 1_000_000)
    assert chip(state, 0, UTC).text == "离线 00:00 起"
    waiting = replace(state, waiting=Waiting(1_284, 0))
    assert chip(waiting, 0, UTC).text == "离线 00:00 起·待传 1,284"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(59, "1 分钟"), (61, "2 分钟"), (7200, "2 小时"), (2 * 86_400, "2 天"), (7199, "2 小时")],
)
def test_a_span_is_said_in_the_measure_that_fits_it(seconds: int, said: str) -> None:
    assert span_words(seconds) == said


def test_a_directory_that_comes_fills_a_bar_once_its_size_is_told() -> None:
    for taking, permille in (
        (None, None),
        (Progress(0, 1_000), None),
        (Progress(412, 1_000, is_told=True), 412),
        (Progress(0, 0, is_told=True), None),
        (Progress(1_000, 1_000, is_told=True, is_done=True), None),
    ):
        assert fact(replace(ONLINE, taking=taking), "directory").permille == permille


def test_who_is_in_no_chain_hears_how_to_join_with_a_screen_and_without() -> None:
    said = sentence(NotInChain())
    assert "“上传”" in said
    assert "main.py chain join" in said


def test_of_a_frozen_visitor_nothing_is_said_that_nobody_knows() -> None:
    said = sentence(MemberFrozen("李*华", no_card(UUID(int=7)), ""))
    assert "已冻结：总部没有说为什么。" in said
    assert "（卡号 这里不知道）" in said
