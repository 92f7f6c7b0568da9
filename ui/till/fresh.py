"""刚来的: the paper of what has just come: the card of a member, or the tag of a new product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.till.flow import TillFlow

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
