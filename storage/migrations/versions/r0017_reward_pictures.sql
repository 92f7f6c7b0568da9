CREATE TABLE reward_pictures (
    code VARCHAR NOT NULL,
    data BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (code)
)
