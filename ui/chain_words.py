"""在线 · 离线，在话里: how the till stands with its server, at a glance and in full."""

from __future__ import annotations

from datetime import tzinfo

from msgspec import Struct

from core.actions.received import Received
from core.actions.sync import MOST_COUNTED, OLD_US, Unsafe
from core.errors import TillRevoked
from ui.directory_words import directory_words, taking_words
from ui.link_state import LinkState
from ui.moment_words import span_words, when
from ui.text import sentence, tr

SHOWN_S, FLAGGED_S = 60, 15 * 60
"""A clock that differs so much is shown, and flagged (sync.md 7)."""
EXAMPLE = "https://hq.example.com#R123-4567-89ABC"
"""入网码: how one looks, in a field that waits for it."""


class Said(Struct, frozen=True):
    """Words with the icon and the tone of a status."""

    icon: str
    text: str
    tone: str = "plain"


class Fact(Struct, frozen=True):
    """A row of the sheet; `role` is the colour of the value, `mark` the icon before it.

    `permille`: how far something is that fills.
    """

    name: str
    label: str
    value: str
    role: str = "ink"
    mark: str = ""
    permille: int | None = None


def chip(state: LinkState, now_us: int, zone: tzinfo) -> Said:
    """What the header says: the most urgent thing alone."""
    count = f"{state.waiting.count:,}"
    if state.is_out:
        is_revoked = isinstance(state.error, TillRevoked)
        return Said("alert", tr("总部停用") if is_revoked else tr("总部不认得"), "warn")
    if state.has_met_copy:
        return Said("alert", tr("有另一份"), "warn")
    if state.is_fault_here:
        return Said("alert", tr("没传成"), "warn")
    if not state.is_online and state.since_us is None:
        return Said("sync", tr("连总部"))
    if not state.is_online:
        since = when(state.since_us or 0, now_us, zone)
        words = tr("离线 {since} 起", since=since)
        if state.waiting.count:
            words = tr("离线 {since} 起·待传 {count}", since=since, count=count)
        return Said("offline", words, "warn" if is_old(state, now_us) else "plain")
    if state.kept_apart:
        return Said("flag", tr("{count} 条另放", count=f"{state.kept_apart:,}"), "warn")
    if state.not_taken is not None or (state.received and state.received.left):
        return Said("flag", tr("总部的没收下"), "warn")
    behind_s = state.clock_behind_us // 1_000_000
    if abs(behind_s) >= FLAGGED_S:
        words = "时钟慢 {span}" if behind_s > 0 else "时钟快 {span}"
        return Said("clock", tr(words, span=span_words(abs(behind_s))), "warn")
    if state.waiting.count:
        return Said("sync", tr("上传 {count}", count=count))
    if state.taking is not None and not state.taking.is_done:
        return Said("sync", taking_words(state.taking))
    return Said("online", tr("在线"), "good")


def put_out_words(*, is_office: bool) -> str:
    """What it means that head office wants this machine no more, and what to do."""
    if not is_office:
        return sentence(TillRevoked())
    return tr(
        "总部停用了这台后台电脑，不再收它的记录，也不再给它全店的销售。已经有的都在这台上；"
        "要再用，请先退网（main.py chain leave），再用新的入网码入网。"
    )


def is_old(state: LinkState, now_us: int) -> bool:
    """Whether anything waits for more than a day."""
    since_us = state.waiting.since_us
    return since_us is not None and now_us - since_us > OLD_US


def notice(state: LinkState) -> str:
    """What a person should read once, "" where there is nothing: what, what not, what to do."""
    if state.is_out and state.error is not None:
        return sentence(state.error)
    if state.has_met_copy:
        return tr(
            "总部见过这台收银台的另一份，这一份另外编号了。两份的账都留着，收款照常；"
            "请想一想是不是恢复过备份，或复制过这块硬盘。"
        )
    return ""


def unsafe_words(unsafe: Unsafe, *, is_leaving: bool = False) -> str:
    """没传完: what is wrong; what is not; what to do."""
    words = (
        "销售等 {count} 条记录只在这台电脑上，还没有传到总部。账没有少；请接通网络，传完再收电脑。"
    )
    if is_leaving:
        words = (
            "销售等 {count} 条记录只在这台电脑上，还没有传到总部，窗口没有关。账没有少；"
            "请接通网络等它传完，或再关一次就退出。"
        )
    return tr(words, count=f"{unsafe.count:,}")


