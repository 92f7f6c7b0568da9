CREATE TABLE erasures (
	id BLOB NOT NULL,
	at_us INTEGER NOT NULL,
	certificate BLOB NOT NULL,
	PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE INDEX ix_erasures_at_us ON erasures (at_us)
