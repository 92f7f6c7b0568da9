CREATE TABLE own_rulebook_plans (
    begins_on INTEGER NOT NULL,
    record VARCHAR NOT NULL,
    staff_no INTEGER NOT NULL,
    refused_on INTEGER,
    PRIMARY KEY (begins_on)
)
