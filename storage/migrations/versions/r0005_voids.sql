CREATE TABLE void_shortages (
    sale_id BLOB NOT NULL,
    withheld_fen INTEGER NOT NULL CHECK (withheld_fen >= 0),
    paid_points INTEGER NOT NULL CHECK (paid_points > 0),
    PRIMARY KEY (sale_id)
)
 WITHOUT ROWID

CREATE TRIGGER void_shortages_no_update BEFORE UPDATE ON void_shortages WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'void_shortages is kept for ever'); END

CREATE TRIGGER void_shortages_no_delete BEFORE DELETE ON void_shortages WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'void_shortages is kept for ever'); END

CREATE TABLE void_withheld (
    sale_id BLOB NOT NULL,
    kind VARCHAR NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    PRIMARY KEY (sale_id, kind)
)
 WITHOUT ROWID

CREATE TRIGGER void_withheld_no_update BEFORE UPDATE ON void_withheld WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'void_withheld is kept for ever'); END

CREATE TRIGGER void_withheld_no_delete BEFORE DELETE ON void_withheld WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'void_withheld is kept for ever'); END
