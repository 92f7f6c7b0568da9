ALTER TABLE staff RENAME TO staff_before

CREATE TABLE staff (
    no INTEGER NOT NULL,
    id BLOB NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    pin_hash VARCHAR NOT NULL,
    removed_us INTEGER,
    PRIMARY KEY (no),
    UNIQUE (id),
    UNIQUE (name)
)

INSERT INTO staff SELECT no, id, name, role, pin_hash, NULL FROM staff_before

DROP TABLE staff_before

CREATE TABLE pin_tries (
    staff_no INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    wait_until_us INTEGER NOT NULL,
    PRIMARY KEY (staff_no)
)
 WITHOUT ROWID

CREATE TABLE held_baskets (
    sale_id BLOB NOT NULL,
    member_id BLOB,
    name VARCHAR NOT NULL,
    held_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    payable_fen INTEGER NOT NULL,
    record VARCHAR NOT NULL,
    PRIMARY KEY (sale_id)
)
 WITHOUT ROWID

CREATE TABLE open_basket (
    one INTEGER NOT NULL CHECK (one = 1),
    record VARCHAR NOT NULL,
    PRIMARY KEY (one)
)

CREATE TABLE cash_moves (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    shift_id BLOB NOT NULL,
    day_id BLOB NOT NULL,
    kind VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    approved_by INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id)
)

CREATE INDEX cash_moves_of_day ON cash_moves (day_id, shift_id)

CREATE TRIGGER cash_moves_no_update BEFORE UPDATE ON cash_moves WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'cash_moves is kept for ever'); END

CREATE TRIGGER cash_moves_no_delete BEFORE DELETE ON cash_moves WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'cash_moves is kept for ever'); END

CREATE TABLE shifts (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    day_id BLOB NOT NULL,
    no INTEGER NOT NULL,
    opened_us INTEGER NOT NULL,
    opened_by INTEGER NOT NULL,
    float_fen INTEGER NOT NULL,
    after_n INTEGER NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id)
)

CREATE INDEX shifts_of_day ON shifts (day_id)

CREATE TRIGGER shifts_no_update BEFORE UPDATE ON shifts WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'shifts is kept for ever'); END

CREATE TRIGGER shifts_no_delete BEFORE DELETE ON shifts WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'shifts is kept for ever'); END

CREATE TABLE counts (
    shift_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    counted_fen INTEGER NOT NULL,
    expected_fen INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    last_n INTEGER NOT NULL,
    PRIMARY KEY (shift_id)
)
 WITHOUT ROWID

CREATE TRIGGER counts_no_update BEFORE UPDATE ON counts WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'counts is kept for ever'); END

CREATE TRIGGER counts_no_delete BEFORE DELETE ON counts WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'counts is kept for ever'); END

INSERT INTO shifts (id, day_id, no, opened_us, opened_by, float_fen, after_n)
SELECT id, id, 1, opened_us, opened_by, float_fen, coalesce(
    (SELECT min(sales.n) - 1 FROM sales WHERE sales.day_id = days.id),
    (SELECT max(sales.n) FROM sales),
    0
)
FROM days WHERE closed_us IS NULL ORDER BY n DESC LIMIT 1

CREATE TABLE allocations (
    lot_id BLOB NOT NULL,
    transfer_id BLOB NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (lot_id, transfer_id)
)
 WITHOUT ROWID

CREATE INDEX allocations_of_transfer ON allocations (transfer_id)

CREATE TRIGGER allocations_no_update BEFORE UPDATE ON allocations WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'allocations is kept for ever'); END

CREATE TRIGGER allocations_no_delete BEFORE DELETE ON allocations WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'allocations is kept for ever'); END

CREATE TABLE voids (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    sale_id BLOB NOT NULL,
    day_id BLOB NOT NULL,
    shift_id BLOB NOT NULL,
    member_id BLOB,
    sold_on INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    approved_by INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    spend_fen INTEGER NOT NULL,
    points INTEGER NOT NULL,
    tier_before VARCHAR NOT NULL,
    tier_after VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id),
    UNIQUE (sale_id)
)

CREATE INDEX voids_of_member ON voids (member_id, sold_on, spend_fen) WHERE member_id IS NOT NULL

CREATE INDEX voids_of_day ON voids (day_id, shift_id)

CREATE TRIGGER voids_no_update BEFORE UPDATE ON voids WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'voids is kept for ever'); END

CREATE TRIGGER voids_no_delete BEFORE DELETE ON voids WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'voids is kept for ever'); END

CREATE TABLE tier_changes (
    n INTEGER NOT NULL,
    member_id BLOB NOT NULL,
    cause VARCHAR NOT NULL,
    sale_id BLOB NOT NULL,
    day_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    tier_before VARCHAR NOT NULL,
    tier_after VARCHAR NOT NULL,
    until_before INTEGER,
    until_after INTEGER,
    spend_fen INTEGER NOT NULL,
    PRIMARY KEY (n)
)

CREATE INDEX tier_changes_of_member ON tier_changes (member_id, day_id)

CREATE TRIGGER tier_changes_no_update BEFORE UPDATE ON tier_changes WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tier_changes is kept for ever'); END

CREATE TRIGGER tier_changes_no_delete BEFORE DELETE ON tier_changes WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tier_changes is kept for ever'); END

CREATE TABLE frozen_members (
    member_id BLOB NOT NULL,
    reason VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (member_id)
)
 WITHOUT ROWID

CREATE TABLE merged_members (
    member_id BLOB NOT NULL,
    into_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (member_id)
)
 WITHOUT ROWID

CREATE INDEX merged_into ON merged_members (into_id)

CREATE TABLE card_terms (
    member_id BLOB NOT NULL,
    until_on INTEGER NOT NULL,
    PRIMARY KEY (member_id)
)
 WITHOUT ROWID

CREATE TABLE old_cards (
    card_no VARCHAR NOT NULL,
    member_id BLOB NOT NULL,
    replaced_on INTEGER NOT NULL,
    PRIMARY KEY (card_no)
)
 WITHOUT ROWID

CREATE TABLE member_notes (
    member_id BLOB NOT NULL,
    id BLOB NOT NULL,
    text VARCHAR NOT NULL,
    is_urgent BOOLEAN NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (member_id, id)
)
 WITHOUT ROWID

CREATE TABLE reports (
    n INTEGER NOT NULL,
    day_id BLOB NOT NULL,
    no VARCHAR NOT NULL,
    incarnation INTEGER NOT NULL,
    number INTEGER NOT NULL,
    record VARCHAR NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (incarnation, number),
    UNIQUE (day_id),
    UNIQUE (no)
)

CREATE TRIGGER reports_no_update BEFORE UPDATE ON reports WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'reports is kept for ever'); END

CREATE TRIGGER reports_no_delete BEFORE DELETE ON reports WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'reports is kept for ever'); END
