"""全店的销售，在话里: what an office PC counts, and until when that is known."""

from __future__ import annotations

from core.actions.look_at_store_sales import StoreSalesSeen, TillSeen
from ui.catalogue import tr
from ui.moment_words import when


def counted_words(seen: StoreSalesSeen) -> str:
    """For the header: so many words as fit beside the place."""
    silent = [till for till in seen.tills if till.is_silent]
    said = [_state(seen)]
    if len(silent) == 1 and not seen.is_stale:
        said.append(till_words(seen, silent[0]))
    elif silent and not seen.is_stale:
        said.append(tr("{count} 台没有连上总部，之后的没有算", count=len(silent)))
    if seen.unread:
        said.append(unread_words(seen))
    return tr("，").join(said)


def store_sales_facts(seen: StoreSalesSeen) -> list[tuple[str, str, str]]:
    """Label, value and colour, for the page of the place."""
    is_slow = seen.is_stale or not seen.is_whole
    facts = [(tr("全店的销售"), _state(seen), "warn_text" if is_slow else "accent_text")]
    if seen.unread:
        facts.append((tr("没有算进来的"), unread_words(seen), "warn_text"))
    return facts


def _state(seen: StoreSalesSeen) -> str:
    said = [_known(seen)]
    if seen.is_stale and seen.heard_us is not None:
        at = _at(seen, seen.heard_us)
        is_said = seen.is_whole and seen.whole_us == seen.heard_us
        said.append(tr("之后没有再取到") if is_said else tr("{at} 起没有再取到", at=at))
    return tr("，").join(said)


def till_words(seen: StoreSalesSeen, till: TillSeen) -> str:
    """Until when the sales of one till are known."""
    return tr("{no} 号台只到 {at}", no=till.till_no, at=_at(seen, till.heard_us))


def unread_words(seen: StoreSalesSeen) -> str:
    """What is not among the figures."""
    return tr("{count} 笔看不懂，没有算", count=f"{seen.unread:,}")


def _known(seen: StoreSalesSeen) -> str:
    if seen.heard_us is None:
        return tr("还没有取到全店的销售")
    if seen.whole_us is not None and seen.is_whole:
        return tr("算全店的销售，到 {at}", at=_at(seen, seen.whole_us))
    if seen.back_to is None:
        return tr("还在取全店的销售")
    day = tr("{month} 月 {day} 日", month=seen.back_to.month, day=seen.back_to.day)
    return tr("还在取全店的销售，取到 {day}", day=day)


def _at(seen: StoreSalesSeen, at_us: int) -> str:
    return when(at_us, seen.now_us, seen.zone)
