"""What a real till has made goes to a server, which must find nothing to look at in it."""

from __future__ import annotations

from pathlib import Path

from core.actions.enrol_till import name_store
from core.actions.head_office import open_cases
from core.shop import Shop
from core.sync.wire import USUAL_EVENTS
from server.program import opened_office
from tests.chained import events_of
from tests.server.tills import TillAtWork, said, sent


def complaints(shop: Shop, folder: Path) -> list[str]:
    """What a server says of a till's events but that it has accepted them."""
    events = events_of(shop)
    assert events
    till = TillAtWork(1)
    till.id = events[0].till_id
    with opened_office(None, folder / "office") as office:
        name_store(office, "S01", "中山路店")
        session = till.join(office).begin(office)
        answers: list[str] = []
        for at in range(0, len(events), USUAL_EVENTS):
            answers += said(sent(office, session, *events[at : at + USUAL_EVENTS]))
        strange = [each for each in answers if each != "accepted"]
        return strange + [f"{case.kind} {case.detail}" for case in open_cases(office)]
