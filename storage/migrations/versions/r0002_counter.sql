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
