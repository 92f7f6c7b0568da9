CREATE TABLE IF NOT EXISTS member_consents (
    member_id BLOB NOT NULL,
    version SMALLINT NOT NULL CHECK (version > 0),
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (member_id)
)
 WITHOUT ROWID

CREATE TRIGGER IF NOT EXISTS member_consents_no_update BEFORE UPDATE ON member_consents WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'member_consents is kept for ever'); END

CREATE TRIGGER IF NOT EXISTS member_consents_no_delete BEFORE DELETE ON member_consents WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'member_consents is kept for ever'); END

CREATE TABLE IF NOT EXISTS paper_copies (
    paper_no VARCHAR NOT NULL,
    copy_no INTEGER NOT NULL CHECK (copy_no > 0),
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (paper_no, copy_no)
)
 WITHOUT ROWID

CREATE TRIGGER IF NOT EXISTS paper_copies_no_update BEFORE UPDATE ON paper_copies WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'paper_copies is kept for ever'); END

CREATE TRIGGER IF NOT EXISTS paper_copies_no_delete BEFORE DELETE ON paper_copies WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'paper_copies is kept for ever'); END

CREATE TABLE consent_changes (
    member_id BLOB NOT NULL,
    place SMALLINT NOT NULL,
    is_given BOOLEAN NOT NULL,
    version SMALLINT NOT NULL CHECK (version > 0),
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (member_id, place)
)
 WITHOUT ROWID

CREATE TRIGGER consent_changes_no_update BEFORE UPDATE ON consent_changes WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'consent_changes is kept for ever'); END

CREATE TRIGGER consent_changes_no_delete BEFORE DELETE ON consent_changes WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'consent_changes is kept for ever'); END

CREATE INDEX IF NOT EXISTS sales_of_date ON sales (business_on)

CREATE INDEX IF NOT EXISTS sales_of_amount ON sales (payable_fen, business_on)

CREATE INDEX IF NOT EXISTS lines_of_product ON sale_lines (product_id, sale_id)
