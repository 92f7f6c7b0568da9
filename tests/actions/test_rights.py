"""Every action × every role as one table: allowed, or NotAllowed, exactly as it says.

The actions are found by looking: one that takes `staff` and has no row here fails the test.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec import Struct, field
from msgspec.structs import replace

import core.actions
from core.actions.counter import Counter
from core.actions.draws import CameTo
from core.actions.export_members import ExportWish
from core.actions.leaderboard import Award
from core.actions.proof import EVERYTHING, Checked
from core.actions.set_up import add_staff
from core.actions.share_held import TakenUp
from core.actions.tickets import Asked
from core.actions.try_basket import Sample
from core.catalog.trace import TraceReason
from core.errors import NotAllowed, Refused
from core.members.activity import Activity, ActivityKind
from core.members.certificate import Why
from core.members.consent import CONSENT
from core.members.member import Birthday
from core.members.printed_card import Named
from core.members.segment import Segment
from core.ports.points_desk import Audited, Sought
from core.ports.roll import Wanted
from core.pricing.basket import Basket
from core.pricing.by_hand import DiscountByHand
from core.rulebook.labels import LabelCode
from core.sales.explanation import CounterReason, Explanation
from core.sales.held import Held
from core.shop import Shop
from core.trust.cases import Decision
from core.trust.draw import Prize
from core.trust.rights import Right, with_rights
from core.trust.signals import Evidence, What
from core.trust.staff import Role, Staff
from core.values.routine import Routine
from core.values.settings import Settings
from storage.signatures import Ed25519
from tests.actions.rights_table import ROLES, ROWS, SERVING
from tests.actions.test_settle import VITAMIN, paid, scanned
from tests.builders import PIN, STORIES

# With every right taken away: what asks for none, and what another refusal comes before.
NEEDS_NONE = {
    "approve.approve",
    "by_hand.approve_by_hand",
    "by_hand.try_by_hand",
    "change_birthday.change_birthday",
    "exchange.tendered",
    "login.lock",
    "login.logout",
    "staff.change_own_pin",
}
SALON = Activity(UUID(int=1), ActivityKind.SALON, "沙龙", "", date(2099, 1, 1), 0, 60)


class Tried(Struct):
    """A shop where somebody tries; what an action wants is filled in by the name of its word."""

    shop: Shop
    staff: Staff
    other: Staff
    counter: Counter
    words: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = {
            "basket": self.counter.basket,
            "shown": self.counter.quote.hash,
            "staff": self.staff,
            "text": VITAMIN,
            "code": "6900000000014",
            "name": "新来的",
            "price_fen": 1_00,
            "phone": "13900001234",
            "consent": CONSENT,
            "float_fen": 0,
            "counted_fen": 0,
            "sale_id": self.counter.basket.sale_id,
            "amount_fen": 1_00,
            "explanation": Explanation(CounterReason.OTHER, "试一试"),
            "to": self.other,
            "no": self.other.no,
            "role": Role.PHARMACIST,
            "pin": "864209",
            "old": "135246",
            "before": Settings(),
            "after": Settings(lock_minutes=0),
            "member_id": UUID(int=1),
            "note_id": UUID(int=1),
            "reason": "试一试",
            "until": date(2099, 1, 1),
            "gone_card": "800002",
            "into_card": "800001",
            "keep": lambda _settings: None,
            "record": {"id": "special-price"},
            "is_on": False,
            "turn": 1,
            "rulebook": replace(self.counter.rulebook, version=99),
            "new": "864209",
            "chosen": {1: 1000},
            "return_id": UUID(int=1),
            "points": 1,
            "seqs": [1],
            "wanted": EVERYTHING,
            "below": 2,
            "from_us": 0,
            "so_far": Checked(),
            "tier": "金卡",
            "benefit": "mail",
            "units": 1,
            "redemption_id": UUID(int=1),
            "deed_id": UUID(int=1),
            "activity_id": UUID(int=1),
            "activity": SALON,
            "correction_id": UUID(int=1),
            "batch_id": UUID(int=1),
            "card_nos": ["800001"],
            "first": "800001",
            "last": "800002",
            "named": Named.MASKED,
            "sought": Sought(),
            "what": Audited.SUM,
            "transfer_id": UUID(int=1),
            "count": 1,
            "segment_id": UUID(int=1),
            "path": str(STORIES / "products.csv"),
            "begins_on": date(2099, 1, 1),
            "wishes": (),
            "other_id": UUID(int=2),
            "merge_id": UUID(int=1),
            "why": Why.ASKED,
            "months": "12",
            "years": "3",
        }

    def do(self, action: Callable[..., object], **instead: Any) -> object:
        words = {**self.words, **instead}
        given_too = {*instead, "staff"}
        given = {
            each.name: words[each.name]
            for each in inspect.signature(action).parameters.values()
            if each.name in words and (each.default is each.empty or each.name in given_too)
        }
        return action(self.shop, **given)


DRAW = {"draw_id": UUID(int=1)}
IMPORT = {"import_id": UUID(int=1), "on_done": lambda _done, _all: None}
CASE = {"case_id": UUID(int=1), "step_id": UUID(int=2), "decision": Decision.NOTHING}
INSTEAD: dict[str, dict[str, Any]] = {
    "staff.change_rights": {"wanted": {}},
    "cases.case_detail": CASE,
    "cases.note_case": CASE,
    "scan_in_office.meant_in_office": {"text": "800003"},
    "papers_of.papers_of": {"no": "S01-T1-000001"},
    "tickets.tickets": {"asked": Asked(date(2026, 11, 1), date(2026, 11, 2))},
    "cases.paper_of": {"evidence": Evidence(What.MEMBER, "", 0)},
    "decide_case.decide_case": CASE,
    "decide_case.reopen_case": CASE,
    "decide_case.weigh": CASE,
    "preview_merge.preview_merge": {"gone_id": UUID(int=1), "into_id": UUID(int=2)},
    "draws.close_draw": {**DRAW, "source": CameTo(UUID(int=1)), "words": "到场的"},
    "draws.commit_draw": {**DRAW, "name": "抽奖", "prizes": [Prize("米", 1)]},
    "draws.draw_winners": {**DRAW, "word": ""},
    "draws.give_prize": {**DRAW, "prize": 0, "piece": 0},
    "draws.leave_draw": DRAW,
    "draws.look_at_draw": DRAW,
    "points_desk.expiring_within": {"days": 30},
    "points_desk.expiring_rows": {"first": date(2026, 1, 1), "last": date(2026, 1, 2)},
    "draft_rules.switch_in_draft": {"offer": "special-price"},
    "draft_rules.change_parts": {"parts": {}},
    "choose_goods.look_for_goods": {"text": ""},
    "look_at_rules.goods_named": {"codes": ()},
    "look_at_rules.two_versions": {"before": 1, "after": 1},
    "preview_draft.preview_draft": {
        "first": date(2026, 1, 1),
        "last": date(2026, 1, 1),
        "on_priced": lambda _done, _all: None,
    },
    "plan_rules.plan_draft": {"begins_on": date(2100, 1, 1)},
    "plan_rules.withdraw_plan": {"begins_on": date(2100, 1, 1)},
    "preview_draft.receipt_by_both": {"event": 1},
    "try_basket.try_basket": {"sample": Sample()},
    "try_basket.what_is_meant": {"text": VITAMIN},
    "change_paper.change_paper": {"paper": "receipt", "design": None, "keep": lambda: None},
    "slips.gift_slip": {"sale_no": None},
    "find_sales.look_at_sale": {"sale_no": "S01-T1-000001"},
    "roll.count_segments": {"segments": ()},
    "roll.find_members": {"wanted": Wanted()},
    "bring_in.begin_import": {"what": "members", "file_name": "members.csv"},
    "past_imports.look_at_import": IMPORT,
    "past_imports.take_import_back": IMPORT,
    "tidy.alike_members": {"on_looked": lambda _done, _all: None},
    "tidy.tell_apart": {"one": UUID(int=1), "other": UUID(int=2)},
    "export_members.export_members": {
        "wish": ExportWish(Wanted(segment=Segment(away_days=-1)), ()),
        "write": lambda _members, _lines: None,
    },
    "segments.keep_segment": {"conditions": Segment()},
    "shift_reports.shifts_between": {"first": date(2026, 1, 1), "last": date(2026, 2, 1)},
    "reports.report_for": {
        "question": "days",
        "first": date(2026, 1, 1),
        "last": date(2026, 1, 1),
    },
    "statement.statement": {"since": date(2026, 1, 1)},
    "approve.approve": {"right": Right.VOID_SALE, "pin": PIN, "name": "店长"},
    "by_hand.give_by_hand": {"no": 1, "by_hand": DiscountByHand("临期", 0, amount_fen=1)},
    "by_hand.try_by_hand": {"no": 1, "by_hand": DiscountByHand("临期", 0, amount_fen=1)},
    "change_birthday.change_birthday": {"birthday": Birthday(3, 5)},
    "coupon_codes.issue_coupons": {"offer_id": "nothing", "count": 1},
    "withdraw_coupons.withdraw_coupons": {"text": "Q"},
    "handouts.meant_by_segment": {"offer_id": "nothing", "segment": Segment()},
    "handouts.meant_by_cards": {"offer_id": "nothing", "cards": ()},
    "handouts.begin_handout": {
        "offer_id": "nothing",
        "members": (),
        "title": "",
        "handout_id": UUID(int=0),
    },
    "handouts.hand_out_more": {"handout_id": UUID(int=0)},
    "handouts.stop_handout": {"handout_id": UUID(int=0)},
    "coupon_rounds.round_codes": {"round_id": UUID(int=0)},
    "coupon_rounds.withdraw_round": {"round_id": UUID(int=0)},
    "reward_shelf.receive_rewards": {"units": 0, "seen": 0},
    "catalogue.put_reward": {
        "record": {"code": "cup", "name": "杯子", "points": 1},
        "turn": 99,
        "is_new": True,
    },
    "catalogue.drop_reward": {"turn": 99},
    "catalogue.set_picture": {"data": None},
    "referrals.put_referral": {"record": {"points": 0}, "turn": 99},
    "leaderboard.leaderboard": {"first": date(2026, 1, 1), "last": date(2026, 2, 1)},
    "leaderboard.export_leaderboard": {"first": date(2026, 1, 1), "last": date(2026, 2, 1)},
    "leaderboard.give_prize": {
        "award": Award(UUID(int=1), 1, 1),
        "first": date(2026, 1, 1),
        "last": date(2026, 2, 1),
    },
    "keep_running.change_routine": {"before": Routine(), "after": Routine()},
    "issued_coupons.batch_again": {"batch_id": UUID(int=0)},
    "redeem.undo_redemption": {"no": "S01-T1-J00001"},
    "hold.discard_held": {"sale_id": UUID(int=0)},  # one with money in it is nobody's to discard
    "gifts.buy_gift": {"no": 1},
    "offers.switch_off": {"offer": "nothing"},
    "offers.switch_on": {"offer": "nothing"},
    "gifts.choose_gift": {"offer": "nothing"},
    "badges.bind_badge": {"name": "王芳"},
    "badges.take_badge": {"name": "王芳"},
    "badges.print_badge": {"name": "王芳"},
    "consents.give_consent": {"version": CONSENT},
    "label_layouts.set_label_layout": {"layout": LabelCode("20", "weight")},
    "label_layouts.remove_label_layout": {"prefix": "20"},
    "return_elsewhere.fetch_sale": {"central": None, "token": "", "text": "S01-T2-000001"},
    "return_elsewhere.return_elsewhere": {"central": None, "token": ""},
    "return_elsewhere.claim_return": {"central": None, "token": ""},
    "return_elsewhere.claim_void": {"central": None, "token": ""},
    "share_held.take_held": {"central": None, "token": "", "held_id": UUID(int=0)},
    "share_held.recall_taken": {
        "taken": TakenUp(Held(Basket(UUID(int=2)), "", 0, 1, 0)),
        "basket": None,
    },
    "sync.join_chain": {
        "central": None,
        "keys": Ed25519(),
        "url": "http://hq.example.com",
        "program": "",
    },
    "trace.add_trace": {"no": 1, "code": "81234567890123456789"},
    "trace.export_traces": {"since": date(2026, 1, 1)},
    "trace.name_trace": {"code": "81234567890123456789", "product_code": "nothing"},
    "trace.waive_traces": {"reason": TraceReason.SPLIT},
}


def actions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public function of an action's module that is done as somebody."""
    for module in pkgutil.iter_modules(core.actions.__path__):
        found = importlib.import_module(f"core.actions.{module.name}")
        for name, value in vars(found).items():
            is_ours = inspect.isfunction(value) and value.__module__ == found.__name__
            if (
                is_ours
                and not name.startswith("_")
                and "staff" in inspect.signature(value).parameters
            ):
                yield f"{module.name}.{name}", value


