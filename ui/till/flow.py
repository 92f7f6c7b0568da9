"""柜台的对话: what the page wants becomes actions, one after another, and comes back as a state.

A scan that arrives while another is worked waits its turn and sees the basket that the one before
left behind. A scan that fails says so and does not stop those behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.actions import counter as counters
from core.actions import hold as holding
from core.actions import scan as scanning
from core.actions.counter import Counter
from core.actions.kept_codes import KeptCodes
from core.errors import (
    PaperScanned,
    SeveralMeanings,
    SeveralMembers,
    StrayTrace,
    TraceUnknown,
    UnknownCode,
)
from core.ports import StoredSale, Suggestion
from core.pricing.basket import Basket
from core.pricing.tender import Tender
from core.shop import Shop
from core.trust.staff import Staff
from core.values.money import format_money
from ui.devices import sound
from ui.scan_words import warned_words
from ui.text import sentence, tr
from ui.till.coupon_talk import tell_coupon
from ui.till.found import suggestion_of
from ui.till.keeping import Keeping
from ui.till.not_served import next_step
from ui.till.notices import ERROR
from ui.till.page import TillPage
from ui.till.standing import AtCounter, Sentence, back_words
from ui.till.state import LineRows, TillState
from ui.till.turns import Do, Failed, Turn, Turns, seen_before
from ui.work import Work

if TYPE_CHECKING:
    from core.sales.receipt import Receipt
    from ui.till.reserving import Reserving

# What is shorter than this was typed by a hand: last four of a phone, initials, part of a name.
SHORTEST_SCAN = 8


class TillFlow(QObject):
    """Has the counter as it stands, and keeps its basket in the store after each change.

    `printed` gives a receipt that wants paper; `unkept` why the basket would not outlive a crash,
    None once it would again; `questioned` an error that asks something back, with the text that
    was scanned; `shown` what stands at the counter, with the sale that was just paid, or None;
    `unknown` a code that is nothing here.
    """

    printed = Signal(object)
    unkept = Signal(object)
    questioned = Signal(object, str)
    shown = Signal(object, object)
    unknown = Signal(str)

    def __init__(self, work: Work, page: TillPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._page = page
        self._staff: Staff | None = None
        self._rows = LineRows()
        self._counter: Counter | None = None
        self._last: StoredSale | None = None
        self._is_just_paid, self._sold_no = False, ""
        self.turns = Turns(work, self._basket, self._show_done, lambda: self._staff, self)
        self.reserving: Reserving | None = None  # where the till belongs to a chain
        self._is_error_kept = False
        self.keeping = Keeping(work, self.turns, self)
        self.keeping.unkept.connect(self.unkept)
        self._said: Sentence | None = None
        self.unknown_code = ""
        self.fresh_code = ""  # of a product that was added in this basket
        self.not_served: Exception | None = None
        page.scanned.connect(self.scan)
        page.looked_for.connect(self._look_for)
        page.cleared.connect(lambda: self.put(counters.clear_basket))
        page.error_left.connect(self.forget_error)

    @property
    def counter(self) -> Counter | None:
        """What stands at the counter, None before the first answer."""
        return self._counter

    @property
    def page(self) -> TillPage:
        """Where it is shown."""
        return self._page

    @property
    def is_working(self) -> bool:
        """Whether something that was scanned or pressed is not yet in the basket, or not kept."""
        return self.turns.is_working or self.keeping.is_busy

    @property
    def staff(self) -> Staff:
        """Who stands at the till; asked only while somebody does."""
        assert self._staff is not None, "nobody is logged in"
        return self._staff

    def standing(self) -> AtCounter:
        """What another window goes on with."""
        is_said = bool(self._page.basket.notices.text(ERROR))
        return AtCounter(
            counter=self._counter,
            last=self._last,
            is_just_paid=self._is_just_paid,
            sold_no=self._sold_no,
            has_kept=self.keeping.has_kept,
            left_over=self.keeping.left_over,
            unknown_code=self.unknown_code,
            said=self._said if is_said else None,
            typed="" if self._page.scan.is_counting else self._page.scan.text(),
        )

    def take_up(self, staff: Staff | None, at: AtCounter) -> None:
        """Go on with what another window left: nothing is asked, nothing is priced again."""
        self._staff, self._counter, self._last = staff, at.counter, at.last
        self._is_just_paid, self._sold_no = at.is_just_paid, at.sold_no
        self.unknown_code = at.unknown_code
        self._is_error_kept = bool(at.unknown_code)
        if at.counter is not None:
            self._show(at.counter)
        self.keeping.take_up(at)
        if at.said is not None:
            self._tell(at.said, can_add=bool(at.unknown_code))
        self._page.scan.input.edit.setText(at.typed)

    def begin(self, staff: Staff, *, reminder: Sentence | None = None) -> None:
        """Somebody stands at the till: show the sale before, take scans, say a reminder once."""
        self._staff = staff
        self._ask_last()
        sentences = [reminder] if reminder else []
        kept: list[KeptCodes] = []

        def come(shop: Shop, basket: Basket | None) -> Counter:
            if basket is not None:
                return counters.reprice(shop, basket)
            resumed = holding.resume(shop)
            if resumed.is_back:
                sentences.append(partial(back_words, resumed.counter))
            kept.append(resumed.kept)
            return resumed.counter

        def remind(_counter: Counter) -> None:
            if sentences:
                self._tell(lambda: " ".join(make() for make in sentences))
            for codes in kept:
                self.keeping.leave_over(codes)

        self.put(come, then=remind)

    def take_over(self, staff: Staff) -> None:
        """Another person goes on with all that stands here, as far as they may see it."""
        is_other, self._staff = self._staff is not None and self._staff.no != staff.no, staff
        if is_other and self._counter is not None and self._counter.file is not None:
            self.put(counters.reprice)

    def take_tenders(self, tenders: tuple[Tender, ...]) -> None:
        """What was paid before somebody turned back: first of all that waits, and said."""
        self._page.clear_news()
        if self._counter is None or tenders == self._counter.basket.tenders == ():
            return
        self.turns.add_first(
            Turn(
                lambda shop, basket: counters.reprice(shop, basket.with_own_tenders(tenders)),
                self.say,
            )
        )
        self.say_taken(tenders)

    def say_taken(self, tenders: tuple[Tender, ...]) -> None:
        """What was paid so far of the sale that stands here; none says nothing of any other."""
        self._page.clear_news()
        if taken := sum(tender.amount_fen for tender in tenders):
            words = "已收 {taken}，还留在这一单里。按 F9 接着收；要退，在那里退掉。"
            self._page.say_news(tr(words, taken=format_money(taken)))

    def remind(self, reminder: Sentence) -> None:
        """Say something that stops nobody, where nothing else is said."""
        if not self._page.basket.notices.text(ERROR):
            self._tell(reminder)

    def begin_basket(self) -> None:
        """开单: an empty basket with a sale id of its own."""
        self.forget_error()
        self._page.clear_news()
        self.fresh_code = ""
        self.turns.add_first(Turn(lambda shop, _basket: counters.new_basket(shop), self.say))

    def after_sale(self, sale: StoredSale) -> None:
        """A sale was settled: its change is shown until the next one begins."""
        self._last, self._is_just_paid, self._sold_no = sale, True, sale.no
        self.keeping.has_kept = False
        self.begin_basket()

    def after_void(self) -> None:
        """A sale is void: no change of it is due, and whoever stands here is priced anew."""
        self._is_just_paid = False
        self._ask_last()
        self.put(
            lambda shop, basket: (
                counters.reprice(shop, basket) if basket else counters.new_basket(shop)
            )
        )

    def scan(self, text: str, kind: str = "") -> Turn:
        """A code or a text, in the order of arrival; `kind` where it could be several things."""
        staff = self.staff

        def scan(shop: Shop, basket: Basket) -> Counter:
            return scanning.scan(shop, basket, text, staff=staff, kind=kind)

        turn = Turn(scan, partial(self._not_scanned, text), self.warn, text)
        return self._answer(turn) if kind else self.turns.add(turn)

    def adopt(self, counter: Counter) -> None:
        """What a payment made of the counter stands here when somebody turns back."""
        self._counter = seen_before(counter, self._counter)
        self._show(self._counter)

    def warn(self, counter: Counter) -> None:
        """Say what whoever sells should know of what was scanned."""
        if not counter.warned:
            QTimer.singleShot(0, self, sound.play_right)  # painted first: a player takes a while
        else:
            sound.play_error()
            self._page.basket.notices.say_warning(" ".join(map(warned_words, counter.warned)))

    def put(
        self,
        do: Do,
        *,
        failed: Failed | None = None,
        then: Callable[[Counter], None] | None = None,
    ) -> Turn:
        """Do something with the basket when everything before it is done."""
        return self.turns.add(Turn(do, failed or self.say, then))

    def answer(self, do: Do, *, failed: Failed, then: Callable[[Counter], None]) -> Turn:
        """Do first what a question was asked for; then what waited behind it."""
        return self._answer(Turn(do, failed, then))

    def _answer(self, turn: Turn) -> Turn:
        self.turns.add_first(turn)
        self.release()
        return turn

    def when_done(self, do: Callable[[], None]) -> None:
        """Call this once everything that was scanned before is in the basket."""
        self.turns.when_done(do)

    def hold(self) -> None:
        """Let scans wait: a payment is going on, or a question stands that comes before them."""
        self.turns.hold()

    def release(self) -> None:
        """Go on with what waits."""
        self.turns.release()

    def say(self, error: Exception) -> None:
        """An error's sentence with a sound; it goes with the next thing that works."""
        sound.play_error()
        self._is_error_kept = False
        self._tell(lambda: sentence(error))

    def _tell(self, said: Sentence, *, can_add: bool = False, mend: str = "") -> None:
        self._said = said
        self._page.say_error(said(), can_add=can_add, mend=mend)

    def keep(self, basket: Basket) -> None:
        """Let a crash bring this basket back."""
        self.keeping.keep(basket)

    def reprint(self, no: str | None = None) -> None:
        """补打: a receipt, or the last one, once more, marked as a copy."""
        from core.actions.reprint import reprint

        then, failed = self._reprinted, self.say
        self._work.act(reprint, staff=self.staff, sale_no=no, then=then, failed=failed)

    # One after another

    def _basket(self) -> Basket | None:
        return self._counter.basket if self._counter else None

    def _show_done(self, counter: Counter) -> None:
        before, self._counter = self._counter, counter
        if not counter.basket.is_empty or counter.file is not None:
            self._is_just_paid = False
        if not self._is_error_kept:
            self._page.clear_error()
        self._page.clear_done()
        self._show(counter)
        tell_coupon(self._page.basket.notices, self._tell, before, counter)
        self.keep(counter.basket)

    def _show(self, counter: Counter) -> None:
        self._page.show_state(
            TillState.of(
                counter,
                rows=self._rows,
                last=self._last,
                is_just_paid=self._is_just_paid,
                is_of_before=self._last is not None and self._last.no != self._sold_no,
            )
        )
        self.shown.emit(counter, self._last if self._is_just_paid else None)

    def _ask_last(self) -> None:
        from core.actions import reprint as reprinting

        self._work.ask(
            reprinting.last_sale, topic="last sale", then=self._show_last, failed=self.say
        )

    def _show_last(self, sale: StoredSale | None) -> None:
        self._last = sale
        if self._counter is not None:
            self._show(self._counter)

    def _reprinted(self, receipt: Receipt) -> None:
        self._page.clear_error()
        self.printed.emit(receipt)

    # Scans that find nothing

    def _not_scanned(self, text: str, error: Exception) -> None:
        if isinstance(error, SeveralMeanings | TraceUnknown | StrayTrace | PaperScanned):
            self.say(error)
            self.questioned.emit(error, text)
            return
        is_typed = isinstance(error, UnknownCode) and len(text) < SHORTEST_SCAN
        if is_typed or isinstance(error, SeveralMembers):
            self._work.ask(
                scanning.find,
                text,
                topic="suggest",
                then=lambda found: self._offer(text, found, error),
                failed=self.say,
            )
        else:
            self._say_not_scanned(text, error)

    def _offer(self, text: str, found: tuple[Suggestion, ...], error: Exception) -> None:
        """Which one was meant? Only asked while nothing else is in the input."""
        if found and not self._page.scan.text():
            self._page.scan.offer(text, [suggestion_of(each) for each in found])
        else:
            self._say_not_scanned(text, error)

    def say_unknown(self, code: str) -> None:
        """A code that is nothing here after all: it may become a product."""
        self._say_not_scanned(code, UnknownCode(code))

    def say_not_served(self, error: Exception) -> None:
        """Why somebody is not served, and the next step."""
        self._say_not_scanned("", error)

    def _say_not_scanned(self, text: str, error: Exception) -> None:
        """An unknown code stays on the page while the scans behind it go on: its box is waiting."""
        sound.play_error()
        is_unknown, mend = isinstance(error, UnknownCode), next_step(error)
        self.not_served = error if mend else None
        self.unknown_code = text if is_unknown else ""
        self._is_error_kept = is_unknown
        self._tell(lambda: sentence(error), can_add=is_unknown, mend=mend)
        if is_unknown:
            self.unknown.emit(text)

    def forget_error(self) -> None:
        """What was said was dealt with."""
        self.unknown_code = ""
        self._is_error_kept = False
        self._page.clear_error()

    def _look_for(self, text: str) -> None:
        self._work.ask(
            scanning.find,
            text,
            topic="suggest",
            then=lambda found: self._page.show_suggestions(
                text, [suggestion_of(each) for each in found]
            ),
            failed=self.say,
        )
