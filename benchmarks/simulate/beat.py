"""节拍: what the thread of the network does at a till, turn by turn, as `ui.sender` does it."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from benchmarks.simulate.machine import Machine
from core.actions.ask_members import ask_again
from core.actions.claim_coupons import give_up_coupons
from core.actions.counter import keep_up
from core.actions.leases import renew_leases
from core.actions.office_prices import begin_prices
from core.actions.pull import pull
from core.actions.reserve import let_go_but, note_line
from core.actions.return_elsewhere import give_up_claims
from core.actions.share_held import share_held, what_is_held
from core.actions.sync import look_at_link, send
from core.actions.take_snapshot import begin_anew, comes_first, is_needed
from core.errors import SnapshotGone
from core.sync.session import Session


def turn(machine: Machine, done: Counter[str], *, limit: int) -> bool:
    """Send a batch, say what nothing came of, take what there is; whether nothing is left.

    Raises SessionOver, and whatever stands in the way.
    """
    done["sessions"] += machine.session is None
    session = machine.begin()
    shop, line = machine.shop, machine.line
    sending = send(shop, line, session, limit=limit)
    done["pushes"] += sending.sent > 0
    if sending.waiting.count:
        return False
    give_up_claims(shop, line, session.token)
    give_up_coupons(shop, line, session.token)
    _share_held(machine, session)
    if comes_first(shop, session):
        _take_snapshot(machine, session, done)
    return _pulled(machine, session, done) and not _waits(machine)


def _share_held(machine: Machine, session: Session) -> None:
    """Where something else is held than was told last."""
    held = replace(what_is_held(machine.shop), no=0)
    if held != machine.told_held:
        share_held(machine.shop, machine.line, session.token)
        machine.told_held = held


def _pulled(machine: Machine, session: Session, done: Counter[str]) -> bool:
    """Take one page of what head office has; whether there is nothing more."""
    shop, line = machine.shop, machine.line
    pulled = pull(shop, line, session)
    done["changes taken"] += pulled.count
    if pulled.begins_anew:
        begin_anew(shop)
        return False
    keep_up(shop)
    while begin_prices(shop):
        pass
    note_line(shop, is_open=True)
    let_go_but(shop, ())
    renew_leases(shop, line, session.token)
    if not pulled.is_last:
        return False
    ask_again(shop, line, session.token)
    _take_snapshot(machine, session, done)
    return True


def _take_snapshot(machine: Machine, session: Session, done: Counter[str]) -> None:
    """All that is left of one that is needed, chunk by chunk."""
    while is_needed(machine.shop, session):
        try:
            progress = machine.taker.step(machine.line, session)
        except SnapshotGone:
            machine.taker.give_up()
            continue
        done["snapshots taken"] += progress.is_done


def _waits(machine: Machine) -> bool:
    """What was taken may have been told of: a change that cannot be used is."""
    linked = look_at_link(machine.shop)
    return linked is not None and linked.waiting.count > 0
