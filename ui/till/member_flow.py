"""会员的对话: F2 with a member, and the next step where a card is answered in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject

from core.actions import cards, notes
from core.actions import counter as counters
from core.actions.consents import ConsentStep, consent_steps, give_consent, withdraw_consent
from core.actions.counter import Counter
from core.actions.deeds import Chance, chances, credit_behaviour
from core.actions.look_at_tiers import TierStep, tier_history
from core.actions.serve import find_member
from core.actions.use_benefit import give_back_benefit, member_benefits, use_benefit
from core.errors import CardExpired, ConsentWithdrawn, MemberFrozen, MemberMerged
from core.members.benefits import BenefitLeft
from core.members.consent import CONSENT
from core.members.masks import mask_name
from core.members.standing import Purchase
from core.shop import Shop
from core.trust.rights import Approval
from core.trust.staff import Staff
from core.values.moment import months_after
from ui.consent_text import ConsentState
from ui.login.override_flow import OverrideFlow
from ui.not_done import say_not_done
from ui.text import tr
from ui.till.flow import TillFlow
from ui.till.fresh import forget_card, tell_card
from ui.till.member_sheet import MemberSheet
from ui.till.member_sheet_state import MemberSheetState
from ui.till.whose import Whose
from ui.work import Work

if TYPE_CHECKING:  # no till needs it at its start
    from core.actions.attend import Offered

RENEWED_MONTHS = 12


class MemberMore(Struct, frozen=True):
    """What the sheet shows of a member beside what stands at the counter."""

    purchases: tuple[Purchase, ...] = ()
    benefits: tuple[BenefitLeft, ...] = ()
    steps: tuple[TierStep, ...] = ()
    chances: tuple[Chance, ...] = ()
    consents: tuple[ConsentStep, ...] = ()
    zone: tzinfo = UTC
    offered: tuple[Offered, ...] = ()


class MemberFlow(QObject):
    """What is done with the member at the counter, and with one who is not served."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: MemberSheet,
        override: OverrideFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._override = override
        self._whose = Whose(work, flow, sheet, self)
        self._more = MemberMore()
        sheet.noted.connect(self._note)
        sheet.erased.connect(self._erase)
        sheet.replaced.connect(self._replace)
        sheet.frozen.connect(self._freeze)
        sheet.withdrew.connect(self._withdraw)
        sheet.agreed.connect(self._agree)
        sheet.bought.connect(self._buy)
        sheet.presented.connect(self._buy)
        sheet.used.connect(lambda code: self._count(use_benefit, code))
        sheet.given_back.connect(lambda code: self._count(give_back_benefit, code))
        sheet.behaved.connect(self._credit)
        sheet.signed_up.connect(partial(self._attend, "sign_up"))
        sheet.came.connect(partial(self._attend, "come"))
        sheet.dropped_out.connect(partial(self._attend, "leave"))

    def begin(self) -> None:
        """Show the member who stands at the counter."""
        if self._whose.begin() is not None:
            self._work.ask(
                _more_of,
                self._whose.id,
                topic="member_more",
                then=self._show,
                failed=self._flow.say,
            )

    def mend(self, error: Exception) -> None:
        """The next step of somebody who is not served: the other record, thawed, or renewed."""
        if isinstance(error, MemberMerged):
            self._flow.scan(error.card_no)
        elif isinstance(error, MemberFrozen):
            self._act_on(error.card_no, cards.thaw_member)
        elif isinstance(error, ConsentWithdrawn):
            self._act_on(error.card_no, _agree)
        elif isinstance(error, CardExpired):
            self._act_on(error.card_no, _renew)

    def _act_on(
        self,
        card_no: str,
        action: Callable[..., object],
        approval: Approval | None = None,
    ) -> None:
        staff = self._flow.staff

        def do(shop: Shop) -> object:
            return action(shop, find_member(shop, card_no).id, staff=staff, approval=approval)

        self._work.act(
            do,
            then=lambda _outcome: self._flow.scan(card_no),
            failed=partial(self._unmended, again=partial(self._act_on, card_no, action)),
        )

    def _unmended(self, error: Exception, *, again: Callable[[Approval], object]) -> None:
        if not self._override.mends(error, again):
            self._flow.say_not_served(error)

    def _show(self, more: MemberMore) -> None:
        self._more = more
        state = self._state()
        if state is not None and self._whose.is_here:
            self._sheet.begin(state)

    def _state(self) -> MemberSheetState | None:
        counter = self._flow.counter
        if counter is None:
            return None
        more = self._more
        return MemberSheetState.of(
            counter,
            more.purchases,
            self._work.now_us(),
            benefits=more.benefits,
            steps=more.steps,
            chances=more.chances,
            consent=ConsentState.of(more.consents, more.zone),
            offered=more.offered,
        )

    # What the sheet asks for

    def _note(self, text: str, is_urgent: bool) -> None:
        self._do(notes.write_note, text=text, is_urgent=is_urgent)

    def _erase(self, note_id: UUID) -> None:
        self._do(partial(_erase_note, note_id=note_id))

    def _replace(self, card_no: str) -> None:
        counter = self._flow.counter
        if counter is not None and counter.file is not None:
            old_no, is_issued = counter.file.member.card_no, not card_no.strip()
            then = partial(self._replaced, old_no, is_issued=is_issued)
            self._do(cards.replace_card, card_no=card_no, then=then)

    def _replaced(self, old_no: str, *, is_issued: bool) -> None:
        """A number that the till gave has to be written on the new card."""

        def tell(counter: Counter) -> None:
            self._show_again()
            forget_card(self._flow, old_no)
            if counter.file is not None:
                member = counter.file.member
                if is_issued:
                    tell_card(self._flow, mask_name(member.name), member.card_no)
                self._sheet.say_replaced(old_no, member.card_no, is_issued=is_issued)

        self._flow.put(counters.reprice, then=tell)

    def _withdraw(self) -> None:
        """Who does not agree any more is not served: the basket goes on for nobody."""
        words = tr("撤回同意记下了。本单不再算会员，价格按散客重算。")
        self._do(withdraw_consent, reason=tr("顾客撤回了同意"), then=partial(self._drop, words))

    def _agree(self) -> None:
        """Somebody whom nobody had asked here; the sheet shows it at once."""

        def agree(shop: Shop, member_id: UUID, **words: Any) -> tuple[ConsentStep, ...]:
            _agree(shop, member_id, **words)
            return consent_steps(shop, member_id)

        def shown(steps: tuple[ConsentStep, ...]) -> None:
            self._more = replace(self._more, consents=steps)
            self._show_again()

        self._act(agree, shown)

    def _freeze(self, reason: str) -> None:
        """A frozen member is not served: the basket goes on for nobody."""
        words = tr("冻结记下了。本单不再算会员，价格按散客重算。")
        self._do(cards.freeze_member, reason=reason, then=partial(self._drop, words))

    def _count(
        self,
        action: Callable[..., tuple[BenefitLeft, ...]],
        code: str,
        approval: Approval | None = None,
    ) -> None:
        """A benefit used or given back: only what is left of it is shown anew."""
        if not self._whose.is_here:
            return
        self._work.act(
            action,
            self._whose.id,
            benefit=code,
            staff=self._flow.staff,
            approval=approval,
            then=self._counted,
            failed=partial(self._failed, again=partial(self._count, action, code)),
        )

    def _counted(self, left: tuple[BenefitLeft, ...]) -> None:
        self._more = replace(self._more, benefits=left)
        self._show_again()

    def _credit(self, code: str) -> None:
        """Points for what the member did; then the counter and the sheet show them.

        The id stands with the behaviour until it is shown anew: a double press counts once.
        """
        deed_id = next(each.deed_id for each in self._more.chances if each.behaviour.code == code)

        def credit(shop: Shop, member_id: UUID, **words: Any) -> tuple[Chance, ...]:
            credit_behaviour(shop, member_id, code, deed_id=deed_id, **words)
            return chances(shop, member_id)

        self._act(credit, self._credited)

    def _attend(self, step: str, activity_id: UUID) -> None:
        """Of an activity: signed up, there, or not any more."""

        def attend(shop: Shop, member_id: UUID, *, staff: Staff, **_words: Any) -> MemberMore:
            from core.actions.attend import come, leave, sign_up

            do = {"sign_up": sign_up, "come": come, "leave": leave}[step]
            do(shop, activity_id, member_id, staff=staff)
            return _more_of(shop, member_id)

        self._act(attend, self._attended)

    def _attended(self, more: MemberMore) -> None:
        self._more = more
        self._look_again()

    def _credited(self, now: tuple[Chance, ...]) -> None:
        self._more = replace(self._more, chances=now)
        self._look_again()

    def _act(
        self,
        action: Callable[..., Any],
        then: Callable[[Any], None],
        approval: Approval | None = None,
    ) -> None:
        if self._whose.is_here:
            self._work.act(
                action,
                self._whose.id,
                staff=self._flow.staff,
                approval=approval,
                then=then,
                failed=partial(self._failed, again=partial(self._act, action, then)),
            )

    def _do(
        self,
        action: Callable[..., object],
        approval: Approval | None = None,
        *,
        then: Callable[[], None] | None = None,
        **words: Any,
    ) -> None:
        if not self._whose.is_here:
            return
        self._work.act(
            action,
            self._whose.id,
            staff=self._flow.staff,
            approval=approval,
            **words,
            then=lambda _outcome: (then or self._look_again)(),
            failed=partial(self._failed, again=partial(self._do, action, then=then, **words)),
        )

    def _failed(self, error: Exception, *, again: Callable[[Approval], object]) -> None:
        if self._override.mends(error, again):
            self._sheet.done.setEnabled(True)
            return
        say_not_done(error, self._sheet.show_error)

    def _look_again(self) -> None:
        self._flow.put(counters.reprice, then=lambda _counter: self._show_again())

    def _show_again(self) -> None:
        state = self._state()
        if state is not None:
            self._sheet.show_member(state)

    def _drop(self, words: str) -> None:
        """The basket goes on for nobody, and whoever sells hears why its prices change."""
        self._sheet.shut()
        self._flow.put(
            lambda shop, basket: counters.choose_member(shop, basket, None),
            then=lambda _counter: self._flow.remind(lambda: words),
        )

    def _buy(self, code: str) -> None:
        """A product, or a coupon that the member holds: as if it had been scanned."""
        self._sheet.shut()
        self._flow.scan(code)


def _more_of(shop: Shop, member_id: UUID) -> MemberMore:
    from core.actions.attend import offered_to

    with shop.store.read() as reading:
        zone = reading.till.zone
    return MemberMore(
        notes.last_purchases(shop, member_id),
        member_benefits(shop, member_id),
        tier_history(shop, member_id),
        chances(shop, member_id),
        consent_steps(shop, member_id),
        zone,
        offered_to(shop, member_id),
    )


def _erase_note(shop: Shop, member_id: UUID, *, note_id: UUID, **words: Any) -> object:
    return notes.erase_note(shop, member_id, note_id, **words)


def _agree(shop: Shop, member_id: UUID, **words: Any) -> None:
    give_consent(shop, member_id, CONSENT, **words)


def _renew(shop: Shop, member_id: UUID, **words: Any) -> object:
    with shop.store.read() as reading:
        today: date = shop.moment(reading).business_on
    return cards.renew_card(shop, member_id, until=months_after(today, RENEWED_MONTHS), **words)
