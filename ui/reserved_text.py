"""没有留成: why points of a chain were not set aside, and what can be done now."""

from __future__ import annotations

from core.actions.counter import Counter
from core.errors import NoSuchMember, NotEnoughPoints, Unavailable
from ui.text import sentence, tr


def not_reserved_words(error: Exception, counter: Counter) -> str:
    """Of points as money: with how many there are instead."""
    if isinstance(error, NotEnoughPoints):
        return _few_words(error.most)
    if not isinstance(error, Unavailable):
        return _of_member(error)
    most = 0 if counter.file is None else counter.file.spendable
    if most:
        words = "总部没有及时回答，没有用积分；这台留着离线额度，可以用 {most} 分，或再试一次。"
        return tr(words, most=f"{most:,}")
    return tr("总部没有及时回答，没有用积分；请再试一次，或用别的方式收款。")


def reward_words(error: Exception) -> str:
    """Of a reward."""
    if isinstance(error, NotEnoughPoints):
        words = "总部现在只有 {most} 分能用，不够换：其余的别的收银台正用着，或留着。积分没有动。"
        return tr(words, most=f"{error.most:,}")
    if isinstance(error, Unavailable):
        return tr("总部没有及时回答，没有换成，积分没有动；请过一会儿再换。")
    return _of_member(error)


def _few_words(most: int) -> str:
    if not most:
        return tr("总部现在没有能用的分：别的收银台正用着，或留着。积分没有动；请用别的方式收款。")
    words = (
        "总部现在只有 {most} 分能用：其余的别的收银台正用着，或留着。请改用 {most} 分，或不用积分。"
    )
    return tr(words, most=f"{most:,}")


def _of_member(error: Exception) -> str:
    if isinstance(error, NoSuchMember):
        return tr("总部还没收到这位会员的资料。积分没有动；等上传完再用。")
    return sentence(error)
