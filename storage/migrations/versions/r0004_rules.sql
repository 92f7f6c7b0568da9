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

CREATE TABLE tier_measures (
    change_n INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    measure INTEGER NOT NULL,
    spend_fen INTEGER NOT NULL,
    points INTEGER NOT NULL,
    purchases INTEGER NOT NULL,
    last_on INTEGER,
    PRIMARY KEY (change_n)
)

CREATE TRIGGER tier_measures_no_update BEFORE UPDATE ON tier_measures WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tier_measures is kept for ever'); END

CREATE TRIGGER tier_measures_no_delete BEFORE DELETE ON tier_measures WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tier_measures is kept for ever'); END

CREATE TABLE tier_standings (
    member_id BLOB NOT NULL,
    held_tier VARCHAR,
    held_until INTEGER,
    held_by VARCHAR,
    fallen_from VARCHAR,
    fallen_on INTEGER,
    PRIMARY KEY (member_id)
)
 WITHOUT ROWID

CREATE INDEX tier_standings_ending ON tier_standings (held_until) WHERE held_until IS NOT NULL

CREATE INDEX members_by_tier_end ON members (tier_until) WHERE tier_until IS NOT NULL

CREATE TABLE benefit_uses (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    benefit VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id)
)

CREATE INDEX benefit_uses_of_member ON benefit_uses (member_id, business_on)

CREATE TRIGGER benefit_uses_no_update BEFORE UPDATE ON benefit_uses WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'benefit_uses is kept for ever'); END

CREATE TRIGGER benefit_uses_no_delete BEFORE DELETE ON benefit_uses WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'benefit_uses is kept for ever'); END

CREATE TABLE benefit_returns (
    use_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (use_id)
)
 WITHOUT ROWID

CREATE TRIGGER benefit_returns_no_update BEFORE UPDATE ON benefit_returns WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'benefit_returns is kept for ever'); END

CREATE TRIGGER benefit_returns_no_delete BEFORE DELETE ON benefit_returns WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'benefit_returns is kept for ever'); END

CREATE TABLE tier_holds (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    tier VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    approved_by INTEGER NOT NULL,
    months SMALLINT NOT NULL,
    until_on INTEGER,
    sale_id BLOB,
    line_no SMALLINT NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id)
)

CREATE INDEX tier_holds_of_member ON tier_holds (member_id)

CREATE INDEX tier_holds_of_sale ON tier_holds (sale_id) WHERE sale_id IS NOT NULL

CREATE TRIGGER tier_holds_no_update BEFORE UPDATE ON tier_holds WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tier_holds is kept for ever'); END

CREATE TRIGGER tier_holds_no_delete BEFORE DELETE ON tier_holds WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tier_holds is kept for ever'); END

CREATE TABLE tier_hold_ends (
    hold_id BLOB NOT NULL,
    cause VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (hold_id)
)
 WITHOUT ROWID

CREATE TRIGGER tier_hold_ends_no_update BEFORE UPDATE ON tier_hold_ends WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tier_hold_ends is kept for ever'); END

CREATE TRIGGER tier_hold_ends_no_delete BEFORE DELETE ON tier_hold_ends WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'tier_hold_ends is kept for ever'); END

CREATE TABLE credited_behaviours (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    code VARCHAR NOT NULL,
    points INTEGER NOT NULL CHECK (points > 0),
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id)
)

CREATE INDEX credited_of_member ON credited_behaviours (member_id, code, business_on)

CREATE TRIGGER credited_behaviours_no_update BEFORE UPDATE ON credited_behaviours WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'credited_behaviours is kept for ever'); END

CREATE TRIGGER credited_behaviours_no_delete BEFORE DELETE ON credited_behaviours WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'credited_behaviours is kept for ever'); END

CREATE TABLE corrections (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    points INTEGER NOT NULL CHECK (points <> 0),
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    approved_by INTEGER NOT NULL,
    words VARCHAR NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id)
)

CREATE INDEX corrections_of_member ON corrections (member_id, business_on)

CREATE TRIGGER corrections_no_update BEFORE UPDATE ON corrections WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'corrections is kept for ever'); END

CREATE TRIGGER corrections_no_delete BEFORE DELETE ON corrections WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'corrections is kept for ever'); END

ALTER TABLE products RENAME TO products_before

CREATE TABLE products (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),
    spec VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    member_price_fen INTEGER,
    special_price_fen INTEGER,
    is_prescription BOOLEAN NOT NULL,
    is_weighed BOOLEAN NOT NULL,
    brand VARCHAR NOT NULL,
    import_id BLOB,
    PRIMARY KEY (n),
    UNIQUE (id),
    UNIQUE (code)
)

INSERT INTO products SELECT n, id, code, name, price_fen, spec, unit, category, member_price_fen, special_price_fen, is_prescription, is_weighed, '', import_id FROM products_before

DROP TABLE products_before

CREATE TABLE offer_uses (
    n INTEGER NOT NULL,
    sale_id BLOB NOT NULL,
    offer VARCHAR NOT NULL,
    delta SMALLINT NOT NULL,
    member_id BLOB,
    sold_on INTEGER NOT NULL,
    year SMALLINT NOT NULL,
    amount_fen INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    partner VARCHAR NOT NULL,
    day_id BLOB NOT NULL,
    business_on INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (sale_id, offer, delta)
)

