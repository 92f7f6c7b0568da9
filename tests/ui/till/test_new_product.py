"""新增商品: the code is there, name and price are typed, and the queue goes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from core.errors import BadName, ProductTaken
from tests.ui.till.hands import ENTER
from ui.look import Look
from ui.till.new_product import NewProductSheet
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton
CODE = "6901234567892"


@pytest.fixture
def sheet(look: Look, window: QWidget) -> NewProductSheet:
    sheet = NewProductSheet(look, window)
    sheet.show_code(CODE)
    return sheet


@pytest.fixture
def added(sheet: NewProductSheet) -> list[tuple]:
    said: list[tuple] = []
    sheet.added.connect(lambda *facts: said.append(facts))
    return said


def fill(qtbot, *texts: str) -> None:
    for text in texts:
        QApplication.focusWidget().setText(text)
        qtbot.keyClick(QApplication.focusWidget(), ENTER)


def test_name_price_and_enter(sheet, added, qtbot) -> None:
    fill(qtbot, "维生素B族片", "18.50")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)
    assert added == [(CODE, "维生素B族片", "18.50", False)]


def test_a_prescription_medicine_by_key_or_finger(sheet, added, qtbot) -> None:
    fill(qtbot, "阿莫西林胶囊")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F4)
    fill(qtbot, "12")
    assert added == [(CODE, "阿莫西林胶囊", "12", True)]
    sheet.show_code("123")
    assert not sheet.prescription.isChecked()
    qtbot.mouseClick(sheet.prescription, LEFT)
    fill(qtbot, "头孢", "9")
    assert added[-1] == ("123", "头孢", "9", True)


def test_tab_goes_name_price_prescription(sheet, qtbot) -> None:
    visited = []
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
    assert visited == [sheet.price.edit, sheet.prescription]


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ([""], "new_product_name"),
        (["商品", ""], "new_product_price"),
        (["商品", "0"], "new_product_price"),
        (["商品", "-3"], "new_product_price"),
        (["商品", "十块"], "new_product_price"),
    ],
)
def test_what_is_wrong_stands_below_its_field(sheet, added, qtbot, texts, name) -> None:
    fill(qtbot, *texts)
    problem = sheet.findChild(Words, f"{name}_problem")
    assert problem.isVisible()
    assert problem.text().endswith("。")
    assert sheet.findChild(QLineEdit, name).hasFocus()
    assert sheet.findChild(QLineEdit, name).text() == texts[-1]
    assert added == []


def test_refusals_stand_where_they_belong_and_nothing_is_lost(sheet, added, qtbot) -> None:
    fill(qtbot, "商品", "3")
    sheet.show_refused(BadName("商品"))
    assert sheet.name.problem.isVisible()
    sheet.show_refused(ProductTaken(CODE))
    assert CODE in sheet.findChild(Words, "new_product_problem").text()
    assert (sheet.name.text(), sheet.price.text()) == ("商品", "3")
    qtbot.mouseClick(sheet.findChild(QAbstractButton, "new_product_done"), LEFT)
    assert len(added) == 2


def test_escape_turns_back(sheet, added, qtbot) -> None:
    with qtbot.waitSignal(sheet.cancelled):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert added == []


def test_the_code_is_shown_and_cannot_be_typed_over(sheet) -> None:
    line = sheet.findChild(QLineEdit, "new_product_code")
    assert line.text() == CODE
    assert line.isReadOnly()
