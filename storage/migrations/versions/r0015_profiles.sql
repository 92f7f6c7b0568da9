CREATE TABLE member_profiles (
	member_id BLOB NOT NULL,
	field VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	PRIMARY KEY (member_id, field)
)
 WITHOUT ROWID

CREATE INDEX member_profiles_value ON member_profiles (field, value)

CREATE TABLE member_edits (
	member_id BLOB NOT NULL,
	place INTEGER NOT NULL,
	field VARCHAR NOT NULL,
	"before" VARCHAR NOT NULL,
	"after" VARCHAR NOT NULL,
	at_us INTEGER NOT NULL,
	staff_no INTEGER NOT NULL,
	PRIMARY KEY (member_id, place)
)
 WITHOUT ROWID

CREATE TABLE member_rules (
	id SMALLINT NOT NULL CHECK (id = 1),
	verify_months INTEGER NOT NULL,
	asleep_years INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE TABLE member_merges (
	id BLOB NOT NULL,
	gone_id BLOB NOT NULL,
	into_id BLOB NOT NULL,
	at_us INTEGER NOT NULL,
	on_day INTEGER NOT NULL,
	staff_no INTEGER NOT NULL,
	came_over BLOB NOT NULL,
	PRIMARY KEY (id)
)
 WITHOUT ROWID

CREATE INDEX member_merges_gone ON member_merges (gone_id)

CREATE INDEX member_merges_into ON member_merges (into_id)

CREATE INDEX old_cards_of_member ON old_cards (member_id)
