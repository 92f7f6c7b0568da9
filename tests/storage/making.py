"""Homes, members, products and sales for the tests of the store."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from core.catalog.product import Product
from core.catalog.product_table import ProductRow
from core.members.member import Birthday, Member, Standing
from core.members.member_table import MemberRow
from core.points.claw_back import claw_back
from core.points.ledger import ISSUED, Account, AccountKind, Cause, Lot, Transfer
from core.ports import StoredSale, Till, Writing
from core.pricing.basket import Basket
from core.pricing.quote import quote
from core.pricing.record import pricing_record
from core.pricing.tender import Tender, TenderKind
from core.rulebook.parse import rulebook_of
from core.rulebook.rulebook import Rulebook
from core.sales.day import Day
from core.sales.explanation import CounterReason, Explanation
from core.sales.receipt import CodeLine, Heading, ItemLine, Receipt
from core.sales.returns import Return, refund
from core.sales.sale import Sale
from core.sales.shift import Shift
from core.sales.shortage import NO_SHORTAGE
from core.sales.void import Void
from core.sync.fact import Fact, Private
from core.values.canonical import canonical
from core.values.ident import sale_no, uuid7
from core.values.moment import Moment
from storage.columns import Connection
from storage.import_record import Imported
from storage.import_runs import member_runs, product_runs
from storage.imports import import_members, import_products
from storage.store import TillStore, create_store

KEY = bytes(range(32))
TODAY = date(2026, 11, 24)
NOW_US = 1_795_500_000_000_000


def new_id() -> UUID:
    return uuid7(NOW_US, os.urandom(10))


def a_till() -> Till:
    return Till(new_id(), "中山路店", "S01", 2, 1, ZoneInfo("Asia/Shanghai"))


def a_store(home: Path) -> TillStore:
    """A till that sells: rulebook, an open day, one member, one product."""
    store = create_store(home, key=KEY, till=a_till())
    try:
        _furnish(store)
    except BaseException:  # the lock of a store that nobody gets would outlive the test
        store.close()
        raise
    return store


def bring_members(store: TillStore, rows: Iterable[MemberRow], **how: Any) -> Imported:
    """Members imported by this very process."""
    return import_members(store, member_runs(rows), **how)


def bring_products(store: TillStore, rows: Iterable[ProductRow], **how: Any) -> Imported:
    """Products likewise."""
    return import_products(store, product_runs(rows), **how)


def _furnish(store: TillStore) -> None:
    with store.write() as tx:
        tx.rulebooks.add(a_rulebook())
        day = Day(new_id(), TODAY, NOW_US, 1, 200_00)
        tx.days.add(day)
        tx.shifts.add(Shift(new_id(), day.id, 1, NOW_US, 1, day.float_fen))
        tx.members.add(a_member())
        tx.products.add(a_product())


def a_rulebook(version: int = 1) -> Rulebook:
    return rulebook_of(
        {
            "name": "test",
            "version": version,
            "currency": "CNY",
            "points": {"points": 1, "per_fen": 100, "expiry": "rolling", "months": 24},
            "scheme": {
                "window_months": 12,
                "tiers": [{"code": "basic", "name": "普通", "from_fen": 0}],
            },
            "tenders": [{"kind": kind.value} for kind in TenderKind],
        }
    )


def a_member(
    card_no: str = "6001", name: str = "李小红", phone: str | None = "+8613800138000"
) -> Member:
    return Member(
        id=new_id(),
        card_no=card_no,
        name=name,
        tier="basic",
        joined_on=TODAY,
        phone=phone,
        birthday=Birthday(2, 29, 1988),
    )


def a_product(
    code: str = "6901234567892", name: str = "同仁堂阿莫西林胶囊", price_fen: int = 12_50
) -> Product:
    return Product(new_id(), code, name, price_fen, spec="24粒", unit="盒", category="药")


def sell(
    tx: Writing,
    member: Member | None,
    *,
    lines: int = 1,
    sale_id: UUID | None = None,
    product: Product | None = None,
) -> Sale:
    """One sale as an action keeps it, paid in cash with change."""
    rulebook, moment = tx.rulebooks.current(), Moment(NOW_US, TODAY)
    basket = Basket(sale_id or new_id(), member_id=member.id if member else None)
    for no in range(lines):
        basket = basket.add(product or a_product(f"69{no:011d}", f"商品{no}", 10_00 + no))
    standing = Standing(member.id, member.tier) if member else None
    due_fen = quote(basket, standing, rulebook, moment).payable_fen
    basket = basket.with_tenders((Tender(TenderKind.CASH, due_fen + 5_00),))
    quoted = quote(basket, standing, rulebook, moment)
    till, number = tx.till, tx.sales.next_number()
    lot = _earn(tx, member, quoted.points, basket.sale_id) if member else None
    sale = Sale(
        no=sale_no(till.store_code, till.till_no, till.incarnation, number),
        number=number,
        basket=basket,
        standing=standing,
        quote=quoted,
        rulebook_version=rulebook.version,
        currency=rulebook.currency,
        moment=moment,
        staff_no=1,
        points_balance=tx.ledger.balance(member.id) if member else 0,
        tier_after=member.tier if member else "",
    )
    items = (
        ItemLine(line.code, "", "", line.quantity_milli, 0, line.list_fen, line.payable_fen)
        for line in quoted.lines
    )
    receipt = Receipt(sale.no, (Heading("中山路店", 2), *items, CodeLine(sale.no)))
    day = tx.days.open_one()
    assert day is not None
    tx.sales.add(sale, receipt, day_id=day.id)
    tx.audit.note("sale_settled", at_us=NOW_US, staff_no=1, subject=sale.no)
    body = pricing_record(basket, standing, rulebook, moment)
    body |= {
        "no": sale.no,
        "quote_hash": quoted.hash,
        "payable_fen": quoted.payable_fen,
        "points": quoted.points,
        "lot": None if lot is None else {"id": lot.id, "expires_on": lot.expires_on},
    }
    tx.outbox.append(Fact(new_id(), "SaleSettled", NOW_US, TODAY, body))
    return sale


def _earn(tx: Writing, member: Member, points: int, sale_id: UUID) -> Lot:
    ident, expires_on = new_id(), date(2028, 11, 24)
    account = Account(AccountKind.AVAILABLE, member.id)
    transfer = Transfer(ident, ISSUED, account, points, Cause.SALE, TODAY, 1, sale_id)
    lot = Lot(ident, member.id, points, TODAY, expires_on, 1, sale_id)
    tx.ledger.post(transfer, lot)
    return lot


def void_in(tx: Writing, sale: StoredSale) -> Void:
    """The void of a sale as an action keeps it."""
    facts, shift = tx.voids.facts(sale.sale_id), tx.shifts.open_one()
    assert facts is not None and shift is not None and facts.member_id is not None
    told = Explanation(CounterReason.WRONG_PRODUCT)
    void = Void(new_id(), facts, shift.id, NOW_US, TODAY, 1, 1, told)
    burn, parts = claw_back(
        new_id(),
        facts.member_id,
        facts.points,
        tx.ledger.lots(facts.member_id),
        rulebook=tx.rulebooks.current(),
        on=TODAY,
        sale_id=facts.sale_id,
    )
    tx.ledger.post(burn, allocations=parts)
    tx.voids.add(void, sale.receipt)
    tx.audit.note("sale_voided", at_us=NOW_US, staff_no=1, subject=sale.no)
    tx.outbox.append(Fact(new_id(), "SaleVoided", NOW_US, TODAY, {"sale": sale.sale_id}))
    return void


def return_in(tx: Writing, sale: StoredSale, *, of: int = 2) -> Return:
    """Half (or all) of the first line of a sale comes back, as an action keeps it."""
    facts, shift = tx.voids.facts(sale.sale_id), tx.shifts.open_one()
    assert facts is not None and shift is not None and facts.member_id is not None
    lines, rulebook = tx.returns.lines(sale.sale_id), tx.rulebooks.current()
    given = refund(lines, facts, rulebook, {lines[0].no: lines[0].quantity_milli // of})
    made = Return(
        id=new_id(),
        number=1,
        sale=facts,
        refund=given,
        back=given.tenders,
        shortage=NO_SHORTAGE,
        day_id=shift.day_id,
        shift_id=shift.id,
        at_us=NOW_US,
        business_on=TODAY,
        staff_no=1,
        approved_by=1,
        explanation=Explanation(CounterReason.TOO_MANY),
        has_receipt=True,
    )
    burn, parts = claw_back(
        new_id(),
        facts.member_id,
        given.points,
        tx.ledger.lots(facts.member_id),
        rulebook=rulebook,
        on=TODAY,
        sale_id=facts.sale_id,
        cause=Cause.RETURN,
    )
    tx.ledger.post(burn, allocations=parts)
    tx.returns.add(made, sale.receipt)
    tx.audit.note("sale_returned", at_us=NOW_US, staff_no=1, subject=made.no)
    tx.outbox.append(Fact(new_id(), "SaleReturned", NOW_US, TODAY, {"sale": sale.sale_id}))
    return made


def joined(member: Member) -> Fact:
    """A fact with a personal value beside it."""
    private = Private(member.id, "name", member.name, os.urandom(16))
    return Fact(new_id(), "MemberJoined", NOW_US, TODAY, {"member": member.id}, (private,))


def forget_triggers(connection: Connection) -> None:
    """Let a file be changed as only somebody with its key could."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in connection.execute(sql).fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def forge_events(connection: Connection, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what events say, and forge the whole chain anew."""
    forget_triggers(connection)
    rows = connection.execute("SELECT seq, data FROM events ORDER BY seq").fetchall()
    last = bytes(32)
    for seq, data in rows:
        said = json.loads(data)
        change(said)
        forged = canonical(said)
        head = hashlib.sha256(last + forged).digest()
        sql = "UPDATE events SET prev = ?, hash = ?, data = ? WHERE seq = ?"
        connection.execute(sql, (last, head, forged, seq))
        last = head
    connection.execute("UPDATE heads SET hash = ? WHERE chain = 'events'", (last,))
