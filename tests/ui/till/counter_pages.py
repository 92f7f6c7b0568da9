"""Pictures of the counter itself, in each of its states, with its header as a window has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.actions.consents import ConsentStep
from core.catalog.product import Product
from core.errors import HeldThereOnly, UnknownCode, WeightNeeded
from core.members.consent import Consent
from core.members.member import Birthday, Note
from core.members.standing import Purchase
from core.ports import Health, Suggestion
from core.pricing.basket import Basket, Presented, SwitchedOff
from core.sales.held import Held
from core.sync.held import HeldThere
from core.values.settings import Settings
from storage.rulebook_file import load_rulebook
from tests.ui.till import baskets
from tests.ui.till.crowd import LONG
from ui.devices.print_queue import Paper
from ui.look import Look
from ui.machine_words import sudden_end
from ui.text import halves, sentence, tr
from ui.till.found import suggestion_of
from ui.till.held_state import choice_of, choice_there
from ui.till.help import HelpSheet
from ui.till.hold import HoldSheet
from ui.till.member_sheet import MemberSheet
from ui.till.member_sheet_state import ConsentState, MemberSheetState
from ui.till.notices import ENDED, PRINTER
from ui.till.page import TillPage
from ui.till.recall import RecallSheet
from ui.till.settings import SettingsSheet
from ui.till.state import TillState
from ui.till.unprinted import Unprinted
from ui.widgets.banner import Action
from ui.widgets.header import Header, Status

Draw = Callable[[Look, QWidget], QWidget | None]


def _product(no: int, name: str, price_fen: int, **more: object) -> Product:
    return Product(UUID(int=no), f"69051200120{no:02d}", name, price_fen, **more)  # type: ignore[arg-type]


VITAMIN = _product(1, "维生素C咀嚼片", 39_00, unit="瓶", spec="100片/瓶", member_price_fen=37_00)
CALCIUM = _product(2, "碳酸钙D3片", 68_00, unit="瓶", spec="60片/瓶")
STATIN = _product(3, "阿托伐他汀钙片", 42_60, unit="盒", spec="20mg×7片", is_prescription=True)
PATENT = _product(4, "藿香正气水", 9_90, unit="盒", spec="10ml×10支", special_price_fen=8_80)
GOJI = _product(5, "宁夏中宁枸杞子", 96_00, unit="kg", is_weighed=True)
GIFT = _product(6, "中华牌人参鹿茸虫草礼盒（尊享版，送礼佳品，十二年陈）", 328_800_00, unit="盒")
NOW_US = baskets.MOMENT.at_us
SALE = ((VITAMIN, 2000), (CALCIUM, 1000), (STATIN, 1000), (PATENT, 3000), (GOJI, 375))


def basket_of(*lines: tuple[Product, int]) -> Basket:
    made = Basket(UUID(int=1))
    for product, milli in lines:
        made = made.add(product, milli)
    return made


def counter_page(
    look: Look,
    window: QWidget,
    state: TillState,
    *,
    store: str = "中山路店",
    till: int = 2,
    statuses: Sequence[Status] = (),
) -> TillPage:
    holder = QWidget(window)
    holder.resize(window.size())
    header = Header(look, tr("熟客"))
    header.set_place(tr("{store}·{till} 号台", store=store, till=till))
    ready = (Status("printer", "printer", tr("就绪")), Status("staff", "user", "王芳"))
    header.set_status(statuses or ready)
    header.set_clock("14:32")
    page = TillPage(look)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(header)
    column.addWidget(page, 1)
    holder.show()
    page.show_state(state)
    page.focus_input()
    return page


def _sale(look: Look, window: QWidget) -> TillPage:
    state = TillState.of(baskets.counter(basket_of(*SALE), file=baskets.member()))
    return counter_page(look, window, state)


def counter_idle(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(baskets.counter(basket_of())))


def counter_just_paid(look: Look, window: QWidget) -> None:
    file = baskets.member("silver", points=200, spend_fen=499_000)
    last = baskets.with_change(basket_of(*SALE), 500_00, file)
    empty = baskets.counter(basket_of())
    counter_page(look, window, TillState.of(empty, last=last, is_just_paid=True))


def counter_between(look: Look, window: QWidget) -> None:
    """The till was started again; the sale before is to be printed again."""
    last = baskets.with_change(basket_of(*SALE), 500_00, baskets.member())
    empty = baskets.counter(basket_of())
    counter_page(look, window, TillState.of(empty, last=last, is_of_before=True))


def counter_sale(look: Look, window: QWidget) -> None:
    _sale(look, window)


def counter_asking(look: Look, window: QWidget) -> None:
    """F9 was pressed, and head office has not said yet whether a coupon may be used."""
    _sale(look, window).pay.show_asking(is_asking=True)


def counter_nobody(look: Look, window: QWidget) -> None:
    counter_page(look, window, TillState.of(baskets.counter(basket_of(*SALE[:2]))))


def counter_unweighed(look: Look, window: QWidget) -> None:
    """Goods that are weighed came by their plain code: the next number is their weight."""
    made = basket_of(*SALE[:2]).add(GOJI, is_unweighed=True)
    page = counter_page(look, window, TillState.of(baskets.counter(made)))
    page.say_error(sentence(WeightNeeded(GOJI.name)))
    page.ask_quantity(made.lines[-1].no)


def counter_counting(look: Look, window: QWidget) -> None:
    """F3: what the line has now is marked, the question stands behind it."""
    page = counter_page(look, window, TillState.of(baskets.counter(basket_of(*SALE))))
    page.ask_quantity(5)


def counter_birthday(look: Look, window: QWidget) -> None:
    file = baskets.member("diamond", points=1_234_567)
    born = Birthday(10, 16, is_lunar=True)
    file = replace(file, member=replace(file.member, name=LONG, birthday=born))
    made = replace(baskets.counter(basket_of(*SALE), file=file), birthday_in_days=0)
    counter_page(look, window, TillState.of(made))


def counter_dear(look: Look, window: QWidget) -> None:
    lines = ((GIFT, 9000), (VITAMIN, 999_000), (STATIN, 1000))
    made = baskets.counter(basket_of(*lines), file=baskets.member())
    counter_page(look, window, TillState.of(made))


def counter_thirty(look: Look, window: QWidget) -> None:
    lines = [(_product(10 + no, f"商品{no}", no * 1_11), 1000) for no in range(1, 31)]
    made = baskets.counter(basket_of(*lines), file=baskets.member())
    counter_page(look, window, TillState.of(made))


def counter_why(look: Look, window: QWidget) -> None:
    _sale(look, window).basket.toggle_why()


def counter_why_much_unused(look: Look, window: QWidget) -> None:
    """A gold member at the supermarket; each offer is not used for a reason of its own."""
    market = load_rulebook(baskets.SHIPPED.with_name("supermarket.toml"))
    made = basket_of(*SALE)
    for coupon in ("COLA1", "NEW15", "WELCOME5"):
        made = made.with_coupon(Presented(coupon, getattr(market.coupon(coupon), "id", "")))
    for offer in ("hundred-ten", "special-price", "welcome"):
        made = made.without_offer(SwitchedOff(offer, "老顾客", 1, 1))
    state = TillState.of(baskets.counter(made, file=baskets.member(), rules=market))
    counter_page(look, window, state).basket.toggle_why()


def counter_error(look: Look, window: QWidget) -> None:
    page = _sale(look, window)
    page.say_error(sentence(UnknownCode("6999999999997")), can_add=True)


def counter_jam(look: Look, window: QWidget) -> None:
    _jam(_sale(look, window), (Paper(baskets.TILL, ()),)).press("Shift+Del")


def counter_jam_of_several(look: Look, window: QWidget) -> None:
    nos = ("S01-T1-000121", "S01-T1-000122", "S01-T1-000123-R1")
    _jam(_sale(look, window), [Paper(no, (), is_doubtful=no == nos[1]) for no in nos])


def _jam(page: TillPage, papers: Sequence[Paper]) -> TillPage:
    said = Unprinted.of(papers, can_file=True)
    page.basket.notices.put(PRINTER, said.title, said.line, icon="printer", actions=said.actions)
    return page


def counter_ended(look: Look, window: QWidget) -> None:
    """The program made a mistake, and the store lies deep."""
    file = "/home/zhongshan-road/.local/share/shuke/中山路店/crashes/crash-20261126-143205-0731.txt"
    title, line = halves(sudden_end(Health(10**9, 0, ended=file)))
    actions = (Action("read", tr("知道了")),)
    _sale(look, window).basket.notices.put(ENDED, title, line, actions=actions)


def counter_found(look: Look, window: QWidget) -> None:
    page = _sale(look, window)
    page.scan.input.edit.setText("5678")
    found = [
        Suggestion("member", "900102000012", "李小华", "+8613812345678", "金卡", 12_480),
        Suggestion("member", "900102000013", LONG, "+8613912345678", "普通", 0),
        Suggestion("product", "6905120012039", "维生素C咀嚼片", "100片/瓶", price_fen=39_00),
    ]
    page.show_suggestions("5678", [suggestion_of(each) for each in found])


def help_keys(look: Look, window: QWidget) -> None:
    _sale(look, window)
    HelpSheet(look, window).open()


def member(look: Look, window: QWidget) -> None:
    _sale(look, window)
    notes = (
        Note(UUID(int=1), "青霉素过敏，问过再卖", is_urgent=True, at_us=NOW_US, staff_no=1),
        Note(UUID(int=2), LONG, is_urgent=False, at_us=NOW_US - 10**12, staff_no=2),
    )
    bought = [
        Purchase(baskets.MOMENT.business_on, each.code, each.name, milli, each.price_fen)
        for each, milli in SALE
    ]
    file = replace(baskets.member(), notes=notes, card_until=date(2026, 12, 1))
    state = MemberSheetState.of(baskets.counter(basket_of(*SALE), file=file), bought, NOW_US)
    assert state is not None
    MemberSheet(look, window).begin(state)


def member_consent(look: Look, window: QWidget) -> None:
    _sale(look, window)
    counter = baskets.counter(basket_of(*SALE), file=baskets.member())
    asked = [
        ConsentStep(Consent(is_given, 1, NOW_US - days * 86_400_000_000, 2), "王芳")
        for is_given, days in ((True, 90), (False, 30), (True, 0))
    ]
    consent = ConsentState.of(asked, UTC)
    state = MemberSheetState.of(counter, (), NOW_US, consent=consent)
    assert state is not None
    sheet = MemberSheet(look, window)
    sheet.begin(state)
    sheet._choose("consent")
    sheet.consent.withdraw.click()


def hold(look: Look, window: QWidget) -> None:
    _sale(look, window)
    HoldSheet(look, window).begin()


def _held(look: Look, window: QWidget, *rows: Held) -> None:
    _sale(look, window)
    RecallSheet(look, window).show_rows([choice_of(each, NOW_US) for each in rows])


def recall(look: Look, window: QWidget) -> None:
    minute, basket = 60_000_000, basket_of(*SALE)
    _held(
        look,
        window,
        Held(basket, "", NOW_US - 200 * minute, 1, 241_80, "李小华"),
        Held(replace(basket, sale_id=UUID(int=2)), "红衣服", NOW_US - 7 * minute, 1, 328_800_00),
        Held(replace(basket, sale_id=UUID(int=3)), LONG[:20], NOW_US, 1, 9_90, LONG),
    )


def recall_there(look: Look, window: QWidget) -> None:
    """Two of this till, and two of others of the store."""
    _sale(look, window)
    minute, basket = 60_000_000, basket_of(*SALE)
    rows = [
        choice_of(Held(basket, "", NOW_US - 200 * minute, 1, 241_80, "李小华"), NOW_US),
        choice_of(Held(replace(basket, sale_id=UUID(int=2)), "红衣服", NOW_US, 1, 9_90), NOW_US),
        choice_there(HeldThere(UUID(int=3), 2, "戴帽子的", 3, 128_00, NOW_US - minute), NOW_US),
        choice_there(HeldThere(UUID(int=4), 12, LONG[:20], 14, 328_800_00, NOW_US), NOW_US),
    ]
    sheet = RecallSheet(look, window)
    sheet.show_rows(rows)
    sheet.show_error(sentence(HeldThereOnly(2)))


def recall_nothing(look: Look, window: QWidget) -> None:
    _held(look, window)


def settings(look: Look, window: QWidget) -> None:
    _sale(look, window)
    SettingsSheet(look, window).show_settings(Settings())


PAGES: tuple[Draw, ...] = (
    counter_idle,
    counter_just_paid,
    counter_between,
    counter_sale,
    counter_asking,
    counter_nobody,
    counter_unweighed,
    counter_counting,
    counter_birthday,
    counter_dear,
    counter_thirty,
    counter_why,
    counter_why_much_unused,
    counter_error,
    counter_jam,
    counter_jam_of_several,
    counter_ended,
    counter_found,
    member,
    member_consent,
    hold,
    recall,
    recall_there,
    recall_nothing,
    help_keys,
    settings,
)
