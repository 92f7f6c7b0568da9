"""积分命令: what `main.py points` does and says, beside a till that may be selling."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Sequence

from core.actions.deeds import correct_points
from core.actions.expire_points import expire_all
from core.actions.login import login
from core.actions.points_report import points_owed, reminders, reminders_in_full
from core.actions.reward_shelf import count_rewards
from core.actions.serve import find_member
from core.errors import BadStock
from core.members.masks import mask_card, mask_name, mask_phone
from core.members.phone import format_phone
from core.points.deeds import points_of
from core.points.liability import Liability
from core.points.reminders import Reminder
from core.shop import Shop
from core.values.money import format_money
from ui.console.deed_commands import corrected_words
from ui.console.reward_commands import units_of
from ui.devices.files import write_table
from ui.text import tr

Row = Sequence[str]
REST_S = 0.05
"""As long as a step takes: half of the time is for a till that sells."""


def obey_points(shop: Shop, given: Namespace) -> str:
    """Do what the words say; the sentences to say."""
    match given.verb:
        case "correct":
            return _corrected(shop, given)
        case "expire":
            return _expired(shop)
        case "stock":
            return _counted(shop, given)
        case "reminders":
            return _reminders(shop, given)
    return _liability(points_owed(shop))


def _expired(shop: Shop) -> str:
    done = expire_all(shop, rest=lambda: time.sleep(REST_S))
    if done.is_of_office:
        return tr("这台在连锁里：积分到期由总部统一收回，这台什么都没有做。")
    if not done.points:
        return tr("没有过期的积分。")
    return tr(
        "到期收回 {points} 分，共 {lots} 批。", points=f"{done.points:,}", lots=f"{done.lots:,}"
    )


def _corrected(shop: Shop, given: Namespace) -> str:
    staff = login(shop, given.by_pin, name=given.by)
    member = find_member(shop, given.card)
    points = points_of(given.points)
    moved = correct_points(
        shop,
        member.id,
        points,
        reason=given.reason,
        correction_id=given.id or shop.new_id(),
        staff=staff,
    )
    said = corrected_words(moved)
    return tr("早已做过：{done}", done=said) if moved.is_repeat else said


def _counted(shop: Shop, given: Namespace) -> str:
    staff = login(shop, given.by_pin, name=given.by)
    units = units_of(given.units, BadStock)
    reward = count_rewards(shop, given.code, units, staff=staff)
    return tr("{name}现在有 {units} 件。", name=reward.name, units=f"{units:,}")


def _reminders(shop: Shop, given: Namespace) -> str:
    if given.by is None:
        rows = [_masked(each) for each in reminders(shop, days=given.days)]
    else:
        staff = login(shop, given.by_pin or "", name=given.by)
        found = reminders_in_full(shop, days=given.days, staff=staff)
        rows = [
            (each.card_no, each.name, format_phone(each.phone), *_figures(each)) for each in found
        ]
    headings = (tr("卡号"), tr("姓名"), tr("手机"), tr("最早到期"), tr("七天内"), tr("一共"))
    if given.to is None:
        return table(headings, rows) if rows else tr("没有快到期的积分。")
    write_table(given.to, headings, rows)
    return tr("{count} 位会员，存到 {path}", count=len(rows), path=given.to)


def _masked(each: Reminder) -> Row:
    phone = mask_phone(each.phone) if each.phone else ""
    return (mask_card(each.card_no), mask_name(each.name), phone, *_figures(each))


def _figures(each: Reminder) -> Row:
    return each.expires_on.isoformat(), str(each.soon_points), str(each.points)


def _liability(owed: Liability) -> str:
    headings = (tr("到期月份"), tr("积分"), tr("金额"))
    rows = [
        (
            f"{each.month:%Y-%m}" if each.month else tr("永不过期"),
            f"{each.points:,}",
            format_money(each.fen),
        )
        for each in owed.months
    ]
    rows.append((tr("合计"), f"{owed.points:,}", format_money(owed.fen)))
    said = [
        table(headings, rows),
        tr(
            "按每 {points} 分 {money} 元算，{members} 位会员有积分。",
            points=owed.rate.points,
            money=format_money(owed.rate.fen),
            members=f"{owed.members:,}",
        ),
    ]
    if owed.debt:
        said.append(
            tr(
                "另有会员欠分 {points}，合 {money} 元。",
                points=f"{owed.debt:,}",
                money=format_money(owed.debt_fen),
            )
        )
    return "\n".join(said)


def table(headings: Row, rows: Sequence[Row]) -> str:
    """Columns by tabs: signs are of two widths, and other programs read it too."""
    return "\n".join("\t".join(row) for row in (headings, *rows))
