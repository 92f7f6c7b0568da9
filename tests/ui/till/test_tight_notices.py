"""通知: in a window as low as 1366 × 768 at 200 % what can wait is one line below the basket."""

from __future__ import annotations

from core.errors import UnknownCode
from tests.ui.till.test_every_page import TWICE, USUAL, drawn
from ui.look import Layout, Look
from ui.text import sentence
from ui.till.notices import ERROR, PRINTER, QUESTION
from ui.till.page import TillPage
from ui.widgets.banner import Action, Notice


def notice_at(page: TillPage, place: str) -> Notice:
    notice = page.basket.notices.findChild(Notice, f"notice_{place}")
    assert isinstance(notice, Notice)
    return notice


def test_papers_that_did_not_come_out_leave_a_line_of_the_basket_in_sight(look: Look) -> None:
    with drawn(look, "counter_jam_of_several", TWICE) as window:
        page = window.findChild(TillPage)
        notice = notice_at(page, PRINTER)
        row = Layout.for_width(TWICE[0]).row_height
        assert page.basket.table.view.viewport().height() >= row, "a line of it"
        assert notice.title.isVisible() and not notice.line.isVisible()
        notice.unfold.click()
        assert notice.line.isVisible() and all(each.isVisible() for each in notice.buttons)
        assert not notice.unfold.isVisible()
        page.basket.show_basket(page._state)
        assert notice.unfold.isVisible(), "folded again with the next thing that is done"


def test_what_was_not_found_leaves_the_basket_in_sight(look: Look) -> None:
    with drawn(look, "counter_sale", TWICE) as window:
        page = window.findChild(TillPage)
        page.say_error(sentence(UnknownCode("6901028075503")), can_add=True)
        assert notice_at(page, ERROR).unfold.isVisibleTo(page)
        assert page.basket.table.view.viewport().height() >= Layout.for_width(TWICE[0]).row_height


def test_what_asks_is_never_folded(look: Look) -> None:
    with drawn(look, "counter_jam", TWICE) as window:
        question = notice_at(window.findChild(TillPage), QUESTION)
        assert all(each.isVisible() for each in question.buttons)
        assert not question.unfold.isVisible()


def test_the_end_of_a_long_title_is_never_cut(look: Look) -> None:
    """What is wrong stands there, in English above all."""
    title = "Note: trace code 81234567890123456789 was sold on S01-T1-000012 and did not come back"
    notice = Notice(look, title, "Check where it is from.", actions=(Action("close", "Got it"),))
    for width in (760, 620, 400):
        notice.resize(width, notice.height())
        notice._fit()
        assert notice.title.height() >= 2 * notice.title.fontMetrics().lineSpacing()
        assert notice.height() >= notice.title.height() + notice.line.height()


def test_of_a_title_with_little_room_codes_keep_their_ends(look: Look) -> None:
    title = "Note: trace code 81234567890123456789 was sold on S01-T1-000012 and did not come back"
    notice = Notice(look, title, "Check where it is from.", actions=(Action("close", "Got it"),))
    notice.set_folded(True)
    for width, said in ((418, title.replace("1234567890123456", "123…6")), (900, title)):
        notice.resize(width, notice.height())
        notice._fit()
        assert notice.title.text() == said


def test_in_a_usual_window_nothing_is_folded(look: Look) -> None:
    with drawn(look, "counter_jam_of_several", USUAL) as window:
        notice = notice_at(window.findChild(TillPage), PRINTER)
        assert notice.line.isVisible() and not notice.unfold.isVisible()
        assert all(each.isVisible() for each in notice.buttons)
