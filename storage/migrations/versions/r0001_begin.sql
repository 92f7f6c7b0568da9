CREATE TABLE heads (
    chain VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (chain)
)
 WITHOUT ROWID

CREATE TABLE audit (
    seq INTEGER NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (seq)
)

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'audit is kept for ever'); END

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'audit is kept for ever'); END

CREATE TABLE counters (
    name VARCHAR NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (name)
)
 WITHOUT ROWID

CREATE TABLE sales (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    no VARCHAR NOT NULL,
    incarnation INTEGER NOT NULL,
    number INTEGER NOT NULL,
    day_id BLOB NOT NULL,
    member_id BLOB,
    business_on INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    list_fen INTEGER NOT NULL,
    payable_fen INTEGER NOT NULL,
    paid_fen INTEGER NOT NULL,
    change_fen INTEGER NOT NULL,
    spend_fen INTEGER NOT NULL,
    points INTEGER NOT NULL,
    points_balance INTEGER NOT NULL,
    tier_before VARCHAR NOT NULL,
    tier_after VARCHAR NOT NULL,
    rulebook_version INTEGER NOT NULL,
    currency VARCHAR NOT NULL,
    quote_hash VARCHAR NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (incarnation, number),
    UNIQUE (id),
    UNIQUE (no)
)

CREATE INDEX sales_of_member ON sales (member_id, business_on, spend_fen) WHERE member_id IS NOT NULL

CREATE INDEX sales_of_day ON sales (day_id)

CREATE TRIGGER sales_no_update BEFORE UPDATE ON sales WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'sales is kept for ever'); END

CREATE TRIGGER sales_no_delete BEFORE DELETE ON sales WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'sales is kept for ever'); END

CREATE TABLE sale_lines (
    sale_id BLOB NOT NULL,
    no SMALLINT NOT NULL,
    product_id BLOB NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
    label_fen INTEGER,
    list_fen INTEGER NOT NULL,
    payable_fen INTEGER NOT NULL,
    spend_fen INTEGER NOT NULL,
    points INTEGER NOT NULL,
    is_special BOOLEAN NOT NULL,
    is_outside BOOLEAN NOT NULL,
    PRIMARY KEY (sale_id, no)
)
 WITHOUT ROWID

CREATE TRIGGER sale_lines_no_update BEFORE UPDATE ON sale_lines WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'sale_lines is kept for ever'); END

CREATE TRIGGER sale_lines_no_delete BEFORE DELETE ON sale_lines WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'sale_lines is kept for ever'); END

CREATE TABLE tenders (
    sale_id BLOB NOT NULL,
    no SMALLINT NOT NULL,
    kind VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    PRIMARY KEY (sale_id, no)
)
 WITHOUT ROWID

CREATE TRIGGER tenders_no_update BEFORE UPDATE ON tenders WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tenders is kept for ever'); END

CREATE TRIGGER tenders_no_delete BEFORE DELETE ON tenders WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tenders is kept for ever'); END

CREATE TABLE receipts (
    sale_id BLOB NOT NULL,
    record VARCHAR NOT NULL,
    PRIMARY KEY (sale_id)
)
 WITHOUT ROWID

CREATE TRIGGER receipts_no_update BEFORE UPDATE ON receipts WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'receipts is kept for ever'); END

CREATE TRIGGER receipts_no_delete BEFORE DELETE ON receipts WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'receipts is kept for ever'); END

CREATE TABLE days (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    business_on INTEGER NOT NULL,
    opened_us INTEGER NOT NULL,
    opened_by INTEGER NOT NULL,
    float_fen INTEGER NOT NULL,
    closed_us INTEGER,
    closed_by INTEGER,
    counted_fen INTEGER,
    PRIMARY KEY (n),
    UNIQUE (id)
)

