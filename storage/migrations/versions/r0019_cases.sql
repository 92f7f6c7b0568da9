CREATE TABLE cases (
	n INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	till_id BLOB NOT NULL, 
	about VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	at_us INTEGER NOT NULL, 
	closed_us INTEGER, 
	member_id BLOB, 
	staff_no INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	pieces INTEGER NOT NULL, 
	decision VARCHAR, 
	is_of_chain BOOLEAN NOT NULL, 
	place VARCHAR NOT NULL, 
	PRIMARY KEY (n), 
	UNIQUE (id)
)

CREATE INDEX cases_open ON cases (at_us, id) WHERE closed_us IS NULL

CREATE INDEX cases_decided ON cases (at_us, id) WHERE closed_us IS NOT NULL

CREATE INDEX cases_about ON cases (kind, about)

CREATE TABLE case_evidence (
	kind VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	ref VARCHAR NOT NULL, 
	case_id BLOB NOT NULL, 
	at_us INTEGER NOT NULL, 
	no VARCHAR NOT NULL, 
	member_id BLOB, 
	staff_no INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	fen INTEGER NOT NULL, 
	PRIMARY KEY (kind, what, ref)
)
 WITHOUT ROWID

CREATE INDEX evidence_of_case ON case_evidence (case_id, at_us)

CREATE TABLE case_steps (
	n INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	case_id BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	at_us INTEGER NOT NULL, 
	staff_no INTEGER NOT NULL, 
	approved_by INTEGER NOT NULL, 
	words VARCHAR NOT NULL, 
	decision VARCHAR, 
	points INTEGER NOT NULL, 
	PRIMARY KEY (n), 
	UNIQUE (id)
)

CREATE INDEX steps_of_case ON case_steps (case_id, n)

CREATE TABLE signals_looked (
	one INTEGER NOT NULL CHECK (one = 1), 
	looked_on INTEGER NOT NULL, 
	PRIMARY KEY (one)
)

CREATE INDEX redemptions_by_day ON redemptions (business_on)

CREATE INDEX corrections_by_day ON corrections (business_on)

CREATE INDEX returns_by_day ON returns (business_on)

CREATE INDEX voids_by_day ON voids (business_on)
