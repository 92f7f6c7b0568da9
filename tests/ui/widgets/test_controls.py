"""Buttons, fields, chips and the rest: what they say, and what can be heard of them."""

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.banner import Action, Banner, Notice
from ui.widgets.big_input import BigInput
from ui.widgets.button import KINDS, Button
from ui.widgets.chip import Chip
from ui.widgets.empty import Empty, Offer
from ui.widgets.field import Field
from ui.widgets.header import Header, Status
from ui.widgets.key_strip import Key, KeyStrip
from ui.widgets.ledger import HEAD, TOTAL, Ledger, LedgerRow
from ui.widgets.panel_row import FactRow, Figure, PanelRow
from ui.widgets.segments import Segment, Segments
from ui.widgets.stepper import Stepper
from ui.widgets.stops import stops
from ui.widgets.tile import Tile
from ui.widgets.words import Words

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_button_is_large_enough_for_a_finger(look: Look, kind: str) -> None:
    button = Button(look, "好", kind=kind, name="ok")
    hint = button.sizeHint()
    assert (button.objectName(), button.accessibleName()) == ("ok", "好")
    assert min(hint.width(), hint.height()) >= 44


def test_an_icon_without_a_word_has_a_spoken_name(look: Look) -> None:
    assert Button(look, icon="eye", kind="quiet", spoken="看全号").accessibleName() == "看全号"


def test_a_click_leaves_the_focus_in_the_input(look: Look, qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    line, button = QLineEdit(), Button(look, "用药记录")
    column.addWidget(line)
    column.addWidget(button)
    page.show()
    page.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, LEFT)
    assert line.hasFocus()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is button
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_button_grows_with_its_icon_and_key(look: Look) -> None:
    bare = Button(look, "退货").sizeHint().width()
    with_key = Button(look, "退货", key="F8").sizeHint().width()
    assert bare < with_key < Button(look, "退货", key="F8", icon="return").sizeHint().width()


def test_the_big_button_that_waits_shows_no_key(look: Look) -> None:
    ready, waits = (Button(look, "收款", kind="primary", key="F9") for _ in range(2))
    waits.setEnabled(False)
    assert waits.sizeHint().width() < ready.sizeHint().width()


def test_typing_takes_the_problem_away(look: Look, qtbot) -> None:
    field = Field(look, "手机", name="phone")
    qtbot.addWidget(field)
    field.resize(240, 100)
    field.show()
    quiet = field.sizeHint().height()
    field.set_problem("手机号少一位。再看一眼，或先用姓名找，名字的拼音也行。")
    assert field.problem.isVisible()
    assert field.problem.height() >= 2 * 19, "the whole sentence is seen"
    assert field.sizeHint().height() > quiet
    assert field.edit.height() == 44
    qtbot.keyClicks(field.edit, "1")
    assert field.problem.isHidden()
    assert field.sizeHint().height() == quiet


def test_enter_in_a_field_is_answered_once_and_goes_no_further(look: Look, qtbot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    heard, silent = Field(look, "文件"), Field(look, "备注")
    for field in (heard, silent):
        column.addWidget(field)
    qtbot.addWidget(page)
    answered: list[str] = []
    reached: list[int] = []
    heard.submitted.connect(lambda: answered.append(heard.text()))
    page.keyPressEvent = lambda event: reached.append(event.key())
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, PLAIN, "\r", True)
    qtbot.keyClick(heard.edit, Qt.Key.Key_Return)
    QApplication.sendEvent(heard.edit, held)
    assert (len(answered), reached) == (1, []), "a key that is held down is one press"
    qtbot.keyClick(silent.edit, Qt.Key.Key_Return)
    assert reached == [Qt.Key.Key_Return], "whom nobody listens to leaves it to the page"


def test_a_field_is_found_by_its_label(look: Look) -> None:
    field = Field(look, "手机", name="phone")
    assert (field.edit.objectName(), field.edit.accessibleName()) == ("phone", "手机")


