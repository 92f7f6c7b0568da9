"""断掉前放着的: words for what a till that ended suddenly had not taken in."""

from __future__ import annotations

from core.actions.hold import Resumed
from core.actions.kept_codes import KeptCodes
from ui.text import quoted, tr

MOST_NAMED = 3


def names_of(kept: KeptCodes) -> str:
    """What the codes name, as far as a line has room."""
    names = tr("、").join(quoted(name) for name in kept.names[:MOST_NAMED])
    return tr("{names}等", names=names) if len(kept.names) > MOST_NAMED else names


def lost_words(lost: int) -> str:
    """会员卡、手机、券: they may be somebody's, and are kept nowhere."""
    if not lost:
        return ""
    words = "上次断掉前还扫了 {count} 个码，没有留下：会员卡、手机、券这一类不留。请再扫一次。"
    return tr(words, count=lost)


def came_back_words(resumed: Resumed) -> str:
    """What the till without a screen says: of the codes, too, which it does not take in itself."""
    said, kept = [], resumed.kept
    if resumed.is_back and not resumed.counter.basket.is_empty:
        count = len(resumed.counter.basket.lines)
        said.append(tr("上次没结完的一单还在：{count} 行。", count=count))
    if kept.codes:
        codes = " ".join(kept.codes)
        said.append(tr("上次断掉前先放着的码没有收进来，请再扫：{codes}", codes=codes))
    return " ".join([*said, lost_words(kept.lost)]).strip()
