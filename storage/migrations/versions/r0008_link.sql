CREATE TABLE link (
    one INTEGER NOT NULL CHECK (one = 1),
    url VARCHAR NOT NULL,
    chain_name VARCHAR NOT NULL,
    private_key BLOB NOT NULL,
    nonce BLOB NOT NULL,
    next_nonce BLOB NOT NULL,
    enrolled_us INTEGER NOT NULL,
    has_met_copy BOOLEAN NOT NULL,
    PRIMARY KEY (one)
)

CREATE TABLE acknowledged (
    incarnation INTEGER NOT NULL,
    through INTEGER NOT NULL CHECK (through >= 0),
    PRIMARY KEY (incarnation)
)

CREATE TABLE kept_apart (
    event_id BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (event_id)
)
 WITHOUT ROWID
