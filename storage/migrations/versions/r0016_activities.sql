CREATE TABLE activities (
    id BLOB NOT NULL,
    kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    business_on INTEGER NOT NULL,
    from_minute INTEGER NOT NULL,
    to_minute INTEGER NOT NULL,
    seats INTEGER NOT NULL,
    tiers VARCHAR NOT NULL,
    behaviour VARCHAR NOT NULL,
    cancelled_for VARCHAR,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE INDEX activities_by_day ON activities (business_on)

CREATE TABLE enrolled_members (
    n INTEGER NOT NULL,
    activity_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    turn INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    points INTEGER NOT NULL,
    told_us INTEGER,
    to_tell BOOLEAN NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (activity_id, member_id)
)

CREATE INDEX enrolled_by_member ON enrolled_members (member_id)

CREATE TABLE draws (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    name VARCHAR NOT NULL,
    prizes VARCHAR NOT NULL,
    may_repeat BOOLEAN NOT NULL,
    seed BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id)
)

CREATE TRIGGER draws_no_update BEFORE UPDATE ON draws WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draws is kept for ever'); END

CREATE TRIGGER draws_no_delete BEFORE DELETE ON draws WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draws is kept for ever'); END

CREATE TABLE draw_lists (
    draw_id BLOB NOT NULL,
    members VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (draw_id)
)

CREATE TRIGGER draw_lists_no_update BEFORE UPDATE ON draw_lists WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draw_lists is kept for ever'); END

CREATE TRIGGER draw_lists_no_delete BEFORE DELETE ON draw_lists WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draw_lists is kept for ever'); END

CREATE TABLE draw_words (
    draw_id BLOB NOT NULL,
    word VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (draw_id)
)

CREATE TRIGGER draw_words_no_update BEFORE UPDATE ON draw_words WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draw_words is kept for ever'); END

CREATE TRIGGER draw_words_no_delete BEFORE DELETE ON draw_words WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draw_words is kept for ever'); END

CREATE TABLE draw_gone (
    n INTEGER NOT NULL,
    draw_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (draw_id, member_id)
)

CREATE TRIGGER draw_gone_no_update BEFORE UPDATE ON draw_gone WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draw_gone is kept for ever'); END

CREATE TRIGGER draw_gone_no_delete BEFORE DELETE ON draw_gone WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draw_gone is kept for ever'); END

CREATE TABLE draw_given (
    n INTEGER NOT NULL,
    draw_id BLOB NOT NULL,
    prize INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    member_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (draw_id, prize, piece)
)

CREATE TRIGGER draw_given_no_update BEFORE UPDATE ON draw_given WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draw_given is kept for ever'); END

CREATE TRIGGER draw_given_no_delete BEFORE DELETE ON draw_given WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'draw_given is kept for ever'); END
