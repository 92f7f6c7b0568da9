"""The shops of the album: one that has done everything there is, one that just began."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace
from PIL import Image

from core.actions.activities import plan_activity
from core.actions.attend import come, sign_up
from core.actions.cards import freeze_member
from core.actions.catalogue import set_picture
from core.actions.change_profile import Wish, change_profile
from core.actions.day import open_day
from core.actions.deeds import correct_points
from core.actions.draft_rules import begin_draft, switch_in_draft
from core.actions.draws import CameTo, close_draw, commit_draw, draw_winners
from core.actions.forget_member import forget_member, set_member_rules
from core.actions.handouts import begin_handout, hand_out_more
from core.actions.login import login
from core.actions.look_for_signals import look_for_signals
from core.actions.notes import write_note
from core.actions.plan_rules import plan_draft
from core.actions.publish_rulebook import publish_rulebook
from core.actions.reward_shelf import count_rewards
from core.actions.segments import keep_segment
from core.actions.set_up import add_staff
from core.members.activity import Activity, ActivityKind
from core.members.certificate import Why
from core.members.segment import Segment
from core.rulebook.behaviours import REFERRAL, Behaviour
from core.rulebook.offers import CouponOffer
from core.rulebook.rewards import Reward
from core.rulebook.watch import Watch
from core.shop import Shop
from core.trust.draw import Prize
from core.trust.staff import Role, Staff
from tests.actions.test_draft_rules import MARKET
from tests.actions.test_settle import CALCIUM, GOLD, NORMAL, OXYGEN, SILVER, VITAMIN, settled
from tests.builders import FANG_PIN, PIN, Home, file_of

LONG = "900012"
"""The card of a member whose name is long."""
TWINS = ("900001", "900002")
ERASED = "900011"
PEOPLE = """会员卡,姓名,手机,生日,等级,积分
900001,欧阳明月,13900000001,1990-03-05,银卡,320
900002,欧阳明月,13900000002,1990-03-05,普通,45
900003,赵敏,,1975-11-30,金卡,31206
900004,何田田,,,普通,0
900005,诸葛孔明,13900000005,1962-12-01,金卡,7442
900006,Bartholomew Featherstonehaugh,13900000006,1981-01-09,普通,1000
900007,司马相如,13900000007,,银卡,98
900008,周小二,13900000008,2001-06-06,普通,12
900009,郑丽,13900000009,,普通,1850
900010,吴一凡,13900000010,1999-09-09,普通,400
900011,陈年,13900000011,,普通,60
900012,阿卜杜勒·热合曼·买买提江·艾合买提,13900000012,1988-12-24,金卡,6105
"""
BEHAVIOURS = (Behaviour("sign-in", "签到", 5, per_day=1), Behaviour(REFERRAL, "介绍新会员", 50))
COUPONS = (
    CouponOffer(id="five", name="五元券", off_fen=500, from_fen=1000),
    CouponOffer(
        id="winter",
        name="冬季养生节老会员回馈满三百减八十元券",
        off_fen=8000,
        from_fen=30_000,
        partner="星光影院",
    ),
)
REWARDS = (
    Reward("soap", "香皂", 100, units=2, per_member=5, low_at=20),
    Reward("pot", "家用加厚不粘电炖锅（含蒸笼，三层）", 5000),
    Reward("tea", "菊花茶", 300),
)
WATCH = Watch(earned_a_day=2, earned_at_one=0, opens_hour=0, closes_hour=0)


def empty(folder: Path) -> Home:
    """Set up, and nothing else."""
    return Home.prepared(folder)


def one(folder: Path) -> Home:
    """One member, one product, one sale."""
    home = Home.prepared(folder, products="products.csv")
    table = folder / "one.csv"
    table.write_text("\n".join(PEOPLE.splitlines()[:2]), "utf-8-sig")
    home.command("import", "members", str(table))
    with home.shop() as shop:
        staff = login(shop, PIN)
        open_day(shop, float_fen=200_00, staff=staff)
        settled(shop, staff, TWINS[0], VITAMIN)
    return home


def full(folder: Path) -> Home:
    """A till that has traded, with something on every page of its office."""
    home = Home.prepared(folder, products="products.csv", members="members.csv")
    table = folder / "people.csv"
    table.write_text(PEOPLE, "utf-8-sig")
    home.command("import", "members", str(table))
    with home.shop() as shop:
        staff = login(shop, PIN)
        other = add_staff(shop, name="王芳", pin=FANG_PIN, role=Role.CASHIER)
        add_staff(shop, name="Alexandria Featherstonehaugh", pin="864209", role=Role.OFFICE)
        _publish(shop, staff)
        open_day(shop, float_fen=200_00, staff=staff)
        _trade(shop, staff, other)
        _look_after(shop, staff, folder)
        _hold_events(shop, staff)
        planned = begin_draft(shop, staff=staff)
        planned = switch_in_draft(
            shop, "special-price", is_on=False, turn=planned.turn, staff=staff
        )
        later = shop.now().business_on + timedelta(7)
        plan_draft(shop, later, turn=planned.turn, staff=staff)
        begin_draft(shop, staff=staff, path=str(MARKET))
        while look_for_signals(shop).is_more:
            pass
    return home


def _publish(shop: Shop, staff: Staff) -> None:
    with shop.store.read() as reading:
        now = reading.rulebooks.current()
    said = replace(
        now,
        version=now.version + 1,
        behaviours=BEHAVIOURS,
        rewards=REWARDS,
        offers=(*now.offers, *COUPONS),
        watch=WATCH,
        corrections_alone=100,
    )
    publish_rulebook(shop, said, staff=staff)


def _trade(shop: Shop, staff: Staff, other: Staff) -> None:
    """To members and to somebody without a card."""
    for _ in range(3):
        settled(shop, staff, NORMAL, OXYGEN)
    for card in (GOLD, SILVER, LONG, *TWINS):
        settled(shop, other, card, VITAMIN, CALCIUM)
    settled(shop, other, VITAMIN)


def _look_after(shop: Shop, staff: Staff, folder: Path) -> None:
    """What an office does about members, rewards and coupons."""
    long = file_of(shop, LONG).member.id
    change_profile(
        shop,
        long,
        [Wish("occupation", "", "乡村医生"), Wish("tags", "", "血压, 老街坊")],
        staff=staff,
    )
    write_note(shop, long, text="对青霉素过敏，买抗生素先问药师", staff=staff, is_urgent=True)
    freeze_member(shop, file_of(shop, "900007").member.id, reason="卡丢了，等本人来", staff=staff)
    keep_segment(
        shop, "三个月没来的金卡和钻石老会员", Segment(tiers=("gold",), away_days=90), staff=staff
    )
    correct_points(
        shop, long, 50, reason="上月漏记的沙龙签到", correction_id=shop.new_id(), staff=staff
    )
    set_member_rules(shop, months="12", years="3", staff=staff)
    forget_member(shop, file_of(shop, ERASED).member.id, Why.ASKED, staff=staff)
    count_rewards(shop, "soap", 10, staff=staff)
    count_rewards(shop, "pot", 2, staff=staff)
    picture = folder / "soap.jpg"
    Image.new("RGB", (64, 64), "#3a6").save(picture)
    set_picture(shop, "soap", picture.read_bytes(), staff=staff)
    members = [file_of(shop, card).member.id for card in (GOLD, SILVER, LONG)]
    for offer, title in (("five", "国庆回馈"), ("winter", "冬至前给三个月没来的金卡和钻石老会员")):
        made = begin_handout(
            shop, offer, members, title=title, handout_id=shop.new_id(), staff=staff
        )
        hand_out_more(shop, made.id, staff=staff)


def _hold_events(shop: Shop, staff: Staff) -> None:
    """Activities that are and were, and a draw at each of its steps."""
    today = shop.now().business_on
    members = [file_of(shop, card).member.id for card in (GOLD, SILVER, NORMAL, LONG)]
    for days, title, seats in (
        (0, "重阳养生沙龙", 3),
        (5, "冬季心脑血管健康讲座暨免费体检（社区卫生服务中心协办）", 0),
    ):
        said = Activity(
            shop.new_id(),
            ActivityKind.SALON,
            title,
            "二楼会议室",
            today + timedelta(days),
            840,
            960,
            seats,
            (),
            "sign-in",
        )
        activity = plan_activity(shop, said, staff=staff).activity
        for member in members:
            sign_up(shop, activity.id, member, staff=staff)
        if not days:
            for member in members[:3]:
                come(shop, activity.id, member, staff=staff)
            came = activity.id
    prizes = [Prize("家用加厚不粘电炖锅（含蒸笼，三层）", 1), Prize("大米 5 公斤", 2)]
    for step, name in enumerate(("重阳抽奖", "店庆十周年老会员感恩回馈大抽奖", "冬至抽奖")):
        draw_id = shop.new_id()
        commit_draw(shop, draw_id, name, prizes, staff=staff)
        if step:
            close_draw(shop, draw_id, CameTo(came), words="重阳养生沙龙到场的", staff=staff)
        if step > 1:
            draw_winners(shop, draw_id, word="菊花", staff=staff)
