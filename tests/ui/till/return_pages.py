"""The sheet of returns in all its states, for the album."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.errors import AskedElsewhere, OnlyForQuality, TooMuchReturned
from tests.ui.till.find_pages import found_sales
from ui.drawer_text import back_by
from ui.look import Look
from ui.text import sentence, tr
from ui.till.effects import Effect
from ui.till.return_state import LineState, ReturnState
from ui.till.returns import ReturnSheet

Draw = Callable[[Look, QWidget], QWidget | None]


def _bought(count: str) -> str:
    return tr("买 {count}", count=count)


LINES = (
    LineState(1, "1", "维生素C咀嚼片", "", "2", 2000),
    LineState(2, "2", "医用外科口罩", "", "1", 1000),
    LineState(3, "3", "枸杞子（散装）", "", "0.375", 375),
    LineState(4, "4", "阿托伐他汀钙片", "", "1", 1000, is_restricted=True),
    LineState(5, "5", "复方丹参滴丸（薄膜滴丸）家庭常备特惠装 27mg×180丸", "", "3", 0),
)


def _line(line: LineState, *, chosen: int = 0, money: str = "", points: str = "") -> LineState:
    if not line.left_milli:
        sub = tr("已全部退回")
    elif line.is_restricted:
        sub = tr("药品只因质量问题退，需店长授权")
    elif money:
        sub = tr("退钱 {money}，收回积分 {points}", money=money, points=points)
    else:
        sub = tr("付了 {money}", money="36.00")
    return replace(line, sub=sub, bought=_bought(line.bought), chosen_milli=chosen, money=money)


def _lines(*, is_chosen: bool) -> tuple[LineState, ...]:
    if not is_chosen:
        return tuple(map(_line, LINES))
    first = _line(LINES[0], chosen=1000, money="33.69", points="50")
    second = _line(LINES[1], chosen=1000, money="25.86", points="38")
    return (first, second, *map(_line, LINES[2:]))


def _effects(*, is_hard: bool) -> tuple[Effect, ...]:
    balance = tr("余额 {before} → {after}", before="12,480", after="12,392")
    effects = [
        Effect("chat", back_by("wechat"), "", "50.00"),
        Effect("cash", back_by("cash"), "", "9.55"),
        Effect("return", tr("收回积分"), balance, "−88"),
    ]
    if not is_hard:
        effects.append(Effect("check", tr("差额"), tr("积分够收回，不从退款里扣"), tr("无")))
        effects.append(Effect("user", tr("等级"), "", tr("仍是{tier}", tier="金卡")))
        return tuple(effects)
    owed = tr("积分不够收回，先欠着，下次积分补上")
    fallen = tr("{before} → {after}", before="金卡", after="银卡")
    why = tr("、").join((tr("过了 {days} 天", days=7), tr("没有小票")))
    return (
        *effects,
        Effect("alert", tr("差额"), owed, tr("差 {points} 分", points="62")),
        Effect("user", tr("等级恢复"), fallen, "银卡"),
        Effect("lock", tr("收银员要店长授权"), why, ""),
    )


def _state(*, is_chosen: bool = True, is_hard: bool = False) -> ReturnState:
    return ReturnState(
        UUID(int=1),
        "S01-T2-000097",
        "S01-T2-000097　2026-11-20 10:26　李*华",
        _lines(is_chosen=is_chosen),
        _effects(is_hard=is_hard) if is_chosen else (),
        "59.55" if is_chosen else "",
        can_void=not is_hard,
    )


def _sheet(look: Look, window: QWidget) -> ReturnSheet:
    sheet = ReturnSheet(look, window)
    sheet.begin()
    sheet.finder.show_found(found_sales())
    return sheet


def returns(look: Look, window: QWidget) -> QWidget:
    return _sheet(look, window)


def returns_unknown(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.finder.search.set_text("S01-T2-000097")
    sheet.show_error(sentence(TooMuchReturned("维生素C咀嚼片", 1000)))
    return sheet


def returns_lines(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.show_sale(_state(is_chosen=False))
    return sheet


def returns_chosen(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.show_sale(_state(is_chosen=False))
    sheet.show_chosen(_state())
    return sheet


def returns_away(look: Look, window: QWidget) -> QWidget:
    """Another till's receipt, of another store with a long name."""
    sheet = _sheet(look, window)
    where = tr("{store}·{till} 号台", store="人民公园东门店", till=12)
    subtitle = f"S02-T12-000097　2026-11-20 10:26　{where}　李*华"
    state = replace(_state(is_hard=True), subtitle=subtitle, no="S02-T12-000097", is_away=True)
    sheet.show_sale(replace(_state(is_chosen=False), subtitle=subtitle, is_away=True))
    sheet.show_chosen(state)
    return sheet


def returns_there(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.finder.search.set_text("S02-T12-000097")
    sheet.show_error(sentence(AskedElsewhere("S02-T12-000097")))
    return sheet


def returns_gift(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    gift = Effect("offer", tr("赠品还在顾客手里"), "抽纸", tr("请一起收回"))
    state = _state(is_hard=True)
    money, others = state.effects[:2], state.effects[2:]
    sheet.show_sale(_state(is_chosen=False))
    sheet.show_chosen(replace(state, effects=(*money, gift, *others)))
    return sheet


def returns_quantity(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.show_sale(_state(is_chosen=False))
    sheet.show_chosen(_state(is_hard=True))
    sheet.lines.asked.emit(3)
    return sheet


def returns_why(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.show_sale(_state(is_chosen=False))
    sheet.show_chosen(_state(is_hard=True))
    sheet.effects.done.click()
    sheet.show_error(sentence(OnlyForQuality("阿托伐他汀钙片")))
    return sheet


def returns_done(look: Look, window: QWidget) -> QWidget:
    sheet = _sheet(look, window)
    sheet.show_sale(_state(is_chosen=False))
    sheet.show_chosen(_state())
    sheet.show_done(_state())
    return sheet


PAGES: tuple[Draw, ...] = (
    returns,
    returns_unknown,
    returns_lines,
    returns_chosen,
    returns_away,
    returns_there,
    returns_gift,
    returns_quantity,
    returns_why,
    returns_done,
)
