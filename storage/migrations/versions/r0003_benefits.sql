CREATE INDEX transfers_of_debtor ON transfers (debit_member) WHERE debit_kind = 'available'

CREATE TABLE returns (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    sale_id BLOB NOT NULL,
    number SMALLINT NOT NULL,
    no VARCHAR NOT NULL,
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
    has_receipt BOOLEAN NOT NULL,
    back_fen INTEGER NOT NULL,
    withheld_fen INTEGER NOT NULL,
    saved_fen INTEGER NOT NULL,
    spend_fen INTEGER NOT NULL,
    points INTEGER NOT NULL,
    points_taken INTEGER NOT NULL,
    tier_before VARCHAR NOT NULL,
    tier_after VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (sale_id, number),
    UNIQUE (id),
    UNIQUE (no)
)

CREATE INDEX returns_of_member ON returns (member_id, sold_on, spend_fen) WHERE member_id IS NOT NULL

CREATE INDEX returns_of_day ON returns (day_id, shift_id)

CREATE TRIGGER returns_no_update BEFORE UPDATE ON returns WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'returns is kept for ever'); END

CREATE TRIGGER returns_no_delete BEFORE DELETE ON returns WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'returns is kept for ever'); END

CREATE TABLE return_lines (
    return_id BLOB NOT NULL,
    no SMALLINT NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    list_fen INTEGER NOT NULL,
    money_fen INTEGER NOT NULL,
    spend_fen INTEGER NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (return_id, no)
)
 WITHOUT ROWID

CREATE TRIGGER return_lines_no_update BEFORE UPDATE ON return_lines WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'return_lines is kept for ever'); END

CREATE TRIGGER return_lines_no_delete BEFORE DELETE ON return_lines WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'return_lines is kept for ever'); END

CREATE TABLE return_tenders (
    return_id BLOB NOT NULL,
    kind VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    PRIMARY KEY (return_id, kind)
)
 WITHOUT ROWID

CREATE TRIGGER return_tenders_no_update BEFORE UPDATE ON return_tenders WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'return_tenders is kept for ever'); END

CREATE TRIGGER return_tenders_no_delete BEFORE DELETE ON return_tenders WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'return_tenders is kept for ever'); END
