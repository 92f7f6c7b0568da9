CREATE TABLE directory (
    one INTEGER NOT NULL CHECK (one = 1),
    id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (one)
)

CREATE TABLE directory_loading (
    one INTEGER NOT NULL CHECK (one = 1),
    id BLOB NOT NULL,
    cursor VARCHAR NOT NULL,
    members INTEGER NOT NULL,
    file BLOB NOT NULL,
    taken INTEGER NOT NULL,
    is_told BOOLEAN NOT NULL,
    PRIMARY KEY (one)
)

CREATE TABLE confirmed_members (
    member_id BLOB NOT NULL,
    available INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    leased INTEGER NOT NULL,
    through INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (member_id)
)
 WITHOUT ROWID

CREATE TABLE carried_on (
    id BLOB NOT NULL,
    lot_id BLOB NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE TABLE chain_key (
    one INTEGER NOT NULL CHECK (one = 1),
    "key" BLOB NOT NULL,
    PRIMARY KEY (one)
)

CREATE TABLE passed_over (
    member_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (member_id)
)
 WITHOUT ROWID

CREATE TABLE set_aside (
    id BLOB NOT NULL,
    kind VARCHAR NOT NULL,
    member_id BLOB NOT NULL,
    purpose BLOB,
    incarnation INTEGER NOT NULL,
    asked INTEGER NOT NULL CHECK (asked > 0),
    business_on INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    points INTEGER NOT NULL CHECK (points >= 0),
    remaining INTEGER NOT NULL CHECK (remaining >= 0),
    until_us INTEGER NOT NULL,
    used_seq INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE INDEX set_aside_of_member ON set_aside (member_id)

CREATE TABLE line (
    one INTEGER NOT NULL CHECK (one = 1),
    is_open BOOLEAN NOT NULL,
    PRIMARY KEY (one)
)

CREATE TABLE sales_elsewhere (
    id BLOB NOT NULL,
    no VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE INDEX sales_elsewhere_no ON sales_elsewhere (no)

CREATE TABLE returned_elsewhere (
    sale_id BLOB NOT NULL,
    return_id BLOB NOT NULL,
    no SMALLINT NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    until_us INTEGER NOT NULL,
    PRIMARY KEY (sale_id, return_id, no)
)
 WITHOUT ROWID

CREATE TABLE returned_before (
    return_id BLOB NOT NULL,
    no SMALLINT NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    PRIMARY KEY (return_id, no)
)
 WITHOUT ROWID

CREATE TRIGGER returned_before_no_update BEFORE UPDATE ON returned_before WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'returned_before is kept for ever'); END

CREATE TRIGGER returned_before_no_delete BEFORE DELETE ON returned_before WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'returned_before is kept for ever'); END

CREATE TABLE return_claims (
    id BLOB NOT NULL,
    sale_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE TABLE code_claims (
    code VARCHAR NOT NULL,
    sale_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    PRIMARY KEY (code, sale_id)
)
 WITHOUT ROWID

CREATE TABLE batches_elsewhere (
    id BLOB NOT NULL,
    store_code VARCHAR NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE TABLE held_away (
    id BLOB NOT NULL,
    till_no INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE TABLE held_taken (
    id BLOB NOT NULL,
    sale_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE TABLE counted_elsewhere (
    member_id BLOB NOT NULL,
    sale_id BLOB NOT NULL,
    business_on INTEGER NOT NULL,
    spend_fen INTEGER NOT NULL,
    payable_fen INTEGER NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (member_id, sale_id)
)
 WITHOUT ROWID

CREATE TABLE stock_elsewhere (
    code VARCHAR NOT NULL,
    units INTEGER NOT NULL,
    PRIMARY KEY (code)
)
 WITHOUT ROWID
