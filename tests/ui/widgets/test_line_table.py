"""明细表: rows are diffed, the current one keeps its rail, and the stepper floats over it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import Qt

from ui.look import Layout, Look
from ui.widgets.line_delegate import Columns
from ui.widgets.line_model import LineModel
from ui.widgets.line_row import Fragment, LineRow
from ui.widgets.line_table import LineTable

OFFER = LineRow("", "每满 100 减 10", net="−20.00", kind="offer", key="offer")


def line(no: int, **changes: str) -> LineRow:
    row = LineRow(
        str(no), f"商品 {no}", "10片", quantity="1 × 9.90", list="9.90", net="9.41",
        key=f"line-{no}", count="1", unit="9.90 / 盒", sub=(Fragment("−0.49", "saved"),),
    )  # fmt: skip
    return replace(row, **changes)


def basket(count: int) -> list[LineRow]:
    return [*(line(no) for no in range(1, count + 1)), OFFER]


@pytest.fixture
def table(look: Look, qtbot) -> LineTable:
    table = LineTable(look, Layout.for_width(1366), name="lines")
    qtbot.addWidget(table)
    table.resize(934, 28 + 6 * 72 + 48)
    table.show()
    return table


class Told:
    """What a model told its views."""

    def __init__(self, model: LineModel) -> None:
        self.steps: list[tuple[str, int, int]] = []
        model.modelReset.connect(lambda: self.steps.append(("reset", 0, 0)))
        model.rowsInserted.connect(lambda _p, a, b: self.steps.append(("in", a, b)))
        model.rowsRemoved.connect(lambda _p, a, b: self.steps.append(("out", a, b)))
        model.dataChanged.connect(lambda a, b, _r: self.steps.append(("new", a.row(), b.row())))


def test_one_more_line_among_fifty_is_one_insertion_before_the_offer(table: LineTable) -> None:
    table.show_rows(basket(50))
    told = Told(table.model)
    table.show_rows(basket(51), current="line-51")
    assert told.steps == [("in", 50, 50)]


def test_another_quantity_changes_that_row_alone(table: LineTable) -> None:
    table.show_rows(basket(5))
    told = Told(table.model)
    rows = basket(5)
    rows[2] = replace(rows[2], net="18.82")
    table.show_rows(rows)
    assert told.steps == [("new", 2, 2)]


def test_removing_a_line_removes_one_row(table: LineTable) -> None:
    table.show_rows(basket(5))
    told = Told(table.model)
    rows = basket(5)
    del rows[1]
    table.show_rows(rows)
    assert told.steps == [("out", 1, 1)]


def test_the_same_rows_again_tell_nothing(table: LineTable) -> None:
    table.show_rows(basket(5))
    told = Told(table.model)
    table.show_rows(basket(5))
    assert told.steps == []


BASKETS = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from(["1.00", "2.00"])), max_size=8,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: [line(no, net=net) for no, net in pairs])  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(baskets=st.lists(BASKETS, min_size=2, max_size=4))
def test_whatever_was_shown_before_the_new_rows_are_shown(
    qapp, baskets: list[list[LineRow]]
) -> None:
    model = LineModel()
    for rows in baskets:
        model.show_rows(rows)
        assert model.rows == rows
        assert model.rowCount() == len(rows)


def test_six_lines_and_an_offer_fit_exactly(table: LineTable) -> None:
    table.show_rows(basket(6), current="line-6")
    assert table.view.verticalHeader().length() == 6 * 72 + 48
    assert table.view.verticalScrollBar().maximum() == 0


def test_heights_follow_the_rows_when_the_offer_moves(table: LineTable) -> None:
    for count in (1, 7, 3):
        table.show_rows(basket(count))
        header = table.view.verticalHeader()
        assert [header.sectionSize(at) for at in range(count + 1)] == [72] * count + [48]


def test_a_new_line_is_current_and_in_sight_with_the_offer(table: LineTable) -> None:
    table.show_rows(basket(30), current="line-30")
    assert table.current() == "line-30"
    viewport = table.view.viewport().rect()
    for at in (29, 30):
        assert viewport.contains(table.view.visualRect(table.model.index(at, 0)))


def test_new_rows_keep_the_current_line_though_it_moved(table: LineTable, qtbot) -> None:
    table.show_rows(basket(5), current="line-4")
    with qtbot.assertNotEmitted(table.current_changed):
        table.show_rows(basket(5)[2:])
    assert table.current() == "line-4"
    assert stands_beside(table, 1)


def test_when_the_current_line_goes_nothing_is_current(table: LineTable, qtbot) -> None:
    table.show_rows(basket(5), current="line-5")
    with qtbot.waitSignal(table.current_changed) as changed:
        table.show_rows(basket(4))
    assert changed.args == [""]
    assert table.stepper.isHidden()


def stands_beside(table: LineTable, row: int) -> bool:
    area = table.view.visualRect(table.model.index(row, 0))
    return area.top() < table.stepper.y() < table.stepper.geometry().bottom() < area.bottom()


def test_the_stepper_floats_in_the_quantity_column(table: LineTable) -> None:
    table.show_rows(basket(6), current="line-3")
    columns = Columns.of(Layout.for_width(1366), table.view.viewport().width())
    assert stands_beside(table, 2)
    assert table.stepper.geometry().right() + 1 == columns.quantity[1]
    assert columns.quantity == (510, 686)
    assert columns.net == (790, 918)


def test_the_stepper_scrolls_with_its_row(table: LineTable) -> None:
    table.show_rows(basket(30), current="line-30")
    before = table.stepper.y()
    table.view.verticalScrollBar().setValue(table.view.verticalScrollBar().value() - 40)
    assert table.stepper.y() == before + 40


def test_a_line_that_is_weighed_has_no_stepper(table: LineTable) -> None:
    table.show_rows([line(1, count="", quantity="0.375 kg × 96.00")], current="line-1")
    assert table.stepper.isHidden()


def test_the_stepper_speaks_of_the_current_line(table: LineTable, qtbot) -> None:
    table.show_rows(basket(3), current="line-2")
    for button, step in ((table.stepper.less, -1), (table.stepper.more, 1)):
        with qtbot.waitSignal(table.step_asked) as asked:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert asked.args == ["line-2", step]
    with qtbot.waitSignal(table.quantity_asked) as asked:
        qtbot.mouseClick(table.stepper.number, Qt.MouseButton.LeftButton)
    assert asked.args == ["line-2"]


def test_a_click_makes_a_line_current_but_never_an_offer(table: LineTable, qtbot) -> None:
    table.show_rows(basket(3), current="line-3")
    viewport = table.view.viewport()
    for row, current in ((0, "line-1"), (3, "line-1")):
        place = table.view.visualRect(table.model.index(row, 0)).center()
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
        assert table.current() == current


def test_the_page_moves_the_current_line_up_and_down(table: LineTable) -> None:
    table.show_rows(basket(3), current="line-3")
    seen = []
    for step in (1, -1, -1, -1):
        table.move_current(step)
        seen.append(table.current())
    assert seen == ["line-3", "line-2", "line-1", "line-1"]


def test_a_row_is_spoken_as_a_sentence(table: LineTable) -> None:
    table.show_rows([line(1)])
    assert table.model.index(0, 0).data() == "1 商品 1 10片 1 × 9.90 9.41 −0.49"


def test_a_narrower_window_hides_the_list_price(table: LineTable) -> None:
    table.show_rows(basket(2), current="line-2")
    table.set_layout(Layout.for_width(911))
    columns = Columns.of(Layout.for_width(911), table.view.viewport().width())
    assert columns.list[0] == columns.list[1]
    assert table.view.verticalHeader().sectionSize(0) == 64
    assert table.stepper.geometry().right() + 1 == columns.quantity[1]
