CREATE INDEX lots_by_day ON lots (expires_on, member_id, id)

CREATE TABLE expiry_runs (
    n INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    lots INTEGER NOT NULL,
    points INTEGER NOT NULL,
    place_on INTEGER NOT NULL,
    place_member BLOB NOT NULL,
    place_lot BLOB NOT NULL,
    PRIMARY KEY (n)
)

CREATE TRIGGER expiry_runs_no_update BEFORE UPDATE ON expiry_runs WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'expiry_runs is kept for ever'); END

CREATE TRIGGER expiry_runs_no_delete BEFORE DELETE ON expiry_runs WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'expiry_runs is kept for ever'); END