CREATE TABLE imports (
    id BLOB NOT NULL,
    kind VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    started_us INTEGER NOT NULL,
    first_n INTEGER NOT NULL,
    first_sale_n INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE TABLE before_images (
    import_id BLOB NOT NULL,
    n INTEGER NOT NULL,
    image BLOB NOT NULL,
    PRIMARY KEY (import_id, n)
)
 WITHOUT ROWID

CREATE TABLE import_events (
    import_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    PRIMARY KEY (import_id, event_id)
)
 WITHOUT ROWID

CREATE TABLE transfers (
    id BLOB NOT NULL,
    debit_kind VARCHAR NOT NULL,
    debit_member BLOB NOT NULL,
    credit_kind VARCHAR NOT NULL,
    credit_member BLOB NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    cause VARCHAR NOT NULL,
    business_on INTEGER NOT NULL,
    rulebook_version INTEGER NOT NULL,
    sale_id BLOB,
    import_id BLOB,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE INDEX transfers_of_sale ON transfers (sale_id) WHERE sale_id IS NOT NULL

CREATE TRIGGER transfers_no_update BEFORE UPDATE ON transfers WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'transfers is kept for ever'); END

CREATE TRIGGER transfers_no_delete BEFORE DELETE ON transfers WHEN NOT (OLD.import_id IS NOT NULL AND 'undoing' = (SELECT state FROM imports WHERE imports.id = OLD.import_id)) BEGIN SELECT RAISE(ABORT, 'transfers is kept for ever'); END

CREATE TABLE lots (
    member_id BLOB NOT NULL,
    expires_on INTEGER NOT NULL,
    id BLOB NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    earned_on INTEGER NOT NULL,
    rulebook_version INTEGER NOT NULL,
    sale_id BLOB,
    import_id BLOB,
    PRIMARY KEY (member_id, expires_on, id)
)
 WITHOUT ROWID

CREATE TRIGGER lots_no_update BEFORE UPDATE ON lots WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'lots is kept for ever'); END

CREATE TRIGGER lots_no_delete BEFORE DELETE ON lots WHEN NOT (OLD.import_id IS NOT NULL AND 'undoing' = (SELECT state FROM imports WHERE imports.id = OLD.import_id)) BEGIN SELECT RAISE(ABORT, 'lots is kept for ever'); END

CREATE TABLE balances (
    member_id BLOB NOT NULL,
    kind VARCHAR NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (member_id, kind)
)
 WITHOUT ROWID

CREATE TABLE members (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    card_no VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    phone VARCHAR,
    tier VARCHAR NOT NULL,
    joined_on INTEGER NOT NULL,
    tier_until INTEGER,
    birth_month SMALLINT,
    birth_day SMALLINT,
    birth_year SMALLINT,
    birth_calendar SMALLINT NOT NULL,
    import_id BLOB,
    PRIMARY KEY (n),
    UNIQUE (id),
    UNIQUE (card_no)
)

CREATE TABLE member_keys (
    kind SMALLINT NOT NULL,
    "key" VARCHAR NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (kind, "key", n)
)
 WITHOUT ROWID

CREATE TABLE events (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    till_id BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (till_id, incarnation, seq),
    UNIQUE (id)
)

CREATE TRIGGER events_no_update BEFORE UPDATE ON events WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'events is kept for ever'); END

CREATE TRIGGER events_no_delete BEFORE DELETE ON events WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'events is kept for ever'); END

CREATE TABLE private_values (
    event_id BLOB NOT NULL,
    no INTEGER NOT NULL,
    member_id BLOB NOT NULL,
    field VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    salt BLOB NOT NULL,
    PRIMARY KEY (event_id, no)
)
 WITHOUT ROWID

CREATE TABLE staff (
    no INTEGER NOT NULL,
    id BLOB NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    pin_hash VARCHAR NOT NULL,
    PRIMARY KEY (no),
    UNIQUE (id),
    UNIQUE (name)
)

CREATE TABLE products (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),
    spec VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    member_price_fen INTEGER,
    special_price_fen INTEGER,
    is_prescription BOOLEAN NOT NULL,
    is_weighed BOOLEAN NOT NULL,
    import_id BLOB,
    PRIMARY KEY (n),
    UNIQUE (id),
    UNIQUE (code)
)

CREATE TABLE product_keys (
    kind SMALLINT NOT NULL,
    "key" VARCHAR NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (kind, "key", n)
)
 WITHOUT ROWID

CREATE TABLE rulebooks (
    version INTEGER NOT NULL,
    record VARCHAR NOT NULL,
    PRIMARY KEY (version)
)

CREATE TRIGGER rulebooks_no_update BEFORE UPDATE ON rulebooks WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'rulebooks is kept for ever'); END

CREATE TRIGGER rulebooks_no_delete BEFORE DELETE ON rulebooks WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'rulebooks is kept for ever'); END

CREATE TABLE till (
    one INTEGER NOT NULL CHECK (one = 1),
    id BLOB NOT NULL,
    store_name VARCHAR NOT NULL,
    store_code VARCHAR NOT NULL,
    till_no INTEGER NOT NULL,
    incarnation INTEGER NOT NULL,
    zone VARCHAR NOT NULL,
    day_ends_hour INTEGER NOT NULL,
    PRIMARY KEY (one)
)