def test_the_input_says_what_was_typed_and_what_was_entered(look: Look, qtbot) -> None:
    scan = BigInput(look, "扫码", keyboard="触摸键盘", name="scan")
    qtbot.addWidget(scan)
    with qtbot.assertNotEmitted(scan.edited):
        scan.set_text("  69")
    with qtbot.waitSignal(scan.edited):
        qtbot.keyClicks(scan.edit, "01 ")
    with qtbot.waitSignal(scan.submitted) as submitted:
        qtbot.keyClick(scan.edit, Qt.Key.Key_Return)
    assert submitted.args == ["6901"]
    with qtbot.waitSignal(scan.keyboard_asked):
        qtbot.mouseClick(scan.findChild(Button, "scan_keyboard"), LEFT)


def test_a_chip_without_text_hides(look: Look, qtbot) -> None:
    chip = Chip(look, "金卡", kind="inverse")
    qtbot.addWidget(chip)
    width = chip.width()
    chip.set_text("钻石卡")
    assert chip.width() > width
    chip.set_text("")
    assert chip.isHidden()


def test_the_strip_says_which_key_and_keeps_silent_where_it_cannot(look: Look, qtbot) -> None:
    strip = KeyStrip(look, [Key("F8", "退货"), Key("F9", "收款", enabled=False)])
    qtbot.addWidget(strip)
    strip.resize(400, 56)
    strip.show()
    returned, paid = (strip.findChild(QWidget, f"key_{key}") for key in ("F8", "F9"))
    with qtbot.waitSignal(strip.pressed) as pressed:
        qtbot.mouseClick(returned, LEFT)
    assert pressed.args == ["F8"]
    with qtbot.assertNotEmitted(strip.pressed):
        qtbot.mouseClick(paid, LEFT)
    strip.set_keys([Key("F2", "会员")])
    assert returned.objectName() == "key_F2"
    assert paid.isHidden()


def test_the_header_tells_its_states_apart_by_word(look: Look, qtbot) -> None:
    header = Header(look, "熟客", "中山路店·2 号台")
    qtbot.addWidget(header)
    header.resize(1366, 44)
    header.show()
    header.set_status([Status("link", "online", "在线", "good"), Status("staff", "user", "王芳")])
    header.set_status([Status("link", "offline", "离线 27 分钟", "warn")])
    link = header.findChild(QWidget, "status_link")
    assert link.accessibleName() == "离线 27 分钟"
    assert header.findChild(QWidget, "status_staff").isHidden()
    with qtbot.waitSignal(header.opened) as opened:
        qtbot.mouseClick(link, LEFT)
    assert opened.args == ["link"]


def test_the_header_fits_a_small_window(look: Look) -> None:
    header = Header(look, "熟客", "中山路店·2 号台")
    states = [Status("a", "online", "在线"), Status("b", "outbox", "待上传 0")]
    header.set_status([*states, Status("c", "printer", "就绪"), Status("d", "user", "王芳")])
    header.set_clock("14:32")
    assert header.minimumSizeHint().width() <= 683


@pytest.mark.parametrize("made", [Banner, Notice])
def test_an_answer_names_its_action_and_takes_no_focus(look: Look, qtbot, made: type) -> None:
    action = Action("again", "装好了，补打")
    more = {"action": action} if made is Banner else {"actions": [action]}
    strip = made(look, "小票打印机缺纸", "没有打出来；收款照常", tone="warn", name="paper", **more)
    qtbot.addWidget(strip)
    assert strip.accessibleName() == "小票打印机缺纸 没有打出来；收款照常"
    with qtbot.waitSignal(strip.answered) as answered:
        qtbot.mouseClick(strip.findChild(Button, "paper_again"), LEFT)
    assert answered.args == ["again"]