CREATE INDEX offer_uses_of_code ON offer_uses (code) WHERE code != ''

CREATE INDEX offer_uses_of_partner ON offer_uses (business_on, partner) WHERE partner != ''

CREATE INDEX offer_uses_of_member ON offer_uses (member_id, offer) WHERE member_id IS NOT NULL

CREATE TRIGGER offer_uses_no_update BEFORE UPDATE ON offer_uses WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'offer_uses is kept for ever'); END

CREATE TRIGGER offer_uses_no_delete BEFORE DELETE ON offer_uses WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'offer_uses is kept for ever'); END

CREATE TABLE offer_counts (
    offer VARCHAR NOT NULL,
    sold_on INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (offer, sold_on)
)
 WITHOUT ROWID

CREATE TABLE birthday_edits (
    n INTEGER NOT NULL,
    member_id BLOB NOT NULL,
    edited_on INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    import_id BLOB,
    PRIMARY KEY (n)
)

CREATE INDEX birthday_edits_of_member ON birthday_edits (member_id, edited_on)

CREATE TRIGGER birthday_edits_no_update BEFORE UPDATE ON birthday_edits WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'birthday_edits is kept for ever'); END

CREATE TRIGGER birthday_edits_no_delete BEFORE DELETE ON birthday_edits WHEN NOT (OLD.import_id IS NOT NULL AND 'undoing' = (SELECT state FROM imports WHERE imports.id = OLD.import_id)) BEGIN SELECT RAISE(ABORT, 'birthday_edits is kept for ever'); END

CREATE TABLE spent_points (
    sale_id BLOB NOT NULL,
    no SMALLINT NOT NULL,
    points INTEGER NOT NULL CHECK (points >= 0),
    fen INTEGER NOT NULL CHECK (fen >= 0),
    PRIMARY KEY (sale_id, no)
)
 WITHOUT ROWID

CREATE TRIGGER spent_points_no_update BEFORE UPDATE ON spent_points WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'spent_points is kept for ever'); END

CREATE TRIGGER spent_points_no_delete BEFORE DELETE ON spent_points WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'spent_points is kept for ever'); END

CREATE TABLE returned_points (
    return_id BLOB NOT NULL,
    no SMALLINT NOT NULL,
    points INTEGER NOT NULL CHECK (points >= 0),
    fen INTEGER NOT NULL CHECK (fen >= 0),
    PRIMARY KEY (return_id, no)
)
 WITHOUT ROWID

CREATE TRIGGER returned_points_no_update BEFORE UPDATE ON returned_points WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'returned_points is kept for ever'); END

CREATE TRIGGER returned_points_no_delete BEFORE DELETE ON returned_points WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'returned_points is kept for ever'); END

CREATE INDEX offer_uses_of_day ON offer_uses (day_id) WHERE partner != ''

CREATE TABLE coupon_codes (
    n INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    offer VARCHAR NOT NULL,
    batch_id BLOB NOT NULL,
    member_id BLOB,
    starts_on INTEGER,
    ends_on INTEGER,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (code)
)

CREATE INDEX coupon_codes_of_member ON coupon_codes (member_id) WHERE member_id IS NOT NULL

CREATE TRIGGER coupon_codes_no_update BEFORE UPDATE ON coupon_codes WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'coupon_codes is kept for ever'); END

CREATE TRIGGER coupon_codes_no_delete BEFORE DELETE ON coupon_codes WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'coupon_codes is kept for ever'); END

CREATE TABLE redemptions (
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    no VARCHAR NOT NULL,
    member_id BLOB NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    units INTEGER NOT NULL CHECK (units > 0),
    points INTEGER NOT NULL CHECK (points > 0),
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    record VARCHAR NOT NULL,
    PRIMARY KEY (n),
    UNIQUE (id),
    UNIQUE (no)
)

CREATE INDEX redemptions_of_member ON redemptions (member_id, code)

CREATE TRIGGER redemptions_no_update BEFORE UPDATE ON redemptions WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'redemptions is kept for ever'); END

CREATE TRIGGER redemptions_no_delete BEFORE DELETE ON redemptions WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'redemptions is kept for ever'); END

CREATE TABLE undone_redemptions (
    redemption_id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    business_on INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    approved_by INTEGER NOT NULL,
    record VARCHAR NOT NULL,
    PRIMARY KEY (redemption_id)
)
 WITHOUT ROWID

CREATE TRIGGER undone_redemptions_no_update BEFORE UPDATE ON undone_redemptions WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'undone_redemptions is kept for ever'); END

CREATE TRIGGER undone_redemptions_no_delete BEFORE DELETE ON undone_redemptions WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'undone_redemptions is kept for ever'); END

CREATE TABLE reward_stock_moves (
    n INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    change INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    at_us INTEGER NOT NULL,
    staff_no INTEGER NOT NULL,
    redemption_id BLOB,
    PRIMARY KEY (n)
)

CREATE INDEX stock_moves_of_reward ON reward_stock_moves (code, change)

CREATE TRIGGER reward_stock_moves_no_update BEFORE UPDATE ON reward_stock_moves WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'reward_stock_moves is kept for ever'); END

CREATE TRIGGER reward_stock_moves_no_delete BEFORE DELETE ON reward_stock_moves WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'reward_stock_moves is kept for ever'); END
