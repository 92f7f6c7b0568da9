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
