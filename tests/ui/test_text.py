"""文字: every error is one clear Chinese sentence with its facts; every reason has words."""

from __future__ import annotations

import inspect
import re
from string import Formatter

import pytest

from core import errors
from core.errors import Refused, Shortfall, Unavailable
from core.members.member import Birthday
from core.ports.insight import Heading, Kind
from core.pricing.adjustment import Adjustment, Reason, Stage
from core.pricing.tender import TenderKind
from core.sales.receipt import SavingLine
from core.trust.rights import Right
from core.trust.staff import Role
from core.values.table import BadRow, TableFault
from tests.core.sales.sold import GOLDEN, LI, MASK, VITAMIN, sold
from ui.catalogue import speaking
from ui.offer_text import offer_name
from ui.report_words import change_words, is_compared, value_words
from ui.sentences import SENTENCES
from ui.text import (
    bad_row,
    birthday_words,
    figure_name,
    quoted,
    right_name,
    role_name,
    sentence,
    tender_name,
    why,
)

KINDS = sorted(
    (
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, Shortfall)
    ),
    key=lambda kind: kind.__name__,
)
# Not for reading: an id finds the member for the screen.
UNSPOKEN = {"member_id"}
HAN = r"[\u4e00-\u9fff]"


def a_fact(error: type[Shortfall], name: str, kind: str) -> tuple[object, str]:
    """A value of a field's type, and how it must be found in the sentence."""
    if name == "kind":
        return "alipay", "支付宝"
    if name == "right":
        return "void_sale", "作废小票"
    if name.endswith("_fen"):
        return 1_234_56, "1,234.56"
    if name == "reason" and error is errors.NotATable:
        return TableFault.QUOTE, "引号没有成对"
    return {
        "str": ("Qx7/k.2", "Qx7/k.2"),
        "int": (321, "321"),
        "bool": (True, "农历"),
        "tuple[str, ...]": (("条码", "名称"), "条码、名称"),
        "tuple[int, ...]": ((1, 2), ""),
    }[kind]


def a_sample(kind: type[Shortfall]) -> tuple[Shortfall, list[str]]:
    facts = {name: a_fact(kind, name, of) for name, of in kind.facts.items()}
    words = [said for name, (_, said) in facts.items() if name not in UNSPOKEN]
    return kind(**{name: value for name, (value, _) in facts.items()}), words


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_of_its_own(kind):
    assert kind in SENTENCES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_sentence_holds_its_facts_and_nothing_of_the_program(kind):
    error, facts = a_sample(kind)
    said = sentence(error)
    for fact in facts:
        assert fact in said
    assert kind.__name__ not in said
    assert "{" not in said
    assert "None" not in said


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_sentence_is_chinese_with_chinese_punctuation(kind):
    said = sentence(a_sample(kind)[0])
    assert said.endswith("。")
    assert len(re.findall(HAN, said)) >= 10
    assert not re.search(rf"{HAN}[,.;:!?()\"']|[,;:!?()\"']{HAN}", said)
    assert not re.search("抱歉|对不起|！", said), "no apology, no shouting"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_sentence_says_what_it_does_not_affect_and_what_to_do(kind):
    """What happened。What it does not affect；what to do。"""
    said = re.sub(r"“[^”]*”|（[^）]*）", "", sentence(a_sample(kind)[0]))
    assert said.count("。") >= 2
    assert said.count("；") == 1
    assert said.rindex("；") > said.index("。")


@pytest.mark.parametrize(("kind", "template"), SENTENCES.items())
def test_a_sentence_asks_for_no_fact_that_its_error_lacks(kind, template):
    known = {name.removesuffix("_fen").removesuffix("_milli") for name in kind.facts}
    known |= {"calendar"} if "is_lunar" in known else set()
    known |= {"place", "fault"} if kind is errors.NotATable else set()
    asked = {name for _, name, _, _ in Formatter().parse(template) if name}
    assert asked <= known


def test_no_two_errors_say_the_same():
    assert len(set(SENTENCES.values())) == len(SENTENCES)


