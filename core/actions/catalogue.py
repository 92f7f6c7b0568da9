"""兑换目录: what members can have for points, what is on the shelf, what it looks like.

What a reward is stands in the rulebook: it is changed in the draft, and holds once that is
published. Shelf and picture are the store's own, and hold at once.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from core.actions.allow import allow, noted
from core.actions.draft_rules import begin_draft, change_draft
from core.errors import DraftElsewhere, NoSuchReward
from core.ports.catalogue import Had, HadRow, RewardPicture, ShelfMove
from core.ports.drafts import Draft
from core.rulebook.rewards import Reward, reward_of, reward_record
from core.rulebook.rulebook import Rulebook
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.fields import Fields

MOST_ROWS = 2_000
MOST_PICTURE_BYTES = 200_000
Record = dict[str, Any]


class Entry(Struct, frozen=True):
    """A reward as it holds (None: in the draft alone) and as the draft has it (None: not there).

    `stock` is None where nobody counts it. `is_open`: its dates are of today.
    """

    code: str
    held: Reward | None
    drafted: Reward | None
    stock: int | None
    had: Had
    has_picture: bool
    is_open: bool

    @property
    def reward(self) -> Reward:
        """What is told of it: what holds, where anything does."""
        found = self.held or self.drafted
        assert found is not None, "one of the two is why it is told"
        return found

    @property
    def is_low(self) -> bool:
        """Whether it will soon be gone, as the page of today counts it."""
        return self.held is not None and self.stock is not None and self.held.is_low(self.stock)


class Seen(Struct, frozen=True):
    """The catalogue in the order of the rulebook; `turn` is that of the draft, 0 without one.

    `chain` is who issues the rulebook where the shop itself cannot. `is_in_chain`: what was had at
    other tills is not known here.
    """

    entries: tuple[Entry, ...]
    book: Rulebook
    turn: int
    chain: str
    is_in_chain: bool


def look_at_catalogue(shop: Shop, *, staff: Staff) -> Seen:
    """Raises NotAllowed, DraftBroken."""
    with shop.store.read() as reading:
        moment, book = shop.moment(reading), reading.rulebooks.current()
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=moment.at_us)
        draft = shop.store.draft.load()
        drafted = {} if draft is None else {each.code: each for each in draft.rulebook.rewards}
        held = {each.code: each for each in book.rewards}
        stock, had = reading.redemptions.stock(), reading.catalogue.had()
        pictured = reading.catalogue.pictured()
        entries = []
        for code in dict.fromkeys((*held, *drafted)):
            reward = held.get(code) or drafted[code]
            entries.append(
                Entry(
                    code,
                    held.get(code),
                    reward if draft is None else drafted.get(code),
                    stock.get(code, 0) if reward.is_counted else None,
                    had.get(code, Had()),
                    code in pictured,
                    reward.holds_on(moment.business_on),
                )
            )
        link = reading.links.get()
        name = "" if link is None else link.chain_name
        chain = name if reading.rulebooks.planned() else ""
        turn = 0 if draft is None else draft.turn
        return Seen(tuple(entries), book, turn, chain, bool(name))


def reward_rows(shop: Shop, code: str, *, staff: Staff) -> tuple[HadRow, ...]:
    """Who had it, the newest first; raises NotAllowed."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        return tuple(reading.catalogue.rows(code, MOST_ROWS))


def shelf_moves(shop: Shop, code: str, *, staff: Staff) -> tuple[ShelfMove, ...]:
    """How its shelf moved at this till, the newest first; raises NotAllowed."""
    with shop.store.read() as reading:
        allow(reading, staff, Right.LOOK_AT_TAKINGS, now_us=shop.clock.now_us())
        return tuple(reading.catalogue.moves(code, MOST_ROWS))


def put_reward(shop: Shop, record: Record, *, turn: int, is_new: bool, staff: Staff) -> Draft:
    """Write a reward into the draft, which is begun where nobody had seen one (`turn` 0).

    Raises NotAllowed, RulebookOfOffice, BadRecord, DraftElsewhere: also for a new one with the
    code of another.
    """
    written = reward_record(reward_of(Fields(dict(record))))

    def changed(book: Record, _held: Rulebook) -> None:
        rewards = list(book.get("rewards", ()))
        codes = [each["code"] for each in rewards]
        if is_new == (written["code"] in codes):
            raise DraftElsewhere()
        if is_new:
            rewards.append(written)
        else:
            rewards[codes.index(written["code"])] = written
        book["rewards"] = rewards

    return change_draft(shop, changed, turn=_draft_turn(shop, turn, staff), staff=staff)


def drop_reward(shop: Shop, code: str, *, turn: int, staff: Staff) -> Draft:
    """Take a reward out of the draft; what lies on its shelf stays. Raises as `put_reward`."""

    def changed(book: Record, _held: Rulebook) -> None:
        book["rewards"] = [each for each in book.get("rewards", ()) if each["code"] != code]

    return change_draft(shop, changed, turn=_draft_turn(shop, turn, staff), staff=staff)


def reward_picture(shop: Shop, code: str) -> bytes | None:
    """The picture of a reward, as a file; it is shown to whoever stands at the counter."""
    with shop.store.read() as reading:
        return reading.catalogue.picture(code)


def set_picture(
    shop: Shop,
    code: str,
    data: bytes | None,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> None:
    """Give a reward a picture that is scaled down already, or None; raises NotAllowed.

    NoSuchReward for what neither the rulebook nor its draft has.
    """
    with shop.store.write() as tx:
        now_us = shop.moment(tx).at_us
        answers = allow(tx, staff, Right.COUNT_REWARDS, now_us=now_us, approval=approval)
        draft = shop.store.draft.load()
        is_drafted = draft is not None and draft.rulebook.reward(code) is not None
        if tx.rulebooks.current().reward(code) is None and not is_drafted:
            raise NoSuchReward(code)
        if data is None:
            tx.catalogue.drop_picture(code)
        else:
            assert len(data) <= MOST_PICTURE_BYTES, "whoever gives it has made it small"
            tx.catalogue.keep_picture(RewardPicture(code, data, now_us, staff.no))
        tx.audit.note(
            "reward_picture_set" if data is not None else "reward_picture_dropped",
            at_us=now_us,
            staff_no=staff.no,
            subject=code,
            detail=noted("", staff, answers),
        )


def _draft_turn(shop: Shop, turn: int, staff: Staff) -> int:
    return turn or begin_draft(shop, staff=staff).turn
