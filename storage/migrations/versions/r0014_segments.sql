CREATE TABLE segments (
	n INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	name VARCHAR NOT NULL, 
	conditions VARCHAR NOT NULL, 
	at_us INTEGER NOT NULL, 
	staff_no INTEGER NOT NULL, 
	PRIMARY KEY (n), 
	UNIQUE (id), 
	UNIQUE (name)
)

CREATE TABLE distinct_members (
	one_id BLOB NOT NULL, 
	other_id BLOB NOT NULL, 
	at_us INTEGER NOT NULL, 
	staff_no INTEGER NOT NULL, 
	PRIMARY KEY (one_id, other_id)
)
 WITHOUT ROWID
