"""收款: what a payment shows: figures that add up, and notes that make the change."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadMoney, BadTender, TenderTooHigh
from core.pricing.tender import TenderKind
from core.sales.payment import check_tenders
from tests.ui.till import baskets
from ui.till.payment_state import (
    ORDER,
    PaymentState,
    notes_back,
    notes_words,
    quick_amounts,
)

CASH, CARD, INSURANCE = TenderKind.CASH, TenderKind.CARD, TenderKind.INSURANCE
ALL_KINDS = st.sampled_from(ORDER)


@given(st.integers(0, 2_000_000))
def test_the_notes_handed_back_add_up_to_the_change(change_fen: int) -> None:
    back = notes_back(change_fen)
    assert sum(note * pieces for note, pieces in back) == change_fen
    assert all(pieces > 0 for _, pieces in back)
    assert [note for note, _ in back] == sorted({note for note, _ in back}, reverse=True)


@given(st.integers(0, 200_000))
def test_what_is_said_of_the_notes_is_the_change(change_fen: int) -> None:
    said = 0
    for part in notes_words(change_fen).split("，"):
        if "张" in part:
            notes, pieces = re.fullmatch(r"(.+元)各? (\d+) 张", part).groups()
            said += sum(int(note) * 100 for note in re.findall(r"\d+", notes)) * int(pieces)
        else:
            said += sum(
                int(number) * {"角": 10, "分": 1}[unit]
                for number, unit in re.findall(r"(\d+) (角|分)", part)
            )
    assert said == change_fen


@pytest.mark.parametrize(
    ("change_fen", "words"),
    [
        (46_30, "20 元 2 张，5 元、1 元各 1 张，3 角"),
        (42_00, "20 元、1 元各 2 张"),
        (50_37, "50 元 1 张，3 角 7 分"),
        (166_00, "100 元、50 元、10 元、5 元、1 元各 1 张"),
        (5, "5 分"),
        (0, ""),
    ],
)
def test_the_change_is_said_as_a_cashier_counts_it(change_fen: int, words: str) -> None:
    assert notes_words(change_fen) == words


@given(st.integers(1, 10_000_000))
def test_quick_amounts_are_whole_notes_above_what_is_due(due_fen: int) -> None:
    amounts = quick_amounts(due_fen)
    assert len(amounts) <= 4
    assert list(amounts) == sorted(set(amounts))
    assert all(amount > due_fen and amount % 100 == 0 for amount in amounts)


def test_quick_amounts_are_those_of_the_drawing() -> None:
    assert quick_amounts(153_70) == (154_00, 155_00, 160_00, 200_00)


def test_what_is_due_is_what_the_tenders_leave() -> None:
    made = baskets.basket(100_00, 28_60)
    state = PaymentState.of(baskets.counter(made, (INSURANCE, 42_60)))
    assert (state.payable_fen, state.due_fen) == (128_60, 86_00)
    assert state.tenders == ((INSURANCE, 42_60),)
    assert {choice.most_fen for choice in state.choices} == {86_00}
    assert [choice.key for choice in state.choices] == ["1", "2", "3", "4", "5", "6"]


def test_insurance_may_be_for_prescriptions_only() -> None:
    made = baskets.basket(100_00, prescription_fen=42_60)
    rules = baskets.rulebook(insurance_pays="prescription")
    state = PaymentState.of(baskets.counter(made, rules=rules))
    assert state.choice(INSURANCE).most_fen == 42_60
    assert state.choice(INSURANCE).is_prescription_only
    after = PaymentState.of(baskets.counter(made, (INSURANCE, 40_00), rules=rules))
    assert (after.choice(INSURANCE).most_fen, after.choice(CARD).most_fen) == (2_60, 102_60)


def test_only_cash_is_rounded_and_the_sheet_says_so_before() -> None:
    made, rules = baskets.basket(123_47), baskets.rulebook(rounding_fen=10)
    state = PaymentState.of(baskets.counter(made, rules=rules))
    assert (state.needed_fen(CASH), state.needed_fen(CARD)) == (123_40, 123_47)
    paid = baskets.counter(made, (CASH, 123_40), rules=rules)
    assert paid.quote.due_fen == 0, "core rounds as the sheet said"


@given(
    st.lists(st.integers(1, 50_000), min_size=1, max_size=4),
    st.integers(0, 30_000),
    st.lists(st.tuples(ALL_KINDS, st.integers(1, 99)), max_size=3),
    ALL_KINDS,
    st.sampled_from([0, 10, 50, 100]),
)
def test_what_the_sheet_takes_core_takes_and_what_covers_settles(
    prices: list[int],
    prescription: int,
    paid: list[tuple[TenderKind, int]],
    kind: TenderKind,
    unit: int,
) -> None:
    made = baskets.basket(*prices, prescription_fen=prescription)
    rules = baskets.rulebook(rounding_fen=unit, insurance_pays="prescription")
    tenders: list[tuple[TenderKind, int]] = []
    for each, percent in [*paid, (kind, 100)]:
        state = PaymentState.of(baskets.counter(made, *tenders, rules=rules))
        fen = state.choice(each).most_fen * percent // 100
        if fen == 0:
            continue
        assert state.take(each, f"{fen // 100}.{fen % 100:02d}") == fen
        covers = state.left_fen(each, fen) <= 0
        tenders.append((each, fen))
        after = baskets.counter(made, *tenders, rules=rules)
        check_tenders(after.basket, after.quote, rules)
        # A tender after cash takes a part of what cash would have paid, and 抹零 with it: then
        # the sheet asks for those fen once more instead of settling.
        moves_rounding = each is not CASH and any(kind is CASH for kind, _ in tenders)
        if covers:
            assert after.quote.due_fen <= (unit if moves_rounding else 0)


@pytest.mark.parametrize("text", ["12", "12.5", "１２．５０", " 12.50 ", "¥12"])
def test_an_amount_may_be_written_in_many_ways(text: str) -> None:
    state = PaymentState.of(baskets.counter(baskets.basket(100_00)))
    assert state.take(CASH, text) in (12_00, 12_50)


@pytest.mark.parametrize(
    ("kind", "text", "refused"),
    [
        (CASH, "", BadMoney),
        (CASH, "abc", BadMoney),
        (CASH, "12.345", BadMoney),
        (CASH, "0", BadTender),
        (CASH, "-5", BadTender),
        (CARD, "100.01", TenderTooHigh),
        (CASH, "6901234567892", BadMoney),
        (CASH, "69012345", TenderTooHigh),
    ],
)
def test_what_cannot_be_taken_is_refused(kind: TenderKind, text: str, refused: type) -> None:
    state = PaymentState.of(baskets.counter(baskets.basket(100_00)))
    with pytest.raises(refused):
        state.take(kind, text)


def test_the_member_is_masked_and_sees_what_is_earned() -> None:
    file = baskets.member("silver", points=100)
    state = PaymentState.of(baskets.counter(baskets.basket(100_00), file=file))
    assert (state.who, state.tier, state.has_member) == ("李*华", "银卡", True)
    assert state.points_after == 100 + state.points > 100


def test_pieces_are_counted_and_weighed_lines_are_one() -> None:
    made = baskets.basket(10_00, 20_00)
    made = made.with_quantity(1, 3_000).with_quantity(2, 2_375)
    state = PaymentState.of(baskets.counter(made))
    assert (state.kinds, state.pieces) == (2, 4)