def test_an_offer_that_only_says_how_cannot_be_pressed(look: Look, qtbot) -> None:
    empty = Empty(look, "下一位，请")
    qtbot.addWidget(empty)
    empty.set_offers(
        [Offer("scan", "scan", "扫任何码", acts=False), Offer("join", "people", "新会员")]
    )
    with qtbot.assertNotEmitted(empty.chosen):
        qtbot.mouseClick(empty.findChild(QWidget, "offer_scan"), LEFT)
    with qtbot.waitSignal(empty.chosen) as chosen:
        qtbot.mouseClick(empty.findChild(QWidget, "offer_join"), LEFT)
    assert chosen.args == ["join"]


def test_rows_of_the_panel_act_and_change(look: Look, qtbot) -> None:
    row = PanelRow(look, "优惠券 3 张", icon="coupon", action="用一张", key="F4", name="coupons")
    qtbot.addWidget(row)
    with qtbot.waitSignal(row.acted):
        qtbot.mouseClick(row.findChild(Button, "coupons_action"), LEFT)
    fact = FactRow(look, "实收", "58.00", name="paid")
    fact.set_value("60.00")
    assert fact.findChild(Words, "paid_value").text() == "60.00"
    figure = Figure(look, "已省", name="saved")
    figure.set_value("39.79", role="accent_text", bold=True)
    assert figure.value.accessibleName() == "39.79"


def test_one_segment_holds_and_arrows_move_it(look: Look, qtbot) -> None:
    segments = Segments(look, [Segment("all", "全部", "9"), Segment("gold", "金卡", "2")])
    qtbot.addWidget(segments)
    segments.show()
    assert segments.current() == "all"
    for key, name in ((Qt.Key.Key_Right, "gold"), (Qt.Key.Key_Right, "all")):
        with qtbot.waitSignal(segments.chosen) as chosen:
            qtbot.keyClick(segments, key)
        assert chosen.args == [name]
        assert segments.current() == name
        (stop,) = stops(segments)
        assert stop.objectName() == f"segments_{name}", "Tab comes to the one that holds"


def test_enter_takes_the_offer_that_has_the_focus(look: Look, qtbot) -> None:
    empty = Empty(look, "收银台打不开", offers=[Offer("close", "close", "关闭窗口")])
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.chosen) as chosen:
        qtbot.keyClick(empty.findChild(QWidget, "offer_close"), Qt.Key.Key_Return)
    assert chosen.args == ["close"]


def test_four_digits_stay_clear_of_both_buttons(look: Look, qtbot) -> None:
    stepper = Stepper(look)
    qtbot.addWidget(stepper)
    stepper.set_number("9999")
    seen = stepper.number.grab().toImage()
    paper = seen.pixelColor(0, 0)
    columns = [0, 1, 2, 3, seen.width() - 4, seen.width() - 3, seen.width() - 2]
    assert all(seen.pixelColor(x, y) == paper for x in columns for y in range(seen.height()))


def test_the_stepper_steps_and_stops_at_its_limits(look: Look, qtbot) -> None:
    stepper = Stepper(look)
    qtbot.addWidget(stepper)
    assert (stepper.width(), stepper.height()) == (132, 44)
    stepper.set_number("1")
    stepper.set_limits(can_less=False)
    with qtbot.assertNotEmitted(stepper.stepped):
        qtbot.mouseClick(stepper.less, LEFT)
    with qtbot.waitSignal(stepper.stepped) as stepped:
        qtbot.mouseClick(stepper.more, LEFT)
    assert stepped.args == [1]


def test_a_tile_is_chosen_without_a_signal_by_the_page(look: Look, qtbot) -> None:
    tile = Tile(look, "现金", sub="抹零 −0.01", icon="cash", amount="153.70", key="2", name="cash")
    qtbot.addWidget(tile)
    with qtbot.assertNotEmitted(tile.toggled):
        tile.set_chosen(True)
    assert tile.isChecked()
    assert tile.accessibleName() == "现金 抹零 −0.01 153.70"


