"""整理，在话里: lists of data to be looked at, and what two members have in common."""

from __future__ import annotations

from core.actions.tidy import AlikeLine, AlikeOne, Listed
from core.ports.alike import Why
from ui.text import tr
from ui.widgets.row_table import Cell, Column

SHARED = "why"


def columns() -> tuple[Column, ...]:
    """Heads of the table of pairs."""
    return (
        Column("one", tr("先入会的"), 200, is_strong=True),
        Column("other", tr("后入会的"), 200, is_strong=True),
        Column(SHARED, tr("一样的是"), 130, grows=True),
    )


def cells(line: AlikeLine) -> tuple[Cell, ...]:
    """One pair."""
    why = tr("、").join(why_words(each) for each in line.why)
    return Cell(_who(line.one)), Cell(_who(line.other)), Cell(why, "ink_2")


def why_words(why: Why) -> str:
    """What two have in common."""
    match why:
        case Why.PHONE:
            return tr("手机")
        case Why.CARD:
            return tr("卡号只差前面的零")
        case Why.NAME_BIRTHDAY:
            return tr("姓名和生日")
        case Why.PINYIN_PHONE:
            return tr("读音，手机差一位")
    return tr("读音和生日")


def pair_words(line: AlikeLine) -> str:
    """Both, with what tells them apart: when they joined, and their cards."""
    return tr("{one}；{other}", one=_whole(line.one), other=_whole(line.other))


def list_words(listed: Listed) -> tuple[str, str]:
    """What a list is called, and why somebody should look at it."""
    match listed.name:
        case "odd_phone":
            return tr("手机存疑"), tr("像 13800000000、12345678")
        case "odd_birthday":
            return tr("生日存疑"), tr("像 1900-01-01，或大过 105 岁")
        case "odd_name":
            return tr("姓名存疑"), tr("一个字、带数字、只有“女士”")
        case "no_phone":
            return tr("没有手机"), tr("换卡、找人只能靠卡")
        case "no_birthday":
            return tr("没有生日"), tr("享不到生日优惠")
        case "no_consent":
            return tr("没有同意"), tr("没同意过，或收回了同意")
        case "unverified":
            months = listed.conditions.unverified_months
            return tr("该核对了"), tr("{months} 个月没有核对资料", months=months)
    last = listed.conditions.joined_to
    assert last is not None, "who joined later is not asleep"
    return tr("睡着的"), tr("{day} 以后没有来过", day=last.isoformat())


def _who(one: AlikeOne) -> str:
    return "　".join(part for part in (one.name, one.phone) if part)


def _whole(one: AlikeOne) -> str:
    card = tr("卡 {card}", card=one.card) if one.card else one.name
    return tr("{card}，{day} 入会", card=card, day=one.joined_on.isoformat())