QUOTING = [kind for kind, template in SENTENCES.items() if "“{text}”" in template]


@pytest.mark.parametrize("kind", QUOTING, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("text", ["", "  "])
def test_what_was_left_empty_is_not_quoted_as_nothing(kind, text):
    """It says that it is empty, what it does not affect and what to write."""
    facts = {name: a_fact(kind, name, of)[0] for name, of in kind.facts.items()} | {"text": text}
    whole, said = sentence(a_sample(kind)[0]), sentence(kind(**facts))
    assert said == "这里还空着。" + whole.partition("。")[2]
    with speaking("en"):
        assert sentence(kind(**facts)).startswith("This is still empty. ")
        assert '""' not in sentence(kind(**facts))


def test_an_error_that_came_later_is_said_by_its_root():
    class NewRefusal(Refused):
        pass

    class NewOutage(Unavailable):
        pass

    assert sentence(NewRefusal()) == sentence(Refused())
    assert sentence(NewOutage()) == sentence(Unavailable())


@pytest.mark.parametrize("bug", [KeyError("phone"), ZeroDivisionError(), AssertionError("x")])
def test_a_bug_has_one_sentence_that_shows_nothing_of_it(bug):
    assert sentence(bug) == sentence(Exception())
    assert "phone" not in sentence(bug)


def test_a_scan_of_500_characters_does_not_flood_the_screen():
    assert len(sentence(errors.UnknownCode("9" * 500))) < 120


def test_control_characters_and_braces_of_a_person_do_no_harm():
    said = sentence(errors.UnknownCode("a\x1b[2J\n{code}\u202e"))
    assert "a·[2J·{code}·" in said


def test_lunar_and_solar_birthdays_are_told_apart():
    assert sentence(errors.BadBirthday("2-30")).startswith("公历")
    assert sentence(errors.BadBirthday("2-30", is_lunar=True)).startswith("农历")


@pytest.mark.parametrize("fault", TableFault)
def test_a_file_that_is_no_table_is_told_why(fault):
    said = sentence(errors.NotATable(fault))
    assert said.startswith("整个文件")
    assert fault not in said.lower()
    assert "第 12 行" in sentence(errors.NotATable(fault, 12))


def test_a_bad_row_is_told_with_its_line_column_and_reason():
    row = BadRow(12, "售价", errors.BadMoney("三十九"))
    assert bad_row(row) == "第 12 行“售价”：“三十九”不是金额。"
    assert bad_row(BadRow(3, "条码", errors.BadScan(0))) == (
        "第 3 行“条码”：要 1 到 64 个字母或数字，不能空着。"
    )


def test_every_reason_of_a_bad_row_stands_by_itself():
    """The counter's comfort ("本单没有变") has no place in a list of rows."""
    for kind in (errors.BadCheckDigit, errors.BadPrice, errors.BadPhone, errors.UnknownTier):
        said = bad_row(BadRow(7, "列", kind("Qx7")))
        assert "Qx7" in said
        assert said.count("。") == 1
        assert "本单" not in said


@pytest.mark.parametrize("kind", TenderKind)
def test_every_tender_has_a_name(kind):
    assert re.fullmatch(f"{HAN}+", tender_name(kind))


def test_a_tender_that_nobody_knows_is_shown_as_it_is():
    assert tender_name("shells") == "shells"


def test_people_and_figures_have_names():
    assert [role_name(role) for role in Role] == ["收银员", "店长", "药师", "后台"]
    assert len({right_name(right) for right in Right}) == len(Right)
    kinds = ("list", "saved", "rounding", "payable", "paid", "change", "pieces")
    names = ["原价", "已省", "抹零", "应收", "实收", "找零", "件数"]
    assert [figure_name(kind) for kind in kinds] == names


@pytest.mark.parametrize(
    ("saving", "said"),
    [
        (SavingLine("member_price", "", 0, 4_00, 37_00), "会员价 37.00，省 4.00"),
        (SavingLine("special_price", "双十一价", 0, 1_00, 9_90), "双十一价 9.90，省 1.00"),
        (SavingLine("tier_percentage", "金卡", 9500, 3_40), "金卡 95折，省 3.40"),
        (SavingLine("price_by_hand", "临期", 0, 4_00, 35_00), "改价 35.00（临期），省 4.00"),
        (SavingLine("line_by_hand", "破损", 0, 5_00), "手工优惠（破损），省 5.00"),
        (SavingLine("line_by_hand", "破损", 9000, 3_90), "手工9折（破损），省 3.90"),
        (SavingLine("basket_by_hand", "老顾客", 0, 1_00), "整单优惠（老顾客），省 1.00"),
        (SavingLine("basket_by_hand", "老顾客", 9500, 1_00), "整单95折（老顾客），省 1.00"),
        (SavingLine("cash_rounding", "", 0, 7), "抹零，省 0.07"),
        (SavingLine("fairy_dust", "仙女价", 0, 1_234_56), "仙女价，省 1,234.56"),
    ],
)
def test_what_a_cashier_reads_out(saving, said):
    assert why(saving) == said


def test_screen_and_paper_give_the_same_reason():
    sale = sold((VITAMIN, 2000), (MASK, 3000), member=LI, tenders=())
    spoken = [why(made) for made in sale.quote.adjustments]
    assert spoken == ["会员价 37.00，省 4.00", "金卡 95折，省 1.50"]
    printed = [
        why(line)
        for line in GOLDEN["gold_card_with_everything"]().lines
        if isinstance(line, SavingLine)
    ]
    assert printed[0] == spoken[0]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason):
    made = Adjustment(Stage.PERCENTAGE, "x", 1, 1_00, reason, "", 9_00, 9000)
    assert re.search(HAN, why(made))
    assert reason not in why(made)


