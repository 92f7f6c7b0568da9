CREATE TABLE kept_codes (
    pos INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    PRIMARY KEY (pos)
)

CREATE TABLE feed (
    one INTEGER NOT NULL CHECK (one = 1),
    cursor VARCHAR NOT NULL,
    topics VARCHAR NOT NULL,
    PRIMARY KEY (one)
)

CREATE TABLE taken (
    topic VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (topic)
)
 WITHOUT ROWID

CREATE TABLE laid_aside (
    topic VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    error VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    value BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (topic, about)
)
 WITHOUT ROWID

CREATE TABLE rulebook_held (
    one INTEGER NOT NULL CHECK (one = 1),
    version INTEGER NOT NULL,
    PRIMARY KEY (one)
)

CREATE TABLE rulebooks_planned (
    version INTEGER NOT NULL,
    begins_on INTEGER NOT NULL,
    refused_on INTEGER,
    PRIMARY KEY (version)
)

CREATE TABLE product_plans (
    code VARCHAR NOT NULL,
    begins_on INTEGER NOT NULL,
    has_begun BOOLEAN NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (code, begins_on)
)
 WITHOUT ROWID

CREATE INDEX product_plans_waiting ON product_plans (begins_on) WHERE has_begun = 0
