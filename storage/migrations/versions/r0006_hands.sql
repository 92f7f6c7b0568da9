CREATE TABLE withdrawn_codes (
    code VARCHAR NOT NULL,
    withdrawal_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (code)
)
 WITHOUT ROWID

CREATE TRIGGER withdrawn_codes_no_update BEFORE UPDATE ON withdrawn_codes WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'withdrawn_codes is kept for ever'); END

CREATE TRIGGER withdrawn_codes_no_delete BEFORE DELETE ON withdrawn_codes WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'withdrawn_codes is kept for ever'); END

CREATE TABLE trace_demands (
    product_id BLOB NOT NULL,
    PRIMARY KEY (product_id)
)
 WITHOUT ROWID

CREATE TABLE trace_prefixes (
    prefix VARCHAR NOT NULL,
    product_id BLOB NOT NULL,
    PRIMARY KEY (prefix)
)
 WITHOUT ROWID

CREATE TABLE sold_traces (
    sale_id BLOB NOT NULL,
    line_no SMALLINT NOT NULL,
    place SMALLINT NOT NULL,
    code VARCHAR NOT NULL,
    PRIMARY KEY (sale_id, line_no, place)
)
 WITHOUT ROWID

CREATE INDEX sold_traces_by_code ON sold_traces (code)

CREATE TRIGGER sold_traces_no_update BEFORE UPDATE ON sold_traces WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'sold_traces is kept for ever'); END

CREATE TRIGGER sold_traces_no_delete BEFORE DELETE ON sold_traces WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'sold_traces is kept for ever'); END

CREATE TABLE sold_batches (
    sale_id BLOB NOT NULL,
    line_no SMALLINT NOT NULL,
    batch VARCHAR NOT NULL,
    expires_on INTEGER,
    PRIMARY KEY (sale_id, line_no)
)
 WITHOUT ROWID

CREATE TRIGGER sold_batches_no_update BEFORE UPDATE ON sold_batches WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'sold_batches is kept for ever'); END

CREATE TRIGGER sold_batches_no_delete BEFORE DELETE ON sold_batches WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'sold_batches is kept for ever'); END

CREATE TABLE untraced_lines (
    sale_id BLOB NOT NULL,
    line_no SMALLINT NOT NULL,
    missing INTEGER NOT NULL CHECK (missing > 0),
    reason VARCHAR NOT NULL,
    answers_no INTEGER NOT NULL,
    PRIMARY KEY (sale_id, line_no)
)
 WITHOUT ROWID

CREATE TRIGGER untraced_lines_no_update BEFORE UPDATE ON untraced_lines WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'untraced_lines is kept for ever'); END

CREATE TRIGGER untraced_lines_no_delete BEFORE DELETE ON untraced_lines WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'untraced_lines is kept for ever'); END

CREATE TABLE returned_traces (
    return_id BLOB NOT NULL,
    code VARCHAR NOT NULL,
    sale_id BLOB NOT NULL,
    PRIMARY KEY (return_id, code)
)
 WITHOUT ROWID

CREATE INDEX returned_traces_by_code ON returned_traces (code)

CREATE TRIGGER returned_traces_no_update BEFORE UPDATE ON returned_traces WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'returned_traces is kept for ever'); END

CREATE TRIGGER returned_traces_no_delete BEFORE DELETE ON returned_traces WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'returned_traces is kept for ever'); END

CREATE TABLE label_layouts (
    prefix VARCHAR NOT NULL,
    holds VARCHAR NOT NULL,
    item_digits SMALLINT NOT NULL,
    value_digits SMALLINT NOT NULL,
    is_checked BOOLEAN NOT NULL,
    decimals SMALLINT NOT NULL,
    has_value_check BOOLEAN NOT NULL,
    PRIMARY KEY (prefix)
)
 WITHOUT ROWID

CREATE TABLE staff_badges (
    staff_no INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    PRIMARY KEY (staff_no),
    UNIQUE (code)
)
 WITHOUT ROWID

CREATE TABLE offer_units (
    sale_id BLOB NOT NULL,
    offer VARCHAR NOT NULL,
    delta SMALLINT NOT NULL,
    member_id BLOB,
    sold_on INTEGER NOT NULL,
    milli INTEGER NOT NULL,
    PRIMARY KEY (sale_id, offer, delta)
)
 WITHOUT ROWID

CREATE INDEX offer_units_of_member ON offer_units (member_id) WHERE member_id IS NOT NULL

CREATE TRIGGER offer_units_no_update BEFORE UPDATE ON offer_units WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'offer_units is kept for ever'); END

CREATE TRIGGER offer_units_no_delete BEFORE DELETE ON offer_units WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'offer_units is kept for ever'); END

CREATE TABLE offer_unit_counts (
    offer VARCHAR NOT NULL,
    sold_on INTEGER NOT NULL,
    milli INTEGER NOT NULL,
    PRIMARY KEY (offer, sold_on)
)
 WITHOUT ROWID

CREATE TABLE exchanges (
    sale_id BLOB NOT NULL,
    return_id BLOB NOT NULL,
    credit_fen INTEGER NOT NULL CHECK (credit_fen >= 0),
    PRIMARY KEY (sale_id),
    UNIQUE (return_id)
)
 WITHOUT ROWID

CREATE TRIGGER exchanges_no_update BEFORE UPDATE ON exchanges WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'exchanges is kept for ever'); END

CREATE TRIGGER exchanges_no_delete BEFORE DELETE ON exchanges WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'exchanges is kept for ever'); END