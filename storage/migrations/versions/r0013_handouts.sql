CREATE TABLE handouts (
    n INTEGER NOT NULL, 
    id BLOB NOT NULL, 
    offer VARCHAR NOT NULL, 
    title VARCHAR NOT NULL, 
    wanted INTEGER NOT NULL, 
    starts_on INTEGER, 
    ends_on INTEGER, 
    at_us INTEGER NOT NULL, 
    business_on INTEGER NOT NULL, 
    staff_no INTEGER NOT NULL, 
    stopped_us INTEGER, 
    PRIMARY KEY (n), 
    UNIQUE (id)
)

CREATE TABLE handout_members (
    handout_id BLOB NOT NULL, 
    member_id BLOB NOT NULL, 
    batch_id BLOB, 
    state SMALLINT NOT NULL, 
    PRIMARY KEY (handout_id, member_id)
)
 WITHOUT ROWID

CREATE INDEX handout_of_batch ON handout_members (batch_id) WHERE batch_id IS NOT NULL

CREATE INDEX handout_waiting ON handout_members (handout_id, state)
