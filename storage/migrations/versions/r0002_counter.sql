CREATE TABLE pin_tries (
    staff_no INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    wait_until_us INTEGER NOT NULL,
    PRIMARY KEY (staff_no)
)
 WITHOUT ROWID
