"""其余规则的表单的路: tiers of another kind, benefits, ways to pay, labels, what earns, signals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from core.actions.draft_rules import change_parts
from core.rulebook.parse import record_of
from core.rulebook.rulebook import Rulebook
from core.rulebook.schemes import SCORE, Benefit
from tests.builders import Home
from tests.ui.manage.test_rules_draft import Manage, button, filled, market_draft, opened
from tests.ui.manage.test_rules_forms import button_of
from ui.manage.benefits.page import BenefitsPage
from ui.manage.pick import PickSheet
from ui.manage.rules.edit import RuleSheet
from ui.manage.rules.page import RulesPage
from ui.manage.window import ManageWindow
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton
Opens = Callable[[str], RuleSheet]
Keeps = Callable[[RuleSheet], Rulebook]


class Forms:
    """The page with the draft of a supermarket, and its forms."""

    def __init__(self, window: ManageWindow, page: RulesPage, qtbot: QtBot) -> None:
        self.window, self.page, self.qtbot = window, page, qtbot

    def open(self, name: str) -> RuleSheet:
        button(self.page, f"rules_{name}_more").click()
        return self.window.findChild(RuleSheet)

    def keep(self, sheet: RuleSheet) -> Rulebook:
        """The draft that it has become."""
        seen = self.page.draft_seen
        assert seen is not None
        assert sheet.done.isEnabled(), sheet.says.text()
        turn = seen.draft.turn + 1
        self.qtbot.mouseClick(sheet.done, LEFT)

        def is_kept() -> bool:
            now = self.page.draft_seen
            return now is not None and now.draft.turn == turn

        self.qtbot.waitUntil(is_kept, timeout=10_000)
        self.qtbot.waitUntil(lambda: self.window.findChild(RuleSheet) is None, timeout=10_000)
        after = self.page.draft_seen
        assert after is not None
        return after.draft.rulebook


@pytest.fixture
def forms(manage: Manage, qtbot: QtBot, home: Home) -> Forms:
    market_draft(home)
    window = manage()
    return Forms(window, opened(window, qtbot), qtbot)


def problem(sheet: RuleSheet, name: str) -> str:
    """What is said beside a choice."""
    words = sheet.findChild(Words, f"{name}_problem")
    assert isinstance(words, Words)
    return words.text()


def test_a_tier_is_given_what_nobody_pays_for(forms: Forms) -> None:
    sheet = forms.open("benefits")
    for tier, row in ((1, 1), (2, 2)):
        button_of(sheet, f"rule_add_scheme_tiers_{tier}_benefits").click()
        place = f"rule_scheme_tiers_{tier}_benefits_{row}"
        assert filled(sheet, f"{place}_name").problem.text() == "这里要写。"
        assert sheet.says.text() == "“叫什么”还不对：这里要写。"
        filled(sheet, f"{place}_name").set_text("免费停车")
        filled(sheet, f"{place}_count").set_text(str(tier))
        assert problem(sheet, f"{place}_per").startswith("次数和每月、每季、每年")
        button_of(sheet, f"{place}_per_1").click()
    given = "生日当天 95 折（由“生日 95 折”给）、免费停车"
    assert sheet.says.text().startswith(f"银卡：{given} 每月 1 次\n金卡：{given} 每月 2 次、")
    silver, gold = (tier.benefits[-1] for tier in forms.keep(sheet).scheme.tiers[1:])
    assert gold == Benefit(silver.code, "免费停车", 2, "month")
    assert silver.code.startswith("benefit-")
    sheet = forms.open("benefits")
    for _ in range(3):
        button_of(sheet, "rule_less_scheme_tiers_2_benefits_0").click()
    button_of(sheet, "rule_scheme_tiers_1_benefits_1_offer").click()
    forms.window.findChild(PickSheet).list.chosen.emit(1)
    place = "rule_scheme_tiers_1_benefits_1"
    assert filled(sheet, f"{place}_count").problem.text() == "由优惠给的，次数写在那条优惠里"
    filled(sheet, f"{place}_count").set_text("")
    button_of(sheet, f"{place}_per_0").click()
    book = forms.keep(sheet)
    assert [len(tier.benefits) for tier in book.scheme.tiers] == [0, 2, 0]
    assert book.scheme.tiers[1].benefits[1].offer == book.offers[0].id


def test_tiers_go_by_a_score_and_one_of_them_is_bought(forms: Forms) -> None:
    sheet = forms.open("tiers")
    button_of(sheet, "rule_scheme_kind_2").click()
    for tier, score in ((1, "3"), (2, "5")):
        name = f"rule_scheme_tiers_{tier}_from_score"
        assert filled(sheet, "rule_scheme_tiers_1_from_score").problem.text() in ("没有写", "")
        filled(sheet, name).set_text(score)
    filled(sheet, "rule_scheme_score_money_1_from_fen").set_text("10")
    why = "要从高到低排，最后一档从 0 起"
    assert sheet.says.text() == f"还不对：{why}"
    shown = [words.text() for words in sheet.findChildren(Words) if words.isVisibleTo(sheet)]
    assert why in shown
    button_of(sheet, "rule_add_scheme_score_money").click()
    filled(sheet, "rule_scheme_score_money_2_from_fen").set_text("0")
    filled(sheet, "rule_scheme_score_money_2_score").set_text("0")
    filled(sheet, "rule_scheme_tiers_2_card_months").set_text("6")
    assert filled(sheet, "rule_scheme_tiers_2_card_product").problem.text() == "没有写"
    filled(sheet, "rule_scheme_tiers_2_card_product").set_text("6901234567809")
    assert "消费得分：1,000 元起 2、10 元起 1、0 元起 0" in sheet.says.text()
    scheme = forms.keep(sheet).scheme
    assert (scheme.kind, [tier.least for tier in scheme.tiers]) == (SCORE, [0, 3, 5])
    assert scheme.cards["6901234567809"].card is not None
    sheet = forms.open("tiers")
    button_of(sheet, "rule_scheme_kind_3").click()
    assert sheet.says.text().startswith("怎么定级：买卡得等级，期满后宽限 30 天\n普通：入会就有")
    assert forms.keep(sheet).scheme.bands is None


def test_what_the_counter_takes_reads_and_rewards(forms: Forms) -> None:
    sheet = forms.open("tenders")
    taken = [rule.kind for rule in forms.page.draft_seen.draft.rulebook.tenders]  # type: ignore[union-attr]
    voucher = taken.index("voucher")
    button_of(sheet, f"rule_less_tenders_{voucher}").click()
    assert "代金券" not in sheet.says.text()
    button_of(sheet, "rule_add_tenders").click()
    last = len(taken) - 1
    button_of(sheet, f"rule_tenders_{last}_is_earning_1").click()
    button_of(sheet, f"rule_tenders_{last}_pays_1").click()
    filled(sheet, "rule_cash_rounding_fen").set_text("0.5")
    assert "不得积分，只付处方药\n抹零：现金抹到 0.50 元" in sheet.says.text()
    book = forms.keep(sheet)
    assert (book.cash_rounding_fen, book.tenders[-1].pays) == (50, "prescription")

    sheet = forms.open("labels")
    button_of(sheet, "rule_add_labels").click()
    filled(sheet, "rule_labels_2_prefix").set_text("19")
    assert filled(sheet, "rule_labels_2_prefix").problem.text().startswith("只能是其中一个：20")
    filled(sheet, "rule_labels_2_prefix").set_text("29")
    filled(sheet, "rule_labels_2_item_digits").set_text("6")
    filled(sheet, "rule_labels_2_value_digits").set_text("4")
    button_of(sheet, "rule_labels_2_holds_1").click()
    assert "店内码 29：带重量，6 + 4 位，3 位小数，1250 是 1.25 公斤" in sheet.says.text()
    button_of(sheet, "rule_less_labels_0").click()
    assert [label.prefix for label in forms.keep(sheet).labels] == ["22", "29"]

    sheet = forms.open("behaviours")
    before = len(book.behaviours)
    for n in range(before, 6):
        button_of(sheet, "rule_add_behaviours").click()
        filled(sheet, f"rule_behaviours_{n}_name").set_text(f"做事 {n}")
        filled(sheet, f"rule_behaviours_{n}_points").set_text("5")
    add = sheet.findChild(QAbstractButton, "rule_add_behaviours")
    assert add is not None and not add.isVisibleTo(sheet)
    behaviours = forms.keep(sheet).behaviours
    assert len({each.code for each in behaviours}) == 6


def test_signals_and_the_rest_are_set_and_taken_back(forms: Forms) -> None:
    sheet = forms.open("watch")
    filled(sheet, "rule_watch_earned_a_day").set_text("0")
    filled(sheet, "rule_watch_shifts_bp").set_text("101")
    assert filled(sheet, "rule_watch_shifts_bp").problem.text() == "要写成 0 到 10,000 的整数"
    filled(sheet, "rule_watch_shifts_bp").set_text("50")
    assert "一天积分" not in sheet.says.text()
    assert "而他当班不过 50%" in sheet.says.text()
    watch = forms.keep(sheet).watch
    assert (watch.earned_a_day, watch.shifts_bp) == (0, 5000)
    sheet = forms.open("others")
    filled(sheet, "rule_name").set_text("冬天")
    filled(sheet, "rule_near_expiry_days").set_text("30")
    button_of(sheet, "rule_leap_day_1").click()
    button_of(sheet, "rule_prints_origin_1").click()
    book = forms.keep(sheet)
    assert (book.name, book.near_expiry_days, book.leap_day) == ("冬天", 30, "03-01")
    sheet = forms.open("others")
    filled(sheet, "rule_near_expiry_days").set_text("")
    button_of(sheet, "rule_prints_origin_0").click()
    assert "近效期：不提醒\n小票：不印" in sheet.says.text()
    after = forms.keep(sheet)
    assert (after.near_expiry_days, after.prints_origin) == (0, False)


def test_what_has_its_form_elsewhere_leads_there(forms: Forms) -> None:
    button(forms.page, "rules_rewards_more").click()
    room = forms.window.rooms["benefits"]
    assert isinstance(room, BenefitsPage)
    assert forms.window.pages.currentWidget() is room
    assert room.shown is room.rewards


def test_who_writes_benefits_second_undoes_nobodys_tiers(forms: Forms) -> None:
    shop, seen = forms.window._work.hands.shop, forms.page.draft_seen
    assert shop is not None and seen is not None
    sheet = forms.open("benefits")
    place = "rule_scheme_tiers_2_benefits_0_name"
    filled(sheet, place).set_text("送到家")
    scheme = record_of(seen.draft.rulebook)["scheme"]
    scheme["tiers"][2]["name"] = "黄金卡"
    scheme["tiers"][2]["benefits"][1]["name"] = "停车一天"
    change_parts(shop, {"scheme": scheme}, turn=seen.draft.turn, staff=forms.page.staff)
    forms.qtbot.mouseClick(sheet.done, LEFT)
    forms.qtbot.waitUntil(lambda: sheet.said.isVisible(), timeout=10_000)
    assert sheet.said.text().startswith("别人刚改过这一条，现在是：黄金卡：")
    assert "停车一天" in sheet.said.text()
    assert filled(sheet, place).text() == "送到家"
    gold = forms.keep(sheet).scheme.tiers[2]
    assert (gold.name, gold.benefits[0].name) == ("黄金卡", "送到家")
