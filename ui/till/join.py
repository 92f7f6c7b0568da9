"""入会: a new member in under twenty seconds, phone, name and Enter.

    joined(name, phone, card_no, birthday_text, is_lunar)   everything looked right here; answer
                            and the customer agreed; answer with `shut`, `show_existing`,
                            `show_refused` or `show_error`
    joined_anew(…)          the same, and the person says: somebody else of that name and birthday
    use_existing(card_no)   the phone, or name and birthday, are a member's: take that one
    cancelled()             the person turned back

What cannot be taken is said below its field; nothing that was typed is lost. A card scanned while
the sheet is open finds its field, wherever the caret is.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from core.catalog.barcode import clean
from core.errors import (
    BadBirthday,
    BadCard,
    BadName,
    BadPhone,
    BadScan,
    CardRetired,
    CardTaken,
    ConsentMissing,
    NamesakeFound,
    PaymentCode,
    PhoneTaken,
    Refused,
    Shortfall,
)
from core.members.birthday import parse_birthday
from core.members.card import check_card
from core.members.names import check_name
from core.members.phone import parse_phone
from core.values.gtin import EAN_13, is_article
from core.values.payment_code import refuse_payment, refuse_payment_in
from ui.consent_text import consent_words
from ui.look import Look
from ui.text import birthday_words, sentence, tr
from ui.till.form import Form
from ui.till.keys import ADD, key_name
from ui.widgets.banner import Action, Banner
from ui.widgets.field import Field
from ui.widgets.key_hint import ENTER
from ui.widgets.segments import Segment, Segments
from ui.widgets.sheet import Sheet
from ui.widgets.tile import Tile

SIZE = (816, 548)
AGREE = Qt.Key.Key_F4
LUNAR = "lunar"


TARGET = 44


class JoinSheet(Sheet):
    """The form of a new member; Enter goes from field to field and joins in the last."""

    shows_scans = True
    joined = Signal(str, str, str, str, bool)
    joined_anew = Signal(str, str, str, str, bool)
    use_existing = Signal(str)
    cancelled = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(
            look,
            window,
            tr("新会员"),
            subtitle=tr("手机和姓名就够，其余可以空着"),
            size=SIZE,
            name="join",
        )
        self._is_busy = False
        self._existing = ""
        self._may_be_another = False
        self._is_another = False
        self.phone = Field(look, tr("手机"), placeholder="138 0000 0000", name="join_phone")
        self.name = Field(look, tr("姓名"), name="join_name")
        self.calendar = Segments(
            look,
            [Segment("solar", tr("公历")), Segment(LUNAR, tr("农历"))],
            name="join_calendar",
            spoken=tr("生日的历法"),
        )
        self.birthday = Field(
            look,
            tr("生日（可空）"),
            placeholder="1988-03-05",
            hint=_no_year(),
            name="join_birthday",
            beside=self.calendar,
        )
        self.card = Field(
            look,
            tr("会员卡（可空）"),
            placeholder=tr("扫一张卡，空着就自动发卡"),
            name="join_card",
        )
        self.consent = Tile(
            look, consent_words(), icon="shield", key="F4", name="join_consent", height=TARGET
        )
        self._fields = (self.phone, self.name, self.birthday, self.card)
        self._form = Form(look, tr("入会"), name="join")
        self._fill()
        self.set_body(self._form, self._form.foot)
        self._listen()

    # What the wiring says

    def prefill(self, phone: str) -> None:
        """A phone that was typed at the counter already; the name comes next."""
        self.phone.set_text(phone)
        (self.name if phone else self.phone).focus()

    def take_scan(self, text: str) -> bool:
        """A card was scanned: it is the new member's; what lacks still comes next. Goods wait."""
        code = clean(text)
        if is_article(code, (EAN_13,)):
            return False
        self.card.set_text(code)
        if self._check(self.card):
            self._go_on()
        return True

    def show_existing(self, masked_name: str, card_no: str) -> None:
        """The phone is a member's: offer that one (domain.md 8); Enter takes it."""
        title = tr("这个手机号已经是会员 {name} 的", name=masked_name)
        line = tr("卡号 {card}。没有另建会员；要另办就换一个手机号。", card=card_no)
        self._offer(card_no, title, line)
        self.phone.focus()

    def show_namesake(self, found: NamesakeFound) -> None:
        """A member has this name and birthday: that one with Enter, or really somebody else."""
        title = tr("会员 {name} 同名、同生日", name=found.masked_name)
        phone = tr("手机 {phone}", phone=found.masked_phone) if found.masked_phone else ""
        facts = (phone, tr("卡号 {card}", card=found.card_no))
        action = Action("anew", tr("是另一位，照样入会"), ADD)
        self._offer(found.card_no, title, "　".join(filter(None, facts)), action)
        self.name.focus()

    def show_refused(self, error: Shortfall) -> None:
        """Say below its field why it cannot be taken; who is a member already is offered."""
        if isinstance(error, PhoneTaken):
            self.show_existing(error.masked_name, error.card_no)
            return
        if isinstance(error, NamesakeFound):
            self.show_namesake(error)
            return
        owners: dict[type[Shortfall], Field] = {
            BadPhone: self.phone,
            BadName: self.name,
            BadBirthday: self.birthday,
            BadScan: self.card,
            BadCard: self.card,
            CardTaken: self.card,
            CardRetired: self.card,
            PaymentCode: self._paying(),
        }
        owner = owners.get(type(error))
        if owner is None:
            self.show_error(sentence(error))
            return
        self._ready()
        owner.set_problem(sentence(error))
        owner.focus()

    def _paying(self) -> Field:
        """Where somebody put what a customer pays with."""
        try:
            refuse_payment_in(self.name.text())
        except PaymentCode:
            return self.name
        return self.card

    def show_error(self, text: str) -> None:
        """One sentence that belongs to no field."""
        self._ready()
        self._form.show_problem(text)

    def open(self, focus: QWidget | None = None) -> None:
        self._ready()
        first = next((field for field in self._fields[:2] if not field.text()), self.phone)
        super().open(focus or first.edit)

    # What the person does

    def _on_enter(self, field: Field) -> None:
        if self._existing:
            self._join()
            return
        if self._check(field):
            at = self._fields.index(field) + 1
            if at < len(self._fields):
                self._fields[at].focus()
            elif not self.consent.isChecked():
                # not yet: this same Enter would press what has the focus
                QTimer.singleShot(0, self.consent, self._ask_consent)
            else:
                self._join()

    def _go_on(self) -> None:
        """The caret to what must be given still, the customer's consent last."""
        missing = next((field for field in self._fields[:2] if not field.text()), None)
        if missing is not None:
            missing.focus()
        elif self.consent.isChecked():
            self._form.done.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._ask_consent()

    def _check(self, field: Field) -> bool:
        try:
            self._read(field)
        except Refused as refused:
            said = self._words(field, refused)
            if isinstance(refused, PaymentCode):
                field.set_text("")
            field.set_problem(said)
            field.focus()
            return False
        return True

    def _read(self, field: Field) -> None:
        text = field.text()
        if field is self.phone:
            parse_phone(text)
        elif field is self.name:
            check_name(text)
        elif field is self.birthday and text:
            parse_birthday(text, lunar=self._is_lunar())
        elif field is self.card and text:
            refuse_payment(check_card(clean(text)))

    def _words(self, field: Field, refused: Refused) -> str:
        if field.text():
            return sentence(refused)
        return tr("请输入手机号。") if field is self.phone else tr("请输入姓名。")

    def _join(self) -> None:
        if self._is_busy:
            return
        if self._existing:
            self._wait()
            self.use_existing.emit(self._existing)
            return
        # every wrong field says so, the first of them gets the caret
        checked = [self._check(field) for field in reversed(self._fields)]
        if all(checked) and not self.consent.isChecked():
            self._ask_consent(ConsentMissing())
        elif all(checked):
            self._wait()
            texts = (self.name.text(), self.phone.text(), self.card.text(), self.birthday.text())
            joined = self.joined_anew if self._is_another else self.joined
            joined.emit(*texts, self._is_lunar())

    def _ask_consent(self, refused: Refused | None = None) -> None:
        self.consent.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.show_problem(sentence(refused) if refused else "")

    def _on_consent(self, has_agreed: bool) -> None:
        self._form.show_problem("")
        if has_agreed and self.consent.hasFocus():
            self._form.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, card_no: str, title: str, line: str, action: Action | None = None) -> None:
        """Show who is a member already; `action` is the way on all the same."""
        self._ready()
        self._existing = card_no
        self._may_be_another = action is not None
        banner = Banner(
            self._look,
            title,
            line,
            tone="good",
            icon="people",
            action=action,
            name="join_existing",
        )
        banner.answered.connect(self._join_anew)
        self._form.show_banner(banner)
        self._form.done.set_label(tr("用这位会员"))
        self._form.set_hint(tr("请问顾客：是不是同一位会员？"))
        self.show_top()

    def _join_anew(self) -> None:
        self._withdraw()
        self._is_another = True
        self._join()

    def _withdraw(self) -> None:
        """Something else stands there now: who was found is not offered any more."""
        self._is_another = self._may_be_another = False
        if self._existing:
            self._existing = ""
            self._form.show_banner(None)
            self._show_way()

    def _show_way(self) -> None:
        self._form.done.set_label(tr("入会"))
        self._form.set_hint(tr("Enter 到下一格，顾客同意后入会"))

    def _on_birthday(self, *_: object) -> None:
        self._withdraw()
        said = "" if self.birthday.text() else _no_year()
        try:
            born = parse_birthday(self.birthday.text(), lunar=self._is_lunar())
        except Refused:
            pass  # half a date is no mistake yet: Enter says so
        else:
            said = birthday_words(born)
            if born.is_lunar:
                self.calendar.set_current(LUNAR)
        self.birthday.hint.setText(said)

    def _is_lunar(self) -> bool:
        return self.calendar.current() == LUNAR

    # How it stands

    def _wait(self) -> None:
        self._is_busy = True
        self._form.set_busy(True)

    def _ready(self) -> None:
        self._is_busy = False
        self._form.set_busy(False)
        self._form.show_problem("")

    def _fill(self) -> None:
        self._form.add_row(self.phone, self.name)
        self._form.add_row(self.birthday, self.card)
        self._form.add_row(self.consent)
        self._show_way()

    def _listen(self) -> None:
        for field in self._fields:
            field.submitted.connect(lambda field=field: self._on_enter(field))
        self.phone.changed.connect(self._withdraw)
        self.name.changed.connect(self._withdraw)
        self.birthday.changed.connect(self._on_birthday)
        self.calendar.chosen.connect(self._on_birthday)
        self.consent.toggled.connect(self._on_consent)
        self._form.done.clicked.connect(self._join)
        self.left.connect(self.cancelled)
        self.closed.connect(self._forget)

    def _forget(self) -> None:
        """The next customer must not see what this one said."""
        for field in self._fields:
            field.set_text("")
            field.set_problem("")
        self.calendar.set_current("solar")
        self.consent.set_chosen(False)
        self._withdraw()
        self._ready()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() in ENTER and isinstance(focus, QAbstractButton):
            if self.calendar.isAncestorOf(focus):
                self.card.focus()
            else:
                focus.click()
            event.accept()
            return
        if event.key() == AGREE:
            self.consent.toggle()
            event.accept()
            return
        if key_name(event) == ADD and self._may_be_another:
            self._join_anew()
            event.accept()
            return
        super().keyPressEvent(event)


def _no_year() -> str:
    """Not everybody says how old they are."""
    return tr("或 3月5日")
