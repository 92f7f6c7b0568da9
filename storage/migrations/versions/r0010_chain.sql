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
    taken INTEGER NOT NULL,
    is_told BOOLEAN NOT NULL,
    PRIMARY KEY (one)
)
