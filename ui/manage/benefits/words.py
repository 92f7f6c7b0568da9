"""发券，在话里: what rounds and codes say, of figures that were counted elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.actions.coupon_rounds import Followed
from core.actions.handouts import Far, Meant
from core.members.masks import mask_card, mask_name
from core.sales.handout import CodeState, Round, RoundCode
from core.values.money import format_money
from ui.text import tr
from ui.widgets.row_table import Cell, Column

Row = tuple[Cell, ...]


def round_columns() -> tuple[Column, ...]:
    """Of the table of rounds."""
    return (
        Column("on", tr("发券日"), 120),
        Column("name", tr("券"), 120, grows=True, is_strong=True),
        Column("for", tr("给谁"), 120, grows=True),
        Column("count", tr("发了"), 84, is_number=True),
        Column("held", tr("没用"), 84, is_number=True),
        Column("used", tr("用了"), 84, is_number=True),
        Column("expired", tr("过期"), 84, is_number=True),
        Column("withdrawn", tr("收回了"), 84, is_number=True),
        Column("turnover", tr("带来营业额"), 132, is_number=True),
    )


def round_row(name: str, it: Round) -> Row:
    """One round; where members still wait it says so."""
    whom = whom_words(it)
    role = "ink_2"
    if it.waiting and not it.is_stopped:
        whom, role = tr("{whom}，还有 {count} 位没发", whom=whom, count=it.waiting), "warn_text"
    counts = (it.count, it.held, it.used, it.expired, it.withdrawn)
    return (
        Cell(it.business_on.isoformat(), "ink_2"),
        Cell(name),
        Cell(whom, role),
        *(Cell(f"{each:,}", "ink" if each else "ink_3") for each in counts),
        Cell(format_money(it.turnover_fen), "ink" if it.turnover_fen else "ink_3"),
    )


def whom_words(it: Round) -> str:
    """In the words of who began it; a batch of the till says whether it is a member's."""
    return it.title or (tr("一位会员") if it.is_for_members else tr("不记名"))


def counted_words(found: Followed) -> str:
    """Whose sales the figures are of, "" where those are all there are."""
    if not found.is_in_chain:
        return ""
    if found.is_office:
        return tr("用了和营业额算全店的单")
    return tr("用了和营业额只算这台收银台上的单")


def state_words(state: CodeState) -> str:
    """What became of a code."""
    match state:
        case CodeState.HELD:
            return tr("没用")
        case CodeState.USED:
            return tr("用了")
        case CodeState.EXPIRED:
            return tr("过期")
        case CodeState.WITHDRAWN:
            return tr("收回了")


def code_columns() -> tuple[Column, ...]:
    """Of the rows behind a figure of a round."""
    return (
        Column("code", tr("券码"), 150, grows=True),
        Column("card", tr("卡号"), 120),
        Column("name", tr("姓名"), 90),
        Column("state", tr("状态"), 80),
        Column("until", tr("用到"), 116),
        Column("sale", tr("单号"), 156),
        Column("taken", tr("这单实收"), 110, is_number=True),
    )


def code_rows(found: Iterable[RoundCode]) -> list[Row]:
    """Whose they are is masked."""
    return [tuple(Cell(text) for text in _code_cells(each)) for each in found]


def code_headings() -> tuple[str, ...]:
    """Of a file of codes."""
    told = (tr("券码"), tr("券"), tr("卡号"), tr("姓名"), tr("状态"))
    return (*told, tr("起用日"), tr("用到"), tr("单号"), tr("这单实收"))


def code_cells(name: str, found: Iterable[RoundCode]) -> list[tuple[str, ...]]:
    """The same as rows of a file."""
    rows: list[tuple[str, ...]] = []
    for each in found:
        code, card, who, state, until, sale, taken = _code_cells(each)
        since = each.starts_on.isoformat() if each.starts_on else ""
        rows.append((code, name, card, who, state, since, until, sale, taken))
    return rows


def _code_cells(each: RoundCode) -> Sequence[str]:
    return (
        each.code,
        mask_card(each.card_no) if each.card_no else "",
        mask_name(each.member_name) if each.member_name else "",
        state_words(each.state),
        each.ends_on.isoformat() if each.ends_on else "",
        each.sale_no,
        format_money(each.taken_fen) if each.sale_no else "",
    )


def meant_words(meant: Meant) -> str:
    """How many get it, and what all of it is worth at most."""
    count = f"{len(meant.members):,}"
    if meant.worth_fen is None:
        return tr("{count} 位会员会得到，打折没有封顶，最多值多少说不定", count=count)
    if not meant.worth_fen:
        return tr("{count} 位会员会得到，不减钱，只送积分", count=count)
    worth = format_money(meant.worth_fen)
    return tr("{count} 位会员会得到，最多值 {worth} 元", count=count, worth=worth)


def left_out_words(meant: Meant) -> str:
    """Who was meant and gets none, and why; "" where there is nobody."""
    parts = []
    if meant.holding:
        parts.append(tr("{count} 位手里还有没用的，不再发", count=f"{meant.holding:,}"))
    if meant.not_served:
        parts.append(tr("{count} 位冻结或已注销", count=f"{meant.not_served:,}"))
    if meant.unknown:
        shown = tr("、").join(meant.unknown[:3])
        more = tr("等") if len(meant.unknown) > 3 else ""
        words = tr(
            "{count} 个卡号没有会员：{shown}{more}",
            count=f"{len(meant.unknown):,}",
            shown=shown,
            more=more,
        )
        parts.append(words)
    return tr("；").join(parts)


def far_words(far: Far) -> str:
    """How far it is."""
    whole = far.handed + far.waiting
    return tr("发了 {done} / {whole} 位", done=f"{far.handed:,}", whole=f"{whole:,}")


def stopped_words(far: Far) -> str:
    """What stays, and what does not come any more."""
    return tr(
        "停下了。{done} 位已经有了，照样能用；{left} 位没有发，以后也不发。",
        done=f"{far.handed:,}",
        left=f"{far.waiting:,}",
    )


def done_words(far: Far) -> str:
    """All have theirs."""
    return tr("发好了，{done} 位会员有了这张券。", done=f"{far.handed:,}")
