"""券的整页 PDF: ten coupons on a page of A4 with cut marks, each with its code and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from core.sales.coupon_slip import CouponSlip, CouponTerms, CouponTitle
from core.sales.receipt import Heading, MemberLine
from ui.coupon_words import term_words
from ui.devices.faces import CENTRE
from ui.devices.fitting import Frame, fitted
from ui.devices.marks import PALE, Mark, leaves_pdf
from ui.devices.page_grid import laid_out
from ui.devices.print_sizes import Grid
from ui.devices.symbols import square_marks
from ui.text import tr

WIDTH_MM, HEIGHT_MM = 92.0, 53.0
PAGE = Grid(width_mm=210.0, height_mm=297.0, columns=2, rows=5, has_cut_marks=True)
MARGIN_MM = 5.0
SQUARE_MM = 27.0
STORE_MM, NAME_MM, WORTH_MM, TERM_MM, CODE_MM = 4.5, 6.5, 11.0, 4.2, 4.0
WHO_MM = 3.4
STORE_PT, NAME_PT, WORTH_PT, TERM_PT, CODE_PT = 8.0, 11.0, 22.0, 7.5, 8.0
WHO_PT = 7.5
GAP_MM = 3.0


def coupon_sheet_pdf(slips: Sequence[CouponSlip]) -> bytes:
    """The PDF of these coupons."""
    cells = [coupon_marks(slip) for slip in slips]
    return leaves_pdf(laid_out(cells, PAGE, WIDTH_MM, HEIGHT_MM), tr("优惠券"))


def coupon_marks(slip: CouponSlip) -> tuple[Mark, ...]:
    """One coupon: what it is at the left, at the right its code and, where it is so, whose."""
    store = next((each.store_name for each in slip.lines if isinstance(each, Heading)), "")
    name = next((each.name for each in slip.lines if isinstance(each, CouponTitle)), "")
    terms = [each for each in slip.lines if isinstance(each, CouponTerms)]
    worth, *rest = (words for each in terms for words in term_words(each))
    x, room = MARGIN_MM, WIDTH_MM - 2 * MARGIN_MM
    left = room - SQUARE_MM - GAP_MM
    marks: list[Mark] = [
        *fitted(store, Frame(x, MARGIN_MM, room, STORE_MM), STORE_PT, grey=PALE),
    ]
    y = MARGIN_MM + STORE_MM + 1
    marks += fitted(name, Frame(x, y, left, NAME_MM), NAME_PT, is_bold=True)
    y += NAME_MM + 1
    marks += fitted(worth, Frame(x, y, left, WORTH_MM), WORTH_PT, is_bold=True)
    y += WORTH_MM + 1
    for words in rest:
        marks += fitted(words, Frame(x, y, left, TERM_MM), TERM_PT)
        y += TERM_MM
    y, right = MARGIN_MM + STORE_MM + 1, WIDTH_MM - MARGIN_MM - SQUARE_MM
    marks += square_marks(slip.code, right, y, SQUARE_MM)
    y += SQUARE_MM
    code = Frame(right, y, SQUARE_MM, CODE_MM)
    marks += fitted(slip.code, code, CODE_PT, is_whole=True, side=CENTRE)
    y += CODE_MM
    whose = (each for each in slip.lines if isinstance(each, MemberLine))
    for words in (text for each in whose for text in (each.masked_name, each.masked_card) if text):
        frame = Frame(right, y, SQUARE_MM, WHO_MM)
        marks += fitted(words, frame, WHO_PT, is_whole=True, side=CENTRE)
        y += WHO_MM
    return tuple(marks)
