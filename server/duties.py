"""职责: which duties the server has."""

from __future__ import annotations

from core.actions.compact_changes import compacting
from core.actions.duties import Duty
from core.actions.expire_in_chain import expiring
from core.actions.price_behind import pricing_behind
from core.actions.read_events import reading
from core.actions.read_later import reading_later
from core.actions.read_sales import selling
from core.actions.review_in_chain import reviewing
from core.actions.verify_office import verifying
from core.shop import HeadOffice


def duties_of(office: HeadOffice) -> tuple[Duty, ...]:
    """Before anything is received: a duty that begins now begins with what comes from now on."""
    daily = (reading_later(), expiring(), reviewing(), verifying(), compacting())
    return (*pricing_behind(office), reading(), selling(), *daily)
