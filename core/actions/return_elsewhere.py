"""退别台的单: a till asks the server for another one's sale, claims its lines, and takes them back.

Only with a line to the server: without one nobody knows what others took back (sync.md 6). What a
till sold itself it claims too, where there is a line, and takes back all the same where there is
none. A claim is written down before it is sent; one that nothing came of is given up, also after a
crash.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from core.actions.allow import allow
from core.actions.counter import require_open_shift
from core.actions.return_sale import SaleReturned, return_sale, take_back
from core.actions.sync import joined
from core.actions.undo import give_uses_back
from core.actions.void import void_whole
from core.errors import (
    AskedElsewhere,
    LineElsewhere,
    NoSuchSale,
    NotInChain,
    Refused,
    SessionOver,
    Unavailable,
)
from core.errors import (
    SaleReturned as HasReturns,
)
from core.ports import Writing
from core.ports.central import Central
from core.ports.elsewhere import ClaimMade
from core.pricing.basket import Basket
from core.sales.explanation import Explanation
from core.shop import Shop
from core.sync.feed import Change
from core.sync.together import (
    CLAIMED_US,
    Claimed,
    LineBack,
    ReturnAsked,
    ReturnNotMade,
    SaleBack,
    SaleSaid,
    back_of,
    claim_of_void,
)
from core.trust.rights import Approval, Right
from core.trust.staff import Staff
from core.values.ident import read_paper_no
from core.values.moment import Moment

T = TypeVar("T")


def fetch_sale(shop: Shop, central: Central, token: str, text: str, *, staff: Staff) -> str:
    """Ask the server for another till's sale, and keep it; the number of its receipt.

    Raises NotAllowed, DayNotOpen, NoSuchSale, NotInChain; AskedElsewhere without a line.
    """
    no = read_paper_no(text)
    with shop.store.read() as reading:
        allow(reading, staff, Right.SELL, now_us=shop.clock.now_us())
        require_open_shift(reading)
        link, till_id = joined(reading.links.get()), reading.till.id
    if no is None:
        raise NoSuchSale(text)
    place = f"sales/{no}"
    said = _answer(no, lambda: central.say(link.url, token, place, None, SaleSaid))
    if said.till_id == till_id:
        raise NoSuchSale(no)  # of this till, and not in its store: another copy of it sold that
    with shop.store.write() as tx:
        _keep(tx, said, till_id, shop.clock.now_us())
    return said.no


def return_elsewhere(
    shop: Shop,
    central: Central,
    token: str,
    sale_id: UUID,
    chosen: Mapping[int, int],
    *,
    return_id: UUID,
    explanation: Explanation | None,
    has_receipt: bool = True,
    traces: Collection[str] = (),
    staff: Staff,
    approval: Approval | None = None,
) -> SaleReturned:
    """Take these quantities of another till's sale back, once the server has given them to us.

    What would be refused here is refused before anything is claimed. Raises what `return_sale`
    does, LineElsewhere where another till was first, AskedElsewhere without a line.
    """
    what: dict[str, Any] = {
        "sale_id": sale_id,
        "chosen": chosen,
        "return_id": return_id,
        "explanation": explanation,
        "has_receipt": has_receipt,
        "traces": traces,
        "staff": staff,
        "approval": approval,
    }
    with shop.store.trial() as tx:
        moment = shop.moment(tx)
        known = tx.returns.get(return_id)
        if known is not None:
            return SaleReturned(known[1], known[2], is_repeat=True)
        tx.elsewhere.claim(_made(return_id, sale_id, moment.at_us, moment.at_us + CLAIMED_US))
        take_back(shop, tx, moment, **what)
    _claim(shop, central, token, return_id, sale_id, chosen)
    try:
        return return_sale(shop, **what)
    except Refused:
        with suppress(SessionOver, NotInChain):  # it is said later
            give_up_claims(shop, central, token, of=return_id)
        raise


def claim_return(
    shop: Shop,
    central: Central,
    token: str,
    sale_id: UUID,
    chosen: Mapping[int, int],
    *,
    return_id: UUID,
    explanation: Explanation | None,
    has_receipt: bool = True,
    traces: Collection[str] = (),
    staff: Staff,
    approval: Approval | None = None,
) -> None:
    """Ask for what this till sold itself, just before `return_sale` is told the same.

    What would be refused here is refused before anything is claimed. Raises what `return_sale`
    does, LineElsewhere and SaleIsVoid where others were first. Where the server does not answer, or
    has not heard of the sale yet, nothing is claimed, and what comes back twice is a case.
    """
    with shop.store.trial() as tx:
        sold_here = tx.sales.get(sale_id)
        back = take_back(
            shop,
            tx,
            shop.moment(tx),
            sale_id,
            chosen,
            return_id=return_id,
            explanation=explanation,
            has_receipt=has_receipt,
            traces=traces,
            staff=staff,
            approval=approval,
        )
    if sold_here is not None and not back.is_repeat:
        _claim_own(shop, central, token, return_id, sale_id, chosen)


def claim_exchange(shop: Shop, central: Central, token: str, basket: Basket) -> None:
    """The same of what comes back with a basket, just before it is paid.

    What came back here meanwhile nobody is asked for: the payment says what is left.
    """
    if (exchange := basket.exchange) is None:
        return
    chosen = dict(exchange.chosen)
    with shop.store.read() as reading:
        lines = reading.returns.lines(exchange.sale_id)
    if all(chosen.get(line.no, 0) <= line.left_milli for line in lines):
        _claim_own(shop, central, token, exchange.return_id, exchange.sale_id, chosen)


def claim_void(
    shop: Shop,
    central: Central,
    token: str,
    sale_id: UUID,
    *,
    explanation: Explanation | None,
    staff: Staff,
    approval: Approval | None = None,
) -> None:
    """作废前占用: the whole of a sale, just before `void_sale` is told the same.

    Raises what that does: SaleReturned also where another till takes some of it back just now.
    Without an answer nothing is claimed, as of a return.
    """
    with shop.store.trial() as tx:
        voided = void_whole(shop, tx, sale_id, explanation, staff=staff, approval=approval)
        whole = {line.no: line.quantity_milli for line in tx.returns.lines(sale_id)}
    if voided.is_repeat:
        return
    try:
        _claim_own(shop, central, token, claim_of_void(sale_id), sale_id, whole)
    except LineElsewhere as error:
        raise HasReturns(voided.sale.no) from error


def give_up_claims(shop: Shop, central: Central, token: str, *, of: UUID | None = None) -> int:
    """Say of claims that nothing came of that they are not needed; how many.

    Of all that are too old to be used any more, or of one. Without a line it is said later.
    """
    old_us = shop.clock.now_us() - CLAIMED_US
    with suppress(Unavailable):
        return _give_up(
            shop,
            central,
            token,
            lambda each: each.id == of or (of is None and each.at_us < old_us),
        )
    return 0


def read_returned(change: Change) -> SaleBack:
    """The value of the topic `returned`."""
    return msgspec.json.decode(change.value, type=SaleBack)


def take_returned(shop: Shop, tx: Writing, moment: Moment, about: str, told: SaleBack) -> bool:
    """别台退了: what others took back of a sale of this till cannot come back here once more.

    Where nothing of it stands any more it has used no offer and no code. An office PC takes nothing
    back, and hears of each return at a till of its store by itself.
    """
    if not tx.till.till_no or told.sale_id.hex != about or tx.sales.get(told.sale_id) is None:
        return False
    tx.elsewhere.set_back(told.sale_id, (part.heard(moment.at_us) for part in told.parts))
    back = back_of(tuple(part for part in told.parts if not part.until_us))
    lines = tx.returns.lines(told.sale_id)
    if all(line.returned_milli + back.get(line.no, 0) >= line.quantity_milli for line in lines):
        day = tx.days.open_one()
        give_uses_back(tx, told.sale_id, day.id if day else told.sale_id, moment)
    return True


def _give_up(shop: Shop, central: Central, token: str, is_over: Callable[[ClaimMade], bool]) -> int:
    with shop.store.read() as reading:
        link = reading.links.get()
        claims = [each for each in reading.elsewhere.claims() if is_over(each)]
    if link is None or not claims:
        return 0
    for each in claims:
        told = ReturnNotMade(each.id, each.sale_id, each.at_us)
        try:
            central.say(link.url, token, "returns/void", told, Claimed)
        except (SessionOver, NotInChain):
            raise  # nobody has heard it: it is said in the next session
        except Refused:
            pass  # it is another's, or over: nothing of it is ours
        with shop.store.write() as tx:
            tx.elsewhere.end_claim(each.id)
    return len(claims)


def _claim_own(
    shop: Shop,
    central: Central,
    token: str,
    return_id: UUID,
    sale_id: UUID,
    chosen: Mapping[int, int],
) -> None:
    # Whether it was heard nobody knows, or no other till can know of the sale either.
    with suppress(AskedElsewhere, NoSuchSale):
        _claim(shop, central, token, return_id, sale_id, chosen)


def _claim(
    shop: Shop,
    central: Central,
    token: str,
    return_id: UUID,
    sale_id: UUID,
    chosen: Mapping[int, int],
) -> None:
    with shop.store.read() as reading:
        link, now_us = joined(reading.links.get()), shop.clock.now_us()
        sold = reading.sales.get(sale_id) or reading.elsewhere.get(sale_id)
    no = sold.no if sold is not None else ""
    _answer(no, lambda: _let_go_before(shop, central, token, return_id, sale_id))
    with shop.store.write() as tx:
        made = _made(return_id, sale_id, now_us, 0)
        tx.elsewhere.claim(made)
    lines = tuple(LineBack(line, milli) for line, milli in sorted(chosen.items()))
    asked = ReturnAsked(return_id, sale_id, lines, now_us)
    try:
        answer = _answer(no, lambda: central.say(link.url, token, "returns/claim", asked, Claimed))
    except AskedElsewhere:
        raise  # nobody knows whether it was heard: it is given up later
    except LineElsewhere:
        _forget(shop, return_id)
        with suppress(Unavailable):  # it is refused in any case; the feed tells the rest
            fetched = central.say(link.url, token, f"sales/{no}", None, SaleSaid)
            with shop.store.write() as tx:
                _keep(tx, fetched, tx.till.id, shop.clock.now_us())
        raise
    except Refused:
        _forget(shop, return_id)
        raise
    with shop.store.write() as tx:
        tx.elsewhere.claim(replace(made, until_us=answer.until_here_us(now_us)))


def _let_go_before(shop: Shop, central: Central, token: str, return_id: UUID, sale_id: UUID) -> int:
    """Whoever asks anew here does without what was asked before, of which no answer came."""
    return _give_up(
        shop, central, token, lambda each: each.sale_id == sale_id and each.id != return_id
    )


def _forget(shop: Shop, return_id: UUID) -> None:
    with shop.store.write() as tx:
        tx.elsewhere.end_claim(return_id)


def _made(return_id: UUID, sale_id: UUID, at_us: int, until_us: int) -> ClaimMade:
    return ClaimMade(return_id, sale_id, at_us, until_us)


def _keep(tx: Writing, said: SaleSaid, till_id: UUID, now_us: int) -> None:
    """With what others took back of it; what was sold, or taken back, here lies here."""
    if said.till_id != till_id:
        tx.elsewhere.keep(said, at_us=now_us)
    others = (part for part in said.parts if part.till_id != till_id)
    tx.elsewhere.set_back(said.id, (part.heard(now_us) for part in others))


def _answer(no: str, ask: Callable[[], T]) -> T:
    """Only who has a line knows what others took back."""
    try:
        return ask()
    except Unavailable as error:
        raise AskedElsewhere(no) from error