def facts(state: LinkState, now_us: int, zone: tzinfo, sales: int | None = None) -> list[Fact]:
    """All there is to know, one row each; `sales` of those that wait are sales, once counted."""
    has_answered = state.answered_us is not None
    return [
        Fact("chain", tr("连锁"), state.chain_name),
        Fact("url", tr("总部"), state.url),
        _now(state, now_us, zone),
        Fact(
            "answered",
            tr("上次回答"),
            when(state.answered_us or 0, now_us, zone) if has_answered else tr("还没有"),
        ),
        _waiting(state, now_us, zone, sales),
        _apart(state.kept_apart),
        _clock(state.clock_behind_us // 1_000_000 if has_answered else None),
        _directory(state, now_us, zone),
        *_received(state.received, now_us, zone),
    ]


def why_not(state: LinkState) -> str:
    """Why nothing goes, in words, or what else a person has to know; "" where all is well."""
    left = state.received.left if state.received else None
    error = state.error or state.not_taken or left or state.not_loaded
    return notice(state) if error is None else sentence(error)


def _now(state: LinkState, now_us: int, zone: tzinfo) -> Fact:
    if state.is_fault_here:
        return Fact("now", tr("现在"), tr("没传成"), "warn_text", "alert")
    if state.since_us is None:
        return Fact("now", tr("现在"), tr("正在连总部"), mark="sync")
    since = when(state.since_us, now_us, zone)
    if state.is_online:
        words = tr("在线，{since} 起", since=since)
        return Fact("now", tr("现在"), words, "accent_text", "online")
    role = "warn_text" if state.is_out else "ink"
    return Fact("now", tr("现在"), tr("离线，{since} 起", since=since), role, "offline")


def _waiting(state: LinkState, now_us: int, zone: tzinfo, sales: int | None) -> Fact:
    label, since_us = tr("没有传的"), state.waiting.since_us
    if since_us is None:
        return Fact("waiting", label, tr("没有，都在总部了"))
    count, since = f"{state.waiting.count:,}", when(since_us, now_us, zone)
    if not sales:
        words = tr("{count} 条，最早的 {since}", count=count, since=since)
    elif sales < MOST_COUNTED:
        words = "{count} 条，其中销售 {sales} 笔，最早的 {since}"
        words = tr(words, count=count, sales=f"{sales:,}", since=since)
    else:
        words = "{count} 条，其中销售 {sales} 笔以上，最早的 {since}"
        words = tr(words, count=count, sales=f"{sales:,}", since=since)
    if is_old(state, now_us):
        return Fact("waiting", label, words, "warn_text", "alert")
    return Fact("waiting", label, words)


def _apart(count: int) -> Fact:
    if not count:
        return Fact("apart", tr("总部另放"), tr("没有另放的"))
    words = tr("{count} 条，等总部的人看过", count=f"{count:,}")
    return Fact("apart", tr("总部另放"), words, "warn_text", "flag")


def _directory(state: LinkState, now_us: int, zone: tzinfo) -> Fact:
    taking = state.taking
    words, role = directory_words(state.directory, taking, now_us, zone)
    mark, permille = "alert" if role == "warn_text" else "", None
    if taking is not None and not taking.is_done and taking.is_told and taking.members:
        permille = taking.total * 1000 // taking.members
    return Fact("directory", tr("会员名录"), words, role, mark, permille)


def received_lines(received: Received, now_us: int, zone: tzinfo) -> list[str]:
    """The same without a screen: what was taken, and what could not be used."""
    said = [
        tr("规则册：{said}。", said=_rulebook_words(received)),
        tr("总部的价：{said}。", said=_prices_words(received, now_us, zone)),
    ]
    return said if received.left is None else [*said, sentence(received.left)]


def _received(received: Received | None, now_us: int, zone: tzinfo) -> list[Fact]:
    labels = tr("用的规则册"), tr("总部的价")
    if received is None:
        unknown = tr("还不知道")
        return [Fact("rulebook", labels[0], unknown), Fact("prices", labels[1], unknown)]
    return [
        Fact("rulebook", labels[0], _rulebook_words(received)),
        Fact("prices", labels[1], _prices_words(received, now_us, zone)),
    ]


def _rulebook_words(received: Received) -> str:
    version, coming = received.rulebook, received.next_rulebook
    if received.rulebook_since is None:
        said = tr("这台自己的第 {version} 版", version=version)
    else:
        since = f"{received.rulebook_since:%m-%d}"
        said = tr("总部第 {version} 版，{since} 起", version=version, since=since)
    if coming is None:
        return said
    words = "{said}；{day} 换第 {version} 版"
    return tr(words, said=said, day=f"{coming.on:%m-%d}", version=coming.number)


def _prices_words(received: Received, now_us: int, zone: tzinfo) -> str:
    coming = received.next_prices
    if received.prices_us is None:
        return tr("没有下发")
    said = tr("{at} 收到", at=when(received.prices_us, now_us, zone))
    if coming is None:
        return said
    words = "{said}；{day} 起还有 {count} 个要变"
    return tr(words, said=said, day=f"{coming.on:%m-%d}", count=f"{coming.number:,}")


def _clock(behind_s: int | None) -> Fact:
    if behind_s is None:
        return Fact("clock", tr("时钟"), tr("还不知道"))
    label, apart = tr("时钟"), abs(behind_s)
    if apart < SHOWN_S:
        return Fact("clock", label, tr("和总部一样"))
    words = "比总部慢 {span}" if behind_s > 0 else "比总部快 {span}"
    said = tr(words, span=span_words(apart))
    if apart < FLAGGED_S:
        return Fact("clock", label, said)
    words = tr("{said}，请校对电脑的时间", said=said)
    return Fact("clock", label, words, "warn_text", "clock")
