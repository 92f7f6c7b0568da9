"""连锁命令: what `main.py chain` does, also beside a till that is selling and sending."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing, suppress

from core.actions import sync
from core.actions.bring_store_sales import hear_of_tills, next_page, take_page
from core.actions.claim_coupons import give_up_coupons
from core.actions.hear_tills import hear_tills
from core.actions.leases import renew_leases
from core.actions.login import login
from core.actions.pull import pull
from core.actions.put_out import is_put_out
from core.actions.received import look_at_received
from core.actions.reserve import note_line, tell_dropped
from core.actions.return_elsewhere import give_up_claims
from core.actions.share_held import share_held
from core.actions.take_snapshot import comes_first
from core.errors import NotInChain, ServerStrange, SessionOver, Unavailable
from core.ports.central import Central, Uplink
from core.shop import Shop
from core.sync.invitation import read_invitation
from core.sync.session import Session
from core.values.moment import local_time
from ui.chain_words import put_out_words, received_lines
from ui.console.directory_commands import directory_line, take_directory, take_whole
from ui.puller import begin_in_steps
from ui.text import sentence, tr

TRIES = 5
"""So often in a row a till that sends beside us may end what was begun."""


def obey_chain(shop: Shop, given: Namespace, uplink: Uplink) -> str:
    """Do what the words say; the sentences to say."""
    match given.verb:
        case "join":
            return _joined(shop, given, uplink)
        case "leave":
            name = sync.leave_chain(shop, staff=login(shop, given.by_pin, name=given.by))
            return tr("退出了“{name}”，不再上传。账都在这台上。", name=name)
        case "send":
            return exchange(shop, uplink)
        case "snapshot":
            return take_directory(shop, uplink)
    return _status(shop, uplink)


def _joined(shop: Shop, given: Namespace, uplink: Uplink) -> str:
    staff = login(shop, given.by_pin, name=given.by)
    invitation = read_invitation(" ".join(given.invitation))
    with closing(uplink.central()) as central:
        enrolled = sync.join_chain(
            shop,
            central,
            uplink.keys(),
            url=invitation.url,
            code=invitation.code,
            staff=staff,
            program=uplink.program,
        )
    words = "入了“{name}”的网，这里是{store}。收银台开着就自己上传。"
    return tr(words, name=enrolled.chain_name, store=enrolled.store_name)


def exchange(shop: Shop, uplink: Uplink) -> str:
    """What waits is sent, and what head office issued is taken; the sentences to say."""
    with closing(uplink.central()) as central:
        sent, sending = _sent_by(shop, central, uplink)
        _tell_others(shop, central, uplink)
        with suppress(ServerStrange):  # an older server knows nothing of it
            _bring_sales(shop, central, uplink)
    said = [tr("传了 {count} 条，都在总部了。", count=f"{sent:,}")]
    if sending.has_met_copy:
        said.append(tr("总部见过这台收银台的另一份，从这里起另外编号；两份的账都留着。"))
        sync.read_copy(shop)
    return "\n".join(said + _apart(sending.kept_apart))


def _sent_by(shop: Shop, central: Central, uplink: Uplink) -> tuple[int, sync.Sending]:
    """Until nothing waits: a session that ended is begun again, where anything went in it."""
    sent, before, in_vain, keys = 0, 0, 0, uplink.keys()
    while True:
        try:
            session, _ = sync.begin(shop, central, keys, program=uplink.program)
            for is_last in (False, True):  # what is taken makes something to send
                while (sending := sync.send(shop, central, session)).waiting.count:
                    sent += sending.sent
                sent += sending.sent
                if is_last:
                    return sent, sending
                _take_all(shop, central, session)
        except SessionOver:
            in_vain = in_vain + 1 if sent == before else 0
            if in_vain == TRIES:
                raise
            before = sent


def _tell_others(shop: Shop, central: Central, uplink: Uplink) -> None:
    """What else the tills of the chain ask of each other; an older server knows nothing of it."""
    session, _ = sync.begin(shop, central, uplink.keys(), program=uplink.program)
    note_line(shop, is_open=True)
    with suppress(ServerStrange):
        tell_dropped(shop, central, session.token)
        renew_leases(shop, central, session.token)
        give_up_claims(shop, central, session.token)
        give_up_coupons(shop, central, session.token)
        share_held(shop, central, session.token)
        hear_tills(shop, central, session.token)


def _bring_sales(shop: Shop, central: Central, uplink: Uplink) -> None:
    """全店的销售, at an office PC; a session that ends over them is begun again."""
    with shop.store.read() as reading:
        if reading.till.till_no:
            return
    in_vain = 0
    while in_vain < TRIES:
        session, _ = sync.begin(shop, central, uplink.keys(), program=uplink.program)
        try:
            hear_of_tills(shop, central, session.token)
            while (page := next_page(shop)) is not None:
                take_page(shop, central, session.token, page)
                in_vain = 0
            return
        except SessionOver:
            in_vain += 1
    raise SessionOver()


def _take_all(shop: Shop, central: Central, session: Session) -> None:
    if comes_first(shop, session):
        take_whole(shop, central, lambda: session)
    while not pull(shop, central, session).is_last:
        begin_in_steps(shop, lambda: True)
    begin_in_steps(shop, lambda: True)


def _status(shop: Shop, uplink: Uplink) -> str:
    linked = sync.look_at_link(shop)
    if linked is None:
        raise NotInChain()
    said = [tr("在“{name}”里，总部在 {url}。", name=linked.chain_name, url=linked.url)]
    if linked.waiting.since_us is None:
        said.append(tr("都传完了。"))
    else:
        with shop.store.read() as reading:
            since = f"{local_time(linked.waiting.since_us, reading.till.zone):%Y-%m-%d %H:%M}"
        count = f"{linked.waiting.count:,}"
        said.append(tr("还有 {count} 条没有传，最早的是 {since} 的。", count=count, since=since))
    said += _apart(linked.kept_apart)
    with shop.store.read() as reading:
        zone, is_office, is_out = reading.till.zone, not reading.till.till_no, is_put_out(reading)
    said += received_lines(look_at_received(shop), shop.clock.now_us(), zone)
    said.append(directory_line(shop, zone))
    if is_out:
        return "\n".join([*said, put_out_words(is_office=is_office)])
    try:
        with closing(uplink.central()) as central:
            central.look(linked.url)
        said.append(tr("总部有回应。"))
    except Unavailable as error:
        said.append(sentence(error))
    return "\n".join(said)


def _apart(count: int) -> list[str]:
    words = "有 {count} 条总部另外放着，等人看过；这里不用做什么。"
    return [tr(words, count=f"{count:,}")] if count else []
