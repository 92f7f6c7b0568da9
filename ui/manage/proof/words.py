"""审计的细节: what a row says beside its kind, in words instead of the codes that are hashed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo

from core.actions.proof import AuditLine, AuditPage
from core.sales.explanation import CounterReason
from core.trust.audit_kinds import About
from core.trust.cases import Decision
from core.trust.rights import Right
from core.trust.staff import Role
from core.values.moment import day_and_time, local_time
from core.values.money import format_money
from ui.case_text import case_name, decision_name
from ui.drawer_text import reason_name
from ui.manage.proof.kinds import kind_words
from ui.text import quoted, right_name, role_name, tr

Names = Mapping[str, str]
Parts = list[str]
_BEYOND = {
    "late": "过了期限",
    "no_receipt": "没有小票",
    "medicine": "是药品",
    "gift_kept": "赠品没有退",
}
_FIELDS = {"name": "姓名", "phone": "电话", "birthday": "生日"}


def time_words(line: AuditLine, zone: tzinfo) -> str:
    """2026-11-27 09:15:02, as the clock on the wall said."""
    if not line.row.at_us:
        return ""
    return local_time(line.row.at_us, zone).strftime("%Y-%m-%d %H:%M:%S")


def who_words(line: AuditLine) -> str:
    """The person, or the till itself."""
    if not line.is_there or not line.row.what:
        return ""
    if line.row.staff_no:
        return line.who
    is_person = line.row.what in ("login_failed", "approval_failed", "pin_change_failed")
    return tr("不知道是谁") if is_person else tr("收银台自己")


def subject_words(line: AuditLine) -> str:
    """Whom or what it was about."""
    match line.about:
        case About.MEMBER:
            return tr("会员 {name}", name=line.subject) if line.subject else tr("已抹去的会员")
        case About.RIGHT:
            known = line.subject in set(Right)
            return right_name(Right(line.subject)) if known else quoted(line.subject)
        case About.COUNT:
            return tr("{count} 条", count=line.subject)
    return quoted(line.subject)


def detail_words(line: AuditLine, page: AuditPage) -> str:
    """What the row says more; "" where its kind says it all."""
    said = line.row.said
    if line.about is About.RIGHT:
        return tr("给 {name}", name=page.people.get(said, said)) if said else ""
    say = _SAYS.get(line.row.what)
    if not said or say is None:
        return ""
    try:
        return say(said.split(" "), page.names)
    except (IndexError, ValueError):
        return quoted(said)


def cells_of(line: AuditLine, page: AuditPage) -> tuple[str, str, str, str, str]:
    """Time to the minute, who, what, about what, and the detail of one row."""
    if not line.is_there:
        return "", "", tr("这一条不见了"), "", ""
    if not line.row.what:
        return "", "", tr("这一条读不出来了"), "", ""
    detail = detail_words(line, page)
    if line.approver:
        by = tr("{name} 授权", name=line.approver)
        detail = _joined(detail, by)
    if line.row.lacks_second:
        detail = _joined(detail, tr("没有第二位能授权"))
    return (
        day_and_time(line.row.at_us, page.zone),
        who_words(line),
        kind_words(line.row.what),
        subject_words(line),
        detail,
    )


def _money(text: str) -> str:
    return tr("{amount} 元", amount=format_money(int(text)))


def _reason(text: str) -> str:
    return reason_name(CounterReason(text)) if text in set(CounterReason) else quoted(text)


def _joined(*words: str) -> str:
    said = ""
    for word in filter(None, words):
        said = tr("{detail}，{by}", detail=said, by=word) if said else word
    return said


def _named(text: str, names: Names) -> str:
    return names.get(text, text)


def _one_sum(parts: Parts, _names: Names) -> str:
    return _money(parts[0])


def _sum_and_reason(parts: Parts, _names: Names) -> str:
    return _joined(_money(parts[0]), *map(_reason, parts[1:]))


def _returned(parts: Parts, _names: Names) -> str:
    beyond = (tr(_BEYOND[word]) if word in _BEYOND else word for word in parts[2:])
    return _joined(tr("退 {money}", money=_money(parts[0])), _reason(parts[1]), *beyond)


def _counted(parts: Parts, _names: Names) -> str:
    counted, expected = int(parts[0]), int(parts[2])
    off = counted - expected
    if not off:
        return tr("{money}，正好", money=_money(parts[0]))
    difference = tr("多 {money}", money=_money(str(off)))
    if off < 0:
        difference = tr("少 {money}", money=_money(str(-off)))
    return _joined(_money(parts[0]), difference, *map(_reason, parts[3:]))


def _by_hand(parts: Parts, _names: Names) -> str:
    where = tr("整单")
    rest = parts[1:]
    if parts[0] == "line":
        where, rest = tr("第 {no} 行", no=parts[1]), parts[2:]
    price = ""
    if rest[0] == "at":
        price, rest = tr("改成 {money}", money=_money(rest[1])), rest[2:]
    less = tr("少收 {money}，原来 {whole}", money=_money(rest[1]), whole=_money(rest[3]))
    return _joined(where, price, less, quoted(" ".join(rest[4:])))


def _offer(parts: Parts, names: Names) -> str:
    return _joined(_named(parts[0], names), quoted(" ".join(parts[1:])))


def _coupons(parts: Parts, names: Names) -> str:
    return _joined(_named(parts[0], names), tr("{count} 张", count=parts[1]))


def _stopped(parts: Parts, names: Names) -> str:
    words = tr("发了 {done} 张，{left} 位没有发", done=parts[1], left=parts[2])
    return _joined(_named(parts[0], names), words)


def _points(parts: Parts, _names: Names) -> str:
    points = int(parts[0])
    return tr("{points} 分", points=f"{points:+,}".replace("-", "−"))


def _deed(parts: Parts, names: Names) -> str:
    return _joined(_named(parts[0], names), _points(parts[1:], names))


def _redeemed(parts: Parts, names: Names) -> str:
    words = tr("{count} 件，{points} 分", count=parts[1], points=f"{int(parts[3]):,}")
    return _joined(_named(parts[0], names), words)


def _stock(parts: Parts, _names: Names) -> str:
    return tr("从 {before} 改到 {now}", before=parts[0], now=parts[1])


def _tier(parts: Parts, names: Names) -> str:
    until = tr("到 {day}", day=parts[2]) if len(parts) > 2 else ""
    return _joined(_named(parts[0], names), until)


def _role(parts: Parts, _names: Names) -> str:
    return role_name(Role(parts[0]))


def _rights(parts: Parts, _names: Names) -> str:
    return _joined(
        *(
            tr(
                "给了{right}" if word[0] == "+" else "收走{right}",
                right=right_name(Right(word[1:])),
            )
            for word in parts
        )
    )


def _seen(parts: Parts, _names: Names) -> str:
    match parts[0]:
        case "statement":
            return tr("对账单，{first} 到 {last}", first=parts[1], last=parts[2])
        case "reminders":
            return tr("{days} 天内到期的名单", days=parts[2])
        case "tiers":
            return tr("{days} 天内等级到期的名单", days=parts[3])
        case "card":
            return tr("印会员卡")
    return _joined(*(tr(_FIELDS[word]) for word in parts if word in _FIELDS))


def _days(parts: Parts, _names: Names) -> str:
    return tr("{first} 到 {last}", first=parts[0], last=parts[1])


def _numbers(parts: Parts, _names: Names) -> str:
    return tr("第 {first} 条到第 {last} 条", first=parts[0], last=parts[1])


def _until(parts: Parts, _names: Names) -> str:
    return tr("到 {day}", day=parts[0])


def _benefit(parts: Parts, names: Names) -> str:
    return _named(parts[0], names)


def _expired(parts: Parts, names: Names) -> str:
    return tr("{points} 分", points=f"{int(parts[0]):,}")


def _reviewed(parts: Parts, _names: Names) -> str:
    return tr("{all} 位里 {fell} 位降了", all=parts[2], fell=parts[0])


def _waived(parts: Parts, _names: Names) -> str:
    return tr("缺 {count} 个", count=parts[0])


def _version(parts: Parts, _names: Names) -> str:
    said = dict(part.split("=", 1) for part in parts)
    begins = tr("从 {day} 起", day=said["from"]) if "from" in said else ""
    return _joined(tr("第 {version} 版", version=said["version"]), begins)


def _begins(parts: Parts, _names: Names) -> str:
    return tr("从 {day} 起", day=parts[0].removeprefix("from="))


def _goods(parts: Parts, _names: Names) -> str:
    return tr("{count} 种商品", count=parts[0])


def _by_itself(_parts: Parts, _names: Names) -> str:
    return tr("太久没有人动，自己锁的")


def _copy(parts: Parts, _names: Names) -> str:
    return tr("第 {no} 次", no=parts[1])


def _case(parts: Parts, _names: Names) -> str:
    name = case_name(parts[0])
    decided = [decision_name(Decision(word)) for word in parts[1:] if word in set(Decision)]
    return _joined(name, *decided)


def _board(parts: Parts, _names: Names) -> str:
    span = tr("{first} 到 {last}", first=parts[1], last=parts[2])
    return _joined(tr("完整") if parts[0] == "whole" else tr("遮盖"), span)


def _written(parts: Parts, _names: Names) -> str:
    return quoted(" ".join(parts))


_SAYS: dict[str, Callable[[Parts, Names], str]] = {
    "sale_settled": _one_sum,
    "day_opened": _one_sum,
    "day_closed": _one_sum,
    "shift_opened": _one_sum,
    "basket_held": _one_sum,
    "held_discarded": _one_sum,
    "product_added": _one_sum,
    "sale_voided": _sum_and_reason,
    "cash_paid_in": _sum_and_reason,
    "cash_paid_out": _sum_and_reason,
    "drawer_opened": lambda parts, _names: _reason(parts[0]),
    "sale_returned": _returned,
    "shift_closed": _counted,
    "drawer_counted": _counted,
    "price_by_hand": _by_hand,
    "discount_by_hand": _by_hand,
    "offer_off": _offer,
    "coupons_issued": _coupons,
    "coupons_withdrawn": _coupons,
    "handout_stopped": _stopped,
    "points_corrected": _points,
    "behaviour_credited": _deed,
    "reward_redeemed": _redeemed,
    "redemption_undone": _expired,
    "rewards_counted": _stock,
    "rewards_received": _stock,
    "tier_granted": _tier,
    "tier_withdrawn": _tier,
    "staff_added": _role,
    "staff_role_changed": _role,
    "staff_rights_changed": _rights,
    "personal_seen": _seen,
    "traces_exported": _days,
    "audit_exported": _numbers,
    "leaderboard_exported": _board,
    "cards_numbered": _days,
    "card_renewed": _until,
    "benefit_used": _benefit,
    "benefit_given_back": _benefit,
    "points_expired": _expired,
    "tiers_reviewed": _reviewed,
    "traces_waived": _waived,
    "rulebook_plan_refused": _begins,
    "rulebook_plan_withdrawn": _begins,
    "rulebook_planned": _begins,
    "rulebook_published": _version,
    "rulebook_taken": _version,
    "rulebook_began": _version,
    "prices_began": _goods,
    "prices_planned": _goods,
    "locked": _by_itself,
    "receipt_reprinted": _copy,
    "store_renamed": _written,
    **dict.fromkeys(("activity_joined", "activity_left", "activity_attended"), _written),
    **dict.fromkeys(("activity_told", "draw_left", "prize_given"), _written),
    **dict.fromkeys(("activity_planned", "activity_changed", "activity_cancelled"), _written),
    "activity_exported": _written,
    **dict.fromkeys(("draw_committed", "draw_closed", "draw_drawn"), _written),
    "case_opened": _case,
    "case_decided": _case,
    "case_reopened": _case,
}
"""Kinds without an entry say it all by themselves, or tell only what a program understands."""
