"""等级命令: what `main.py tiers` does and says, beside a till that may be selling."""

from __future__ import annotations

import time
from argparse import Namespace

from core.actions.grant_tier import grant_tier, withdraw_tier
from core.actions.login import login
from core.actions.look_at_tiers import Ending, tier_history, tiers_ending, tiers_ending_in_full
from core.actions.review_tiers import review_all
from core.actions.serve import find_member
from core.members.masks import mask_card, mask_name, mask_phone
from core.members.phone import format_phone
from core.shop import Shop
from ui.console.points_desk import REST_S, Row, table
from ui.console.tier_commands import day_of, now_words, step_line
from ui.devices.files import write_table
from ui.text import tr
from ui.tier_words import missing_words


def obey_tiers(shop: Shop, given: Namespace) -> str:
    """Do what the words say; the sentences to say."""
    match given.verb:
        case "review":
            return _reviewed(shop)
        case "ending":
            return _ending(shop, given)
        case "history":
            steps = tier_history(shop, find_member(shop, given.card).id)
            return "\n".join(map(step_line, steps)) or tr("等级没有变过。")
    member = find_member(shop, given.card)
    staff = login(shop, given.by_pin, name=given.by)
    if given.verb == "withdraw":
        return now_words(member, withdraw_tier(shop, member.id, staff=staff))
    until = day_of(given.until)
    return now_words(
        member,
        grant_tier(shop, member.id, tier=given.tier, until=until, reason=given.reason, staff=staff),
    )


def _reviewed(shop: Shop) -> str:
    done = review_all(shop, rest=lambda: time.sleep(REST_S))
    if done.is_of_office:
        return tr("这台在连锁里：等级由总部统一复核，这台什么都没有做。")
    if not done.fallen and not done.kept:
        return tr("没有到期的等级。")
    return tr(
        "到期 {all} 位：{fallen} 位降级，{kept} 位保留。",
        all=done.fallen + done.kept,
        fallen=done.fallen,
        kept=done.kept,
    )


def _ending(shop: Shop, given: Namespace) -> str:
    if given.by is None:
        rows = [_masked(each) for each in tiers_ending(shop, days=given.days)]
    else:
        staff = login(shop, given.by_pin or "", name=given.by)
        found = tiers_ending_in_full(shop, days=given.days, staff=staff)
        rows = [_in_full(each) for each in found]
    headings = (
        tr("卡号"),
        tr("姓名"),
        tr("手机"),
        tr("等级"),
        tr("到期日"),
        tr("降级日"),
        tr("降为"),
        tr("还差"),
    )
    if given.to is None:
        return table(headings, rows) if rows else tr("没有快到期的等级。")
    write_table(given.to, headings, rows)
    return tr("{count} 位会员，存到 {path}", count=len(rows), path=given.to)


def _masked(each: Ending) -> Row:
    member = each.member
    phone = mask_phone(member.phone) if member.phone else ""
    return (mask_card(member.card_no), mask_name(member.name), phone, *_facts(each))


def _in_full(each: Ending) -> Row:
    member = each.member
    phone = format_phone(member.phone) if member.phone else ""
    return (member.card_no, member.name, phone, *_facts(each))


def _facts(each: Ending) -> Row:
    falls = each.falls_on.isoformat()
    return each.tier.name, each.until.isoformat(), falls, each.after.name, missing_words(each)
