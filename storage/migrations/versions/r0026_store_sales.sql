CREATE TABLE brought_lives (
	n INTEGER NOT NULL, 
	till_id BLOB NOT NULL, 
	incarnation INTEGER NOT NULL, 
	till_no INTEGER NOT NULL, 
	through INTEGER NOT NULL, 
	heard_us INTEGER NOT NULL, 
	is_over BOOLEAN NOT NULL, 
	low INTEGER NOT NULL, 
	high INTEGER NOT NULL, 
	oldest_us INTEGER, 
	PRIMARY KEY (n), 
	UNIQUE (till_id, incarnation)
)

CREATE TABLE brought_rulebooks (
	n INTEGER NOT NULL, 
	hash BLOB NOT NULL, 
	record VARCHAR NOT NULL, 
	PRIMARY KEY (n), 
	UNIQUE (hash)
)

CREATE TABLE brought (
	n INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	about BLOB, 
	life INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	rulebook INTEGER, 
	data VARCHAR NOT NULL, 
	PRIMARY KEY (n), 
	UNIQUE (id)
)

CREATE INDEX brought_unread ON brought (n) WHERE about IS NULL

CREATE INDEX brought_about ON brought (about)

CREATE TABLE brought_heard (
	one INTEGER NOT NULL CHECK (one = 1), 
	heard_us INTEGER NOT NULL, 
	whole_us INTEGER, 
	ahead_us INTEGER NOT NULL, 
	program VARCHAR NOT NULL, 
	PRIMARY KEY (one)
)
