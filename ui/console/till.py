"""无屏收银台: reads one command a line, does the action, answers with the state after it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from core.actions import add_product as adding
from core.actions import counter as counters
from core.actions import day as days
from core.actions import exchange as exchanging
from core.actions import hold as holding
from core.actions import join_member as joining
from core.actions import login as logins
from core.actions import scan as scanning
from core.actions import settle as settling
from core.actions.counter import Counter, require_open_day
from core.errors import (
    ConsentMissing,
    NamesakeFound,
    NoSuchLine,
    NotLoggedIn,
    Refused,
    SaleUnfinished,
    Shortfall,
    Unavailable,
)
from core.members.masks import mask_name
from core.ports import StoredSale, Suggestion
from core.pricing.tender import Tender
from core.sales.slip import Slip
from core.shop import Shop
from core.trust.rights import Approval
from core.trust.staff import Staff
from core.values.money import format_money, parse_money
from core.values.quantity import parse_quantity
from core.values.settings import LANGUAGES
from ui.catalogue import speak
from ui.console.answer import Answer, masked
from ui.console.desk import Means
from ui.console.language import (
    BadCommand,
    confirming_words,
    joining_words,
    parse,
    place_of,
    tender_kind_of,
    usage,
)
from ui.console.reserving import Kept
from ui.console.rooms import ROOMS
from ui.console.visitor_desk import scanned
from ui.coupon_text import coupon_said
from ui.devices.paper import PaperDesk
from ui.exchange_text import left_words
from ui.left_over_text import came_back_words
from ui.lost_text import rejected
from ui.scan_words import unweighed_words, warned_words
from ui.text import quoted, sentence, tr, why

_log = logging.getLogger(__name__)
_trail = logging.getLogger("trail")


class ConsoleTill:
    """One till without a screen. `paper` prints each receipt, `receipts` is where copies go."""

    def __init__(self, shop: Shop, paper: PaperDesk, receipts: Path, uplink: Means = None) -> None:
        self.shop = shop
        self.uplink = uplink
        self.paper = paper
        self.kept = Kept(self)
        self._receipts = receipts
        self._staff: Staff | None = None
        self._counter: Counter | None = None
        self._sale: StoredSale | None = None
        self._found: tuple[Suggestion, ...] = ()
        self._line: int | None = None
        self.allowed: Approval | None = None
        """What was allowed with `approve` and not used up yet."""
        self._lent: Approval | None = None
        self._unkept = ""
        self.more: dict[str, Any] = {}
        """What the command under way adds to its answer, by the name of its field."""
        self._commands: dict[str, Callable[..., str]] = {
            name.removeprefix("do_").replace("_", "-"): getattr(group, name)
            for group in (self, *(room(self) for room in ROOMS))
            for name in dir(group)
            if name.startswith("do_")
        }

    def run(self, lines: Iterable[str], out: TextIO, *, as_json: bool) -> None:
        """Answer each line until the input ends or `quit` comes."""
        for line in lines:
            answer = self.obey(line.rstrip("\r\n"))
            if answer is None:
                continue
            said = json.dumps(answer.record(), ensure_ascii=False) if as_json else answer.text()
            print(said, file=out, flush=True)
            if line.strip() == "quit":
                return

    def obey(self, line: str) -> Answer | None:
        """The state after one command; None for an empty line or a comment."""
        found, self._found = self._found, ()
        self.more = {}
        self._unkept = ""
        self._lent = None
        try:
            command = parse(line)
            if command is None:
                self._found = found
                return None
            if command.name == "choose":
                self._found = found
            _trail.info(command.name)
            return self._answer(True, self._commands[command.name](*command.words))
        except BadCommand as bad:
            return self._answer(False, str(bad))
        except Shortfall as refused:
            if isinstance(refused, Refused):
                self.allowed = self.allowed or self._lent
            return self._answer(False, sentence(refused))
        except Exception as bug:  # noqa: BLE001 - it is said and logged, the till goes on
            _log.exception("a command of the screenless till failed")
            return self._answer(False, sentence(bug))

    def _answer(self, ok: bool, say: str) -> Answer:
        return Answer(
            ok=ok,
            say=f"{say} {self._unkept}".strip(),
            counter=self._counter,
            sale=self._sale,
            day=days.day_now(self.shop),
            staff=self._staff.name if self._staff else "",
            found=self._found,
            more=self.more,
        )

    # People and days

    def do_login(self, *words: str) -> str:
        name = words[0] if len(words) == 2 else None
        staff = logins.login(self.shop, words[-1], name=name)
        self.take_over(staff)
        back = self._resume()
        return tr("{name} 已登录。", name=staff.name) + back

    def do_logout(self) -> str:
        logins.logout(self.shop, staff=self.who())
        self.take_over(None)
        return tr("已退出登录。")

    def do_lock(self) -> str:
        logins.lock(self.shop, staff=self.who())
        self.take_over(None)
        return tr("已锁屏，本单留着；login 接着收。")

    # The basket

    def do_scan(self, code: str, kind: str = "") -> str:
        before = self.open()
        after = scanned(self, before.basket, code, kind)
        self.show(after)
        said = coupon_said(before.basket, after, gifts="gifts")
        words = said.text if said else self.touched(after)
        return " ".join([words, *map(warned_words, after.warned)])

    def do_find(self, text: str) -> str:
        self.who()
        rows = scanning.find(self.shop, text)
        self._found = tuple(map(masked, rows))
        return tr("找到 {count} 条。", count=len(rows)) if rows else tr("没有找到。")

    def do_choose(self, number: str) -> str:
        place = place_of(number)
        if place > len(self._found):
            raise NoSuchLine(place)
        return self.do_scan(self._found[place - 1].key)

    def do_join(self, phone: str, name: str, *more: str) -> str:
        facts = joining_words(more)
        try:
            after = joining.join_member(
                self.shop,
                self.open().basket,
                name=name,
                phone=phone,
                staff=self.who(),
                **facts,
            )
        except (NamesakeFound, ConsentMissing) as asked:
            raise BadCommand(sentence(asked) + confirming_words(asked)) from None
        self.show(after)
        return self.touched(after)

    def do_drop_member(self) -> str:
        self.show(counters.choose_member(self.shop, self.open().basket, None))
        return tr("本单不用会员。")

    def do_add_product(self, code: str, price: str, name: str) -> str:
        after = adding.add_product(
            self.shop,
            self.open().basket,
            code=code,
            name=name,
            price_fen=parse_money(price),
            staff=self.who(),
        )
        self.show(after)
        return self.touched(after)

    def do_qty(self, quantity: str, line: str = "") -> str:
        no = self.line_no(line)
        milli = parse_quantity(quantity)
        after = counters.change_quantity(self.shop, self.open().basket, no, milli)
        self.show(after)
        return self.touched(after)

    def do_remove(self, line: str) -> str:
        no = self.line_no(line)
        self.show(counters.remove_line(self.shop, self.open().basket, no))
        return tr("已删去。")

    def do_clear(self) -> str:
        self.show(counters.clear_basket(self.shop, self.open().basket))
        return tr("本单已清空。")

    def do_why(self) -> str:
        counter = self.open()
        rows = [why(each) for each in counter.quote.adjustments]
        rows += [rejected(each, counter.rulebook) for each in counter.quote.rejected]
        return "\n".join(rows) or tr("都是原价。")

    # Money

    def do_pay(self, kind: str, amount: str) -> str:
        staff, before = self.who(), self.open()
        if before.basket.exchange:
            before = exchanging.tendered(self.shop, before.basket, staff=staff)
        tender = Tender(tender_kind_of(kind), parse_money(amount))
        # What points paid whole is settled with `pay cash 0`.
        more = (tender,) if tender.amount_fen or before.quote.due_fen else ()
        after = exchanging.tendered(
            self.shop, before.basket.with_tenders((*before.basket.tenders, *more)), staff=staff
        )
        if after.quote.due_fen:
            self.show(after)
            return tr("还差 {due}。", due=format_money(after.quote.due_fen))
        self.kept.claim(after.basket)
        settled = settling.settle(
            self.shop,
            after.basket,
            shown=after.quote.hash,
            staff=staff,
            approval=self.approval(),
        )
        self._sale = settled.sale
        self.paper.print(settled.sale.receipt)
        self._begin_next()
        said = tr(
            "{no} 已结账，实收 {paid}，找零 {change}。",
            no=settled.sale.no,
            paid=format_money(settled.sale.paid_fen),
            change=format_money(settled.sale.change_fen),
        )
        return " ".join((said, *left_words(settled.sale.receipt)))

    def _begin_next(self) -> None:
        """The sale stands, whatever becomes of the next basket."""
        self._counter = None
        try:
            self.show(counters.new_basket(self.shop))
        except Unavailable as trouble:
            self._unkept = sentence(trouble)

    def do_unpay(self) -> str:
        bare = self.open().basket.with_tenders(())
        self.show(exchanging.tendered(self.shop, bare, staff=self.who()))
        return tr("已记的收款取消了。")

    def do_language(self, language: str) -> str:
        if language not in LANGUAGES:
            languages = " ".join(LANGUAGES)
            raise BadCommand(
                tr(
                    "没有“{text}”这种语言。有：{languages}。",
                    text=quoted(language),
                    languages=languages,
                )
            )
        speak(language)
        return tr("现在说简体中文。")

    def do_help(self) -> str:
        return usage()

    def do_quit(self) -> str:
        self.kept.leave()
        return tr("再见。")

    # What stands behind them

    def take_over(self, staff: Staff | None) -> None:
        """Somebody else, or nobody, stands here from now on.

        The basket stays; what was allowed to the one before does not.
        """
        self._staff = staff
        self.allowed = self._lent = None

    def save(self, slip: Slip) -> str:
        """Write a paper as files, and say where."""
        return "  ".join(map(str, self.paper.save(slip, self._receipts)))

    def look_again(self) -> None:
        """Price what stands at the counter anew: its member may be another now."""
        if self._counter is not None:
            self.show(counters.reprice(self.shop, self._counter.basket))

    def leave_empty(self) -> None:
        """Let go of the counter; raises SaleUnfinished where goods stand on it."""
        if self._counter is not None and not self._counter.basket.is_empty:
            raise SaleUnfinished()
        self._counter = None

    def who(self) -> Staff:
        if self._staff is None:
            raise NotLoggedIn()
        return self._staff

    def approval(self) -> Approval | None:
        """What was allowed; it serves one command that is not refused."""
        self._lent, self.allowed = self.allowed, None
        return self._lent

    def open(self) -> Counter:
        self.who()
        with self.shop.store.read() as reading:
            require_open_day(reading)
        self._resume()
        assert self._counter is not None
        return self._counter

    def _resume(self) -> str:
        """Take up what stood at the counter; words where something was left by a crash."""
        if self._counter is not None:
            return ""
        resumed = holding.resume(self.shop)
        self._counter = resumed.counter
        return came_back_words(resumed)

    def show(self, counter: Counter) -> None:
        """This stands at the counter now, also after a crash where the disk allows it."""
        self._counter = counter
        try:
            holding.keep_open(self.shop, counter.basket, ())  # what waited was said by now
        except Unavailable as trouble:
            # What was asked for is done; the person hears what a crash would lose.
            self._unkept = sentence(trouble)
        self.kept.look(counter)
        numbers = {line.no for line in counter.basket.lines}
        if counter.changed_line is not None:
            self._line = counter.changed_line
        elif self._line not in numbers:
            self._line = max(numbers, default=None)

    def line_no(self, text: str) -> int:
        lines = self.open().basket.lines
        if not text:
            if self._line is None:
                raise NoSuchLine(1)
            return self._line
        place = place_of(text)
        if not 0 < place <= len(lines):
            raise NoSuchLine(place)
        return lines[place - 1].no

    def touched(self, counter: Counter) -> str:
        if counter.changed_line is not None:
            line = counter.basket.line(counter.changed_line)
            name = line.product.name
            return f"{name}　{unweighed_words()}" if line.is_unweighed else name
        if counter.file is not None and counter.tier is not None:
            return tr(
                "{name} {tier} {points} 分",
                name=mask_name(counter.file.member.name),
                tier=counter.tier.name,
                points=f"{counter.file.points:,}",
            )
        return ""
