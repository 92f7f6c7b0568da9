"""`verify` finds what was changed, removed or reordered behind the program's back."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path
from typing import Any

import pytest

from core.errors import DiskFailed, StoreDamaged
from storage.engine import connect
from storage.store import TillStore, open_store
from storage.verify import verify
from tests.storage.making import (
    KEY,
    a_member,
    a_store,
    forge_events,
    forget_triggers,
    joined,
    return_in,
    sell,
    void_in,
)


@pytest.fixture
def store(tmp_path: Path):
    store = a_store(tmp_path / "home")
    with store.write() as tx:
        member = tx.members.by_card("6001")
        for _ in range(4):
            sell(tx, member, lines=2)
        tx.outbox.append(joined(a_member()))
    yield store
    store.close()


def tampered(store: TillStore, *statements: str) -> set[str]:
    """Change the file as somebody with the key could, and look."""
    connection = connect(store.path, KEY)
    forget_triggers(connection)
    for sql in statements:
        assert connection.execute(sql).rowcount > 0, sql
    connection.close()
    return {finding.what for finding in verify(store)}


def test_an_honest_store_has_no_findings(store: TillStore) -> None:
    assert verify(store) == []


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("event_changed", "UPDATE events SET data = replace(data, 'SaleSettled', 'SaleSettlee')"),
        ("event_changed", "UPDATE events SET kind = 'X' WHERE seq = 2"),
        ("event_missing", "DELETE FROM events WHERE seq = 2"),
        ("event_missing", "DELETE FROM events WHERE seq = 5"),
        ("audit_broken", "UPDATE audit SET data = replace(data, 'T2-000001', 'T2-000009')"),
        ("audit_broken", "DELETE FROM audit WHERE seq = 2"),
        ("audit_missing", "DELETE FROM audit WHERE seq = 4"),
        ("private_value_changed", "UPDATE private_values SET value = '别人'"),
        ("balance_differs", "UPDATE balances SET points = points + 1 WHERE kind = 'available'"),
        ("points_out_of_balance", "UPDATE balances SET points = points + 1 WHERE kind = 'issued'"),
        ("lot_without_transfer", "UPDATE lots SET amount = amount + 1"),
        ("transfer_without_lot", "DELETE FROM lots"),
        ("earned_differ", "UPDATE transfers SET amount = amount + 1"),
        ("tenders_differ", "UPDATE tenders SET amount_fen = amount_fen - 1"),
        ("lines_differ", "UPDATE sale_lines SET payable_fen = payable_fen - 1 WHERE no = 1"),
        ("sale_differs", "UPDATE sales SET quote_hash = 'x' WHERE number = 1"),
        ("sale_without_event", "DELETE FROM sales WHERE number = 4"),
        ("number_missing", "DELETE FROM sales WHERE number = 2"),
        ("receipt_missing", "DELETE FROM receipts"),
        ("points_of_nobody", "DELETE FROM members"),
        ("sale_without_shift", "UPDATE shifts SET after_n = 1"),
        ("takings_differ", "UPDATE shifts SET after_n = 1"),
        ("shifts_differ", "UPDATE shifts SET float_fen = float_fen + 1"),
        ("shifts_differ", "UPDATE days SET counted_fen = 0"),
        ("report_missing", "UPDATE days SET closed_us = 1"),
        ("shift_without_day", "DELETE FROM days"),
        ("trace_without_line", "INSERT INTO sold_traces SELECT id, 99, 1, 'x' FROM sales"),
        (
            "traces_beyond_units",
            (
                "INSERT INTO sold_traces SELECT line.sale_id, line.no, sales.n, 'x' "
                "FROM sale_lines AS line, sales"
            ),
        ),
        ("batch_without_line", "INSERT INTO sold_batches SELECT id, 99, 'B7', NULL FROM sales"),
        (
            "untraced_without_line",
            "INSERT INTO untraced_lines SELECT id, 99, 1, 'split', 1 FROM sales",
        ),
        ("trace_back_unsold", "INSERT INTO returned_traces SELECT id, 'x', id FROM sales"),
        (
            "trace_back_twice",
            (
                "INSERT INTO returned_traces SELECT one.id, 'x', two.id "
                "FROM sales AS one, (SELECT id FROM sales LIMIT 1) AS two"
            ),
        ),
        (
            "count_differs",
            "INSERT INTO counts SELECT id, 1, 1, float_fen, float_fen, '', '', 4 FROM shifts",
        ),
    ],
)
def test_each_kind_of_tampering_is_found(store: TillStore, what: str, statement: str) -> None:
    assert what in tampered(store, statement)


def voided(store: TillStore) -> TillStore:
    """The same with its last sale voided, as an action leaves it."""
    with store.write() as tx:
        sale = tx.sales.last()
        assert sale is not None
        void_in(tx, sale)
    return store


def test_an_honest_void_has_no_findings(store: TillStore) -> None:
    assert verify(voided(store)) == []


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("void_differs", "UPDATE voids SET spend_fen = spend_fen - 1"),
        ("void_differs", "UPDATE voids SET points = points - 1"),
        ("taken_back_differ", "UPDATE transfers SET amount = amount - 1 WHERE cause = 'void'"),
        ("taken_back_differ", "DELETE FROM voids"),
        ("void_without_event", "DELETE FROM voids"),
        ("void_without_sale", "UPDATE voids SET sale_id = x'00'"),
        ("void_without_shift", "UPDATE voids SET shift_id = x'00'"),
        ("takings_differ", "UPDATE voids SET shift_id = x'00'"),
        ("lot_overdrawn", "UPDATE allocations SET amount = amount + 100"),
        ("allocations_differ", "UPDATE allocations SET amount = amount + 1"),
        ("lots_differ", "UPDATE allocations SET amount = amount - 1"),
        ("lots_differ", "DELETE FROM allocations"),
        ("allocation_of_nothing", "UPDATE allocations SET lot_id = x'00'"),
        ("allocation_of_nothing", "UPDATE allocations SET transfer_id = x'00'"),
    ],
)
def test_each_kind_of_tampering_with_a_void_is_found(
    store: TillStore, what: str, statement: str
) -> None:
    assert what in tampered(voided(store), statement)


VOID_OF_THE_SAME = (
    "INSERT INTO voids SELECT 1, id, sale_id, day_id, shift_id, member_id, sold_on, "
    "at_us, business_on, 1, 1, '', '', spend_fen, points, '', '', '' FROM returns"
)


def returned(store: TillStore) -> TillStore:
    """The same with half of a line of its last sale back, as an action leaves it."""
    with store.write() as tx:
        sale = tx.sales.last()
        assert sale is not None
        return_in(tx, sale)
    return store


def test_an_honest_return_has_no_findings(store: TillStore) -> None:
    assert verify(returned(store)) == []


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("return_without_event", "DELETE FROM returns"),
        ("points_without_return", "DELETE FROM returns"),
        ("return_without_sale", "UPDATE returns SET sale_id = x'00'"),
        ("return_differs", "UPDATE returns SET sold_on = sold_on - 1"),
        ("return_missing", "UPDATE returns SET number = 2"),
        ("returned_too_much", "UPDATE return_lines SET quantity_milli = 9000"),
        ("return_impossible", "UPDATE return_lines SET quantity_milli = 9000"),
        ("points_of_return_differ", "UPDATE returns SET points_taken = points_taken - 1"),
        ("return_without_shift", "UPDATE returns SET shift_id = x'00'"),
        ("takings_differ", "UPDATE returns SET shift_id = x'00'"),
        ("refund_differs", "UPDATE return_lines SET money_fen = money_fen + 1"),
        ("refund_differs", "UPDATE return_lines SET points = points + 1"),
        ("refund_differs", "UPDATE returns SET spend_fen = spend_fen + 1"),
        ("refund_tenders_differ", "UPDATE return_tenders SET amount_fen = amount_fen + 1"),
        ("refund_tenders_differ", "UPDATE return_tenders SET kind = 'card'"),
        ("returned_and_void", VOID_OF_THE_SAME),
    ],
)
def test_each_kind_of_tampering_with_a_return_is_found(
    store: TillStore, what: str, statement: str
) -> None:
    assert what in tampered(returned(store), statement)


def test_more_packs_back_than_units_are_found(store: TillStore) -> None:
    sold = "INSERT INTO sold_traces SELECT sale_id, 1, {0}, 'x{0}' FROM returns"
    back = "INSERT INTO returned_traces SELECT id, 'x{0}', sale_id FROM returns"
    made = [each.format(place) for each in (sold, back) for place in (1, 2)]
    assert "traces_back_beyond_units" in tampered(returned(store), *made)


def test_reordered_events_and_audit_rows_are_found(store: TillStore) -> None:
    swap = "UPDATE {0} SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3)"
    back = "UPDATE {0} SET seq = -seq WHERE seq < 0"
    found = tampered(store, *(sql.format(t) for t in ("events", "audit") for sql in (swap, back)))
    assert {"event_changed", "audit_broken"} <= found


def test_an_erased_personal_value_leaves_the_chain_whole(store: TillStore) -> None:
    assert tampered(store, "DELETE FROM private_values") == set()


def test_a_store_behind_its_witness_is_found(store: TillStore) -> None:
    found = tampered(
        store,
        "DELETE FROM events WHERE seq = 5",
        "UPDATE heads SET seq = 4, hash = (SELECT hash FROM events WHERE seq = 4) "
        "WHERE chain = 'events'",
    )
    assert found == {"behind_witness"}


def test_a_price_that_the_rules_do_not_give_is_found(store: TillStore) -> None:
    """Even where the whole chain was forged anew, the inputs give another quote."""

    def cheaper(said: dict[str, Any]) -> None:
        if said["seq"] == 2:
            said["body"]["basket"]["lines"][0]["product"]["price_fen"] -= 100

    connection = connect(store.path, KEY)
    forge_events(connection, cheaper)
    connection.close()
    assert {finding.what for finding in verify(store)} == {"price_differs", "sale_differs"}


def test_a_flipped_bit_anywhere_in_the_file_is_detected(store: TillStore) -> None:
    store.close()
    whole = store.path.read_bytes()
    dice = random.Random(7)
    for _ in range(60):
        spoilt = bytearray(whole)
        spoilt[dice.randrange(16, len(spoilt))] ^= 1 << dice.randrange(8)
        store.path.write_bytes(spoilt)
        with contextlib.suppress(StoreDamaged, DiskFailed):
            opened = open_store(store.home, key=KEY)
            try:
                assert verify(opened), "a spoilt file that nobody notices"
            finally:
                opened.close()
    store.path.write_bytes(whole)
    again = open_store(store.home, key=KEY)
    assert verify(again) == []
    again.close()