@pytest.fixture
def trying(shop: Shop) -> Callable[[Role], Tried]:
    def somebody(role: Role) -> Tried:
        person = add_staff(shop, name="试一试", pin="135246", role=role)
        other = add_staff(shop, name="王芳", pin="975318", role=Role.CASHIER)
        return Tried(shop, person, other, paid(shop, scanned(shop, VITAMIN)))

    return somebody


def test_every_action_has_its_row_and_every_row_its_action() -> None:
    assert set(ROWS) | SERVING == {name for name, _ in actions()}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.value)
def test_each_role_may_do_what_the_table_says(trying: Callable[[Role], Tried], role: Role) -> None:
    tried = trying(role)
    said = {name: row[ROLES.index(role)] for name, row in ROWS.items()}
    assert seen_by(tried) == said


def seen_by(tried: Tried) -> dict[str, str]:
    seen = {}
    for name, action in actions():
        if name in ROWS:
            try:
                tried.do(action, **INSTEAD.get(name, {}))
                seen[name] = "yes"
            except NotAllowed:
                seen[name] = "no"
            except Refused:  # past the right, stopped by something else
                seen[name] = "yes"
    return seen


def beside(shop: Shop, tried: Tried, *, has: bool) -> None:
    """All rights given to the person alone, or all taken from them."""
    with shop.store.write() as tx:
        tx.people.change(with_rights(tried.staff, dict.fromkeys(Right, has)))


def test_who_was_given_every_right_may_do_what_a_manager_may(
    shop: Shop, trying: Callable[[Role], Tried]
) -> None:
    tried = trying(Role.CASHIER)
    beside(shop, tried, has=True)
    assert seen_by(tried) == {name: row[ROLES.index(Role.MANAGER)] for name, row in ROWS.items()}


def test_who_was_taken_every_right_may_do_only_what_needs_none(
    shop: Shop, trying: Callable[[Role], Tried]
) -> None:
    tried = trying(Role.MANAGER)
    beside(shop, tried, has=False)
    assert {name for name, said in seen_by(tried).items() if said == "yes"} == NEEDS_NONE


def test_the_table_is_not_only_a_list_of_refusals(trying: Callable[[Role], Tried]) -> None:
    """What is allowed is really done: the words above are ones that the actions take."""
    tried = trying(Role.MANAGER)
    done = []
    for name, action in actions():
        if name in ROWS:
            try:
                tried.do(action, **INSTEAD.get(name, {}))
                done.append(name)
            except Refused:
                continue
    assert len(done) > len(ROWS) // 2
