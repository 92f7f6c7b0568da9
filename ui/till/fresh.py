"""刚来的: the paper of what has just come: the card of a member, or the tag of a new product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.text import quoted, tr
from ui.till.flow import TillFlow
from ui.till.keys import FRESH
from ui.till.notices import NEWS
from ui.widgets.banner import Action

if TYPE_CHECKING:
    from ui.till.machine_talks import MachineTalks
    from ui.till.member_talk import MemberTalk


def begin_fresh(flow: TillFlow, member: MemberTalk, machine: MachineTalks) -> None:
    """The tag where a product is newer, else the card of whoever stands there, else any tags."""
    counter = flow.counter
    if flow.fresh_code:
        machine.tags.begin(flow.fresh_code)
    elif counter is not None and counter.file is not None:
        member.begin_card()
    else:
        machine.tags.begin()


def tell_card(flow: TillFlow, name: str, card_no: str) -> None:
    """A card number that the till gave: whoever hands out the card writes it on it."""
    flow.fresh_code = ""
    words = tr("{name}的卡号是 {card_no}。请写在卡上，或印一张。", name=name, card_no=card_no)
    flow.page.say_news(words, Action("fresh", tr("印会员卡"), FRESH))


def forget_card(flow: TillFlow, card_no: str) -> None:
    """That number is no card any more: nobody writes it down."""
    if card_no in flow.page.basket.notices.text(NEWS):
        flow.page.clear_news()


def tell_product(flow: TillFlow, name: str, code: str) -> None:
    """A product that is new has no tag on its shelf yet."""
    flow.fresh_code = code
    tag = Action("fresh", tr("打标价签"), FRESH)
    flow.page.say_done(tr("“{name}”存下了。", name=quoted(name)), icon="pill", action=tag)
