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