CREATE TABLE store_tills (
    one INTEGER NOT NULL CHECK (one = 1),
    at_us INTEGER NOT NULL,
    told BLOB NOT NULL,
    PRIMARY KEY (one)
)