def test_a_ledger_never_cuts_a_figure_it_scrolls(look: Look, qtbot) -> None:
    ledger = Ledger(look)
    qtbot.addWidget(ledger)
    ledger.resize(600, 300)
    ledger.show()
    wide = LedgerRow("维生素C咀嚼片", "123,478.00", ("−12,345.00",) * 9, "99,999.00")
    ledger.show_rows(("商品", "原价", *("优惠",) * 9, "应收"), [wide], wide)
    assert ledger.sizeHint().width() > 600
    assert "−12,345.00" in ledger.accessibleDescription()


def test_four_offers_and_the_result_stand_beside_each_other_in_a_narrow_ledger(
    look: Look, qtbot
) -> None:
    ledger = Ledger(look)
    qtbot.addWidget(ledger)
    row = LedgerRow("维生素C咀嚼片", "260.60", ("−10.09",) * 4, "234.31")
    ledger.show_rows(("商品", "原价", *("改价·价签错误",) * 4, "应收"), [row], row)
    assert ledger.sizeHint().width() <= 599


def test_a_head_takes_a_second_line_at_its_dot(look: Look) -> None:
    font = look.font("caption")
    head = "改价·价签错误"
    assert paint.first_line(head, font, 200) == len(head)
    assert head[: paint.first_line(head, font, 60)] == "改价·"
    assert paint.first_line("一件比一件更便宜", font, 60) == 4


def test_the_big_button_that_waits_has_an_edge_where_a_theme_has_no_tints(qtbot) -> None:
    look = Look.load("high_contrast")
    button = Button(look, "收款", kind="primary")
    qtbot.addWidget(button)
    button.setEnabled(False)
    button.resize(300, 72)
    edge = button.grab().toImage().pixelColor(0, 36)
    assert edge == look.colour("line") != look.colour("surface")


def test_a_long_name_leaves_the_amount_its_place_on_a_tile(look: Look, qtbot) -> None:
    pictures = []
    for amount in ("", "99.00"):
        tile = Tile(look, "中华牌人参鹿茸虫草礼盒（尊享版，送礼佳品）", amount=amount)
        qtbot.addWidget(tile)
        tile.resize(300, 64)
        pictures.append(tile.grab().toImage().copy(200, 0, 100, 64))
    assert pictures[0] != pictures[1]


def test_heads_and_sums_of_a_long_ledger_stay_in_sight(look: Look, qtbot) -> None:
    ledger = Ledger(look)
    qtbot.addWidget(ledger)
    ledger.resize(700, 300)
    rows = [LedgerRow(f"商品{at}", "39.00", ("−2.00",), "37.00") for at in range(30)]
    total = LedgerRow("合计", "1,170.00", ("−60.00",), "1,110.00")
    ledger.show_rows(("商品", "原价", "会员价", "应收"), rows, total)
    ledger.show()
    bar = ledger.findChild(QScrollArea).verticalScrollBar()

    def looks(top: int, height: int) -> QImage:
        return ledger.grab(QRect(0, top, 600, height)).toImage()

    heads, lines, sums = looks(0, HEAD), looks(HEAD, 200), looks(299 - TOTAL, TOTAL + 1)
    assert sums.pixelColor(0, 0).name() == look.colour("line_strong").name()
    bar.setValue(bar.maximum() // 2)
    assert looks(HEAD, 200) != lines, "the lines have scrolled"
    assert looks(0, HEAD) == heads
    assert looks(299 - TOTAL, TOTAL + 1) == sums


def test_long_words_are_elided_and_told_in_the_tooltip(look: Look, qtbot) -> None:
    long = "注射用重组人促红素预充式注射器冷藏运输"
    words = Words(look, long, elides=True)
    qtbot.addWidget(words)
    words.setFixedWidth(80)
    words.grab()
    assert words.toolTip() == long
    assert words.minimumSizeHint().width() <= 80