def test_quoted_is_short_and_on_one_line():
    assert quoted("一\n二") == "一·二"
    assert quoted("长" * 41) == "长" * 40 + "…"


@pytest.mark.parametrize(
    ("born", "chinese", "traditional", "english"),
    [
        (Birthday(3, 5, 1988), "1988-03-05", "1988-03-05", "1988-03-05"),
        (
            Birthday(4, 3, None, is_lunar=True, is_leap=True),
            "农历闰四月初三",
            "農曆閏四月初三",
            "Lunar 4-03 (leap month)",
        ),
        (
            Birthday(12, 30, 1990, is_lunar=True),
            "农历1990年腊月三十",
            "農曆1990年臘月三十",
            "Lunar 1990-12-30",
        ),
    ],
)
def test_a_birthday_is_said_in_each_language(born, chinese, traditional, english):
    said = []
    for language in ("zh_CN", "zh_TW", "en"):
        with speaking(language):
            said.append(birthday_words(born))
    assert said == [chinese, traditional, english]


@pytest.mark.parametrize(
    ("label", "rate_bp", "said"),
    [
        ("生日 95 折", 9_500, "生日 95 折"),
        ("生日95折", 9_500, "生日95折"),
        ("生日 95 折", 5_000, "生日 95 折 5折"),
        ("9.5折", 5_000, "9.5折 5折"),
        ("金卡", 9_500, "金卡 95折"),
        ("", 9_000, "会员 9折"),
    ],
)
def test_a_rate_is_said_once(label: str, rate_bp: int, said: str) -> None:
    saving = Adjustment(
        Stage.PERCENTAGE, "sale", 1, 100, Reason.PERCENTAGE, label=label, rate_bp=rate_bp
    )
    assert offer_name(saving) == said


@pytest.mark.parametrize("reason", Reason)
def test_a_report_says_every_reason_in_words(reason):
    said = value_words(Heading("reason", Kind.WORDS), reason)
    assert reason.value not in said and said != value_words(Heading("reason", Kind.WORDS), "")


def test_a_share_is_compared_in_percentage_points():
    share, count = Heading("taken_share", Kind.SHARE), Heading("tickets", Kind.COUNT)
    assert is_compared(share)
    assert change_words(share, 684, 700) == "−1.6 个百分点"
    assert change_words(share, 700, 0) == "+70.0 个百分点"
    assert change_words(count, 12, 10) == "+20.0%"
