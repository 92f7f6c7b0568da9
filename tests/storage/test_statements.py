"""对账: what moved a member's points is found by the member, however many others there are."""

from __future__ import annotations

import pytest

from core.errors import SaleBroken
from core.points.ledger import ISSUED, Account, AccountKind, Cause, Transfer
from storage.columns import Prepared
from storage.statements import _MOVEMENTS, _PURCHASES
from storage.store import TillStore
from tests.storage.making import TODAY, new_id, sell


@pytest.mark.parametrize("query", [_MOVEMENTS, _PURCHASES], ids=["movements", "purchases"])
def test_a_statement_walks_through_no_table(store: TillStore, query: Prepared) -> None:
    given = {"member": bytes(16), "since": 0, "until": TODAY.toordinal(), "most": 10}
    with store.read() as reading:
        steps = reading.connection.execute(
            f"EXPLAIN QUERY PLAN {query.sql}", query.values(given)
        ).fetchall()
    words = [str(step[-1]) for step in steps]
    for table in ("transfers", "lots", "sales", "sale_lines"):
        assert not any(step.startswith(f"SCAN {table}") for step in words), words


def test_what_a_member_got_and_gave_is_there_once_each(store: TillStore) -> None:
    with store.write() as tx:
        member = tx.members.by_card("6001")
        earned = sell(tx, member).quote.points
        given = Account(AccountKind.AVAILABLE, member.id)
        tx.ledger.post(Transfer(new_id(), given, ISSUED, 1, Cause.RETURN, TODAY, 1))
    with store.read() as reading:
        moved = reading.statements.movements(member.id, since=TODAY)
        assert sorted(each.points for each in moved) == [-1, earned]
        assert reading.ledger.balance(member.id) == earned - 1


def test_no_member_gets_points_without_a_lot(store: TillStore) -> None:
    with store.write() as tx:
        got = Account(AccountKind.AVAILABLE, tx.members.by_card("6001").id)
    with pytest.raises(SaleBroken), store.write() as tx:
        tx.ledger.post(Transfer(new_id(), ISSUED, got, 5, Cause.BEHAVIOUR, TODAY, 1))
