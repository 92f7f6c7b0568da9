-- An office as the program of 86f277bc made it.
-- till 1: c25bf434f80f34d8171265022d3e829bc329edd6ec67427ddd00aa151622ef75 c539c3783e69b98b103480dd45498d08
-- till 2: 4653a54f3bf69a9dc92b5779abb8e2b75ea5e2ff8c09a46f39d34a428c71ffc1 fba219ee6306e78d219c69be2f97be16
-- to come: {"at_us":1795500000000000,"body":{"reason":"b"},"business_on":"2026-11-24","id":"01a20c23c30073cc82f541b992e78a87","incarnation":1,"kind":"DrawerOpened","seq":2,"till":"01a20c23c3007d17901588a8f36067ca","v":1}
-- 1c361cba6907b6cf6c45815b64c832ab7ec7f6f525fbea5c4841917b8289befe 52011aba88c11e3d728f1638bd43c7233363351fd834573cbd226ee7609e9b0d

CREATE TABLE chain (
    one BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    shift BIGINT DEFAULT '0' NOT NULL,
    address VARCHAR NOT NULL,
    PRIMARY KEY (one)
);

CREATE TABLE stores (
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (code)
);

CREATE TABLE admins (
    digest BYTEA NOT NULL,
    until_us BIGINT NOT NULL,
    used_us BIGINT,
    token_digest BYTEA,
    PRIMARY KEY (digest),
    UNIQUE (token_digest)
);

CREATE TABLE events (
    pos BIGINT NOT NULL,
    id UUID NOT NULL,
    till_id UUID NOT NULL,
    incarnation BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    prev BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    data BYTEA NOT NULL,
    received_us BIGINT NOT NULL,
    PRIMARY KEY (pos),
    CONSTRAINT events_place UNIQUE (till_id, incarnation, seq),
    UNIQUE (id)
);

CREATE FUNCTION events_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events is kept for ever'; END $$;

CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_kept();

CREATE TABLE private_values (
    event_id UUID NOT NULL,
    no BIGINT NOT NULL,
    member_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (event_id, no)
);

CREATE INDEX private_values_member ON private_values (member_id);

CREATE TABLE kept_apart (
    mark BYTEA NOT NULL,
    till_id UUID NOT NULL,
    incarnation BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    reason VARCHAR NOT NULL,
    data BYTEA NOT NULL,
    received_us BIGINT NOT NULL,
    PRIMARY KEY (mark)
);

CREATE INDEX kept_apart_place ON kept_apart (till_id, incarnation, seq);

CREATE FUNCTION kept_apart_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept_apart is kept for ever'; END $$;

CREATE TRIGGER kept_apart_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON kept_apart FOR EACH STATEMENT EXECUTE FUNCTION kept_apart_kept();

CREATE TABLE progress (
    till_id UUID NOT NULL,
    incarnation BIGINT NOT NULL,
    through BIGINT NOT NULL,
    highest BIGINT NOT NULL,
    PRIMARY KEY (till_id, incarnation)
);

CREATE TABLE duties (
    name VARCHAR NOT NULL,
    pos BIGINT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE cases (
    id UUID NOT NULL,
    kind VARCHAR NOT NULL,
    till_id UUID NOT NULL,
    about VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    at_us BIGINT NOT NULL,
    closed_us BIGINT,
    PRIMARY KEY (id)
);

CREATE INDEX cases_open ON cases (at_us) WHERE closed_us IS NULL;

CREATE TABLE transfers (
    id UUID NOT NULL,
    debit_kind VARCHAR NOT NULL,
    debit_id UUID NOT NULL,
    credit_kind VARCHAR NOT NULL,
    credit_id UUID NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    cause VARCHAR NOT NULL,
    on_day BIGINT NOT NULL,
    about_id UUID,
    PRIMARY KEY (id)
);

CREATE INDEX ix_transfers_debit_id ON transfers (debit_id);

CREATE INDEX ix_transfers_about_id ON transfers (about_id);

CREATE INDEX ix_transfers_credit_id ON transfers (credit_id);

CREATE TABLE lots (
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    expires_day BIGINT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_lots_expires_day ON lots (expires_day);

CREATE INDEX ix_lots_member_id ON lots (member_id);

CREATE TABLE allocations (
    lot_id UUID NOT NULL,
    transfer_id UUID NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    PRIMARY KEY (lot_id, transfer_id)
);

CREATE TABLE accounts (
    owner_id UUID NOT NULL,
    kind VARCHAR NOT NULL,
    points BIGINT NOT NULL,
    PRIMARY KEY (owner_id, kind),
    CONSTRAINT set_aside CHECK (points >= 0 OR kind NOT IN ('pending', 'leased'))
);

CREATE TABLE escrows (
    id UUID NOT NULL,
    kind VARCHAR NOT NULL,
    till_id UUID NOT NULL,
    incarnation BIGINT NOT NULL,
    member_id UUID NOT NULL,
    points BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    spent BIGINT NOT NULL,
    status VARCHAR NOT NULL,
    through BIGINT,
    PRIMARY KEY (id),
    CONSTRAINT spent_of_it CHECK (spent >= 0 AND spent <= points)
);

CREATE INDEX escrows_open ON escrows (till_id, until_us) WHERE status = 'open';

CREATE TABLE members (
    id UUID NOT NULL,
    root_id UUID NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_members_root_id ON members (root_id);

CREATE TABLE joins (
    event_id UUID NOT NULL,
    member_id UUID NOT NULL,
    till_id UUID NOT NULL,
    at_us BIGINT NOT NULL,
    on_day BIGINT NOT NULL,
    import_id UUID,
    PRIMARY KEY (event_id, member_id)
);

CREATE INDEX joins_member ON joins (member_id);

CREATE INDEX joins_import ON joins (import_id);

CREATE TABLE member_fields (
    member_id UUID NOT NULL,
    field VARCHAR NOT NULL,
    event_id UUID NOT NULL,
    value VARCHAR,
    at_us BIGINT NOT NULL,
    incarnation BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    import_id UUID,
    PRIMARY KEY (member_id, field, event_id)
);

CREATE INDEX member_fields_import ON member_fields (import_id);

CREATE INDEX member_fields_value ON member_fields (field, value);

CREATE TABLE consent_steps (
    event_id UUID NOT NULL,
    member_id UUID NOT NULL,
    is_given BOOLEAN NOT NULL,
    at_us BIGINT NOT NULL,
    till_id UUID NOT NULL,
    incarnation BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    answered BIGINT,
    PRIMARY KEY (event_id)
);

CREATE INDEX ix_consent_steps_member_id ON consent_steps (member_id);

CREATE TABLE aliases (
    gone_id UUID NOT NULL,
    into_id UUID NOT NULL,
    at_us BIGINT NOT NULL,
    event_id UUID,
    undone_us BIGINT,
    PRIMARY KEY (gone_id, into_id)
);

CREATE INDEX aliases_into ON aliases (into_id);

CREATE TABLE undone_imports (
    import_id UUID NOT NULL,
    kept BYTEA NOT NULL,
    PRIMARY KEY (import_id)
);

CREATE TABLE changes (
    pos BIGSERIAL NOT NULL,
    xid BIGINT NOT NULL,
    mark BYTEA NOT NULL,
    topic VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    store_code VARCHAR,
    PRIMARY KEY (pos)
);

CREATE INDEX changes_order ON changes (xid, pos);

CREATE TABLE rulebooks (
    version BIGINT NOT NULL,
    begins_on BIGINT NOT NULL,
    record BYTEA NOT NULL,
    issued_us BIGINT NOT NULL,
    PRIMARY KEY (version)
);

CREATE TABLE issued_products (
    code VARCHAR NOT NULL,
    store_code VARCHAR NOT NULL,
    begins_on BIGINT NOT NULL,
    record BYTEA NOT NULL,
    issued_us BIGINT NOT NULL,
    PRIMARY KEY (code, store_code, begins_on)
);

CREATE TABLE tills (
    id UUID NOT NULL,
    store_code VARCHAR NOT NULL,
    till_no BIGINT NOT NULL,
    public_key BYTEA NOT NULL,
    incarnation BIGINT NOT NULL,
    enrolled_us BIGINT NOT NULL,
    program VARCHAR NOT NULL,
    revoked_us BIGINT,
    seen_us BIGINT,
    clock_behind_us BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(store_code) REFERENCES stores (code)
);

CREATE UNIQUE INDEX tills_place ON tills (store_code, till_no) WHERE revoked_us IS NULL AND till_no > 0;

CREATE TABLE codes (
    digest BYTEA NOT NULL,
    store_code VARCHAR NOT NULL,
    till_no BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    used_us BIGINT,
    kind VARCHAR NOT NULL,
    replaces BOOLEAN NOT NULL,
    PRIMARY KEY (digest),
    FOREIGN KEY(store_code) REFERENCES stores (code)
);

CREATE TABLE private_apart (
    mark BYTEA NOT NULL,
    no BIGINT NOT NULL,
    member_id UUID,
    sent BYTEA NOT NULL,
    PRIMARY KEY (mark, no),
    FOREIGN KEY(mark) REFERENCES kept_apart (mark)
);

CREATE INDEX private_apart_member ON private_apart (member_id);

CREATE TABLE branches (
    till_id UUID NOT NULL,
    incarnation BIGINT NOT NULL,
    nonce BYTEA NOT NULL,
    token_digest BYTEA NOT NULL,
    until_us BIGINT NOT NULL,
    begun_us BIGINT,
    told_seq BIGINT NOT NULL,
    PRIMARY KEY (till_id, incarnation),
    FOREIGN KEY(till_id) REFERENCES tills (id)
);

CREATE INDEX branches_token ON branches (token_digest);

INSERT INTO cases (id, kind, till_id, about, detail, at_us, closed_us)
VALUES ('01a21ae34527747ea976b3040e5e14a6', 'hash', '01a20c23c3007888a61304beb15fd18d', '2e1c3309e719cc408995588c981c7c73ede388055a845f6c19225723de1459de', '', 1795747431718912, NULL);

INSERT INTO chain (one, name, revision, shift, address)
VALUES (1, '康源', 4, 0, '');

INSERT INTO changes (pos, xid, mark, topic, about, store_code)
VALUES (1, 0, '\x7de585910c00164a', 'store', 'S01', 'S01');

INSERT INTO events (pos, id, till_id, incarnation, seq, kind, prev, hash, data, received_us)
VALUES (1, '01a20c23c30072cf92dac0c1bcfa0a37', '01a20c23c3007d17901588a8f36067ca', 1, 1, 'DrawerOpened', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x1c361cba6907b6cf6c45815b64c832ab7ec7f6f525fbea5c4841917b8289befe', '\x7b2261745f7573223a313739353530303030303030303030302c22626f6479223a7b22726561736f6e223a2261227d2c22627573696e6573735f6f6e223a22323032362d31312d3234222c226964223a223031613230633233633330303732636639326461633063316263666130613337222c22696e6361726e6174696f6e223a312c226b696e64223a224472617765724f70656e6564222c22736571223a312c2274696c6c223a223031613230633233633330303764313739303135383861386633363036376361222c2276223a317d', 1795747431708983);

INSERT INTO events (pos, id, till_id, incarnation, seq, kind, prev, hash, data, received_us)
VALUES (2, '01a20c23c3007b5891bd7d0bc9dcb51a', '01a20c23c3007888a61304beb15fd18d', 1, 1, 'MemberJoined', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x3ca76a28bcea939f27f067a1f1fdc813e6f52770dcd209f74e19eaede6a3269e', '\x7b2261745f7573223a313739353530303030303030303030302c22626f6479223a7b22636f6e73656e74223a312c226d656d626572223a223031613230633233633330303737356138663533643139643562333463316332222c2273746166665f6e6f223a312c2274696572223a226e6f726d616c227d2c22627573696e6573735f6f6e223a22323032362d31312d3234222c226964223a223031613230633233633330303762353839316264376430626339646362353161222c22696e6361726e6174696f6e223a312c226b696e64223a224d656d6265724a6f696e6564222c2270726976617465223a5b5b223031613230633233633330303737356138663533643139643562333463316332222c226e616d65222c2234666465336335376535633962636330363265346437316132306365623933623162636633373435636563376430653263623233323162326633616264326632225d2c5b223031613230633233633330303737356138663533643139643562333463316332222c2270686f6e65222c2263633530393331653131616137326435666435303235313930633462343164616162353062363534303535323735373832303537383165656634383234663537225d5d2c22736571223a312c2274696c6c223a223031613230633233633330303738383861363133303462656231356664313864222c2276223a317d', 1795747431714858);

INSERT INTO events (pos, id, till_id, incarnation, seq, kind, prev, hash, data, received_us)
VALUES (3, '01a20c23c3007982bb54b6505a1598b7', '01a20c23c3007888a61304beb15fd18d', 1, 2, 'BehaviourCredited', '\x3ca76a28bcea939f27f067a1f1fdc813e6f52770dcd209f74e19eaede6a3269e', '\xd59626992358bcaed201566eabd76904942321bf4dda29ad392c86ef140165e3', '\x7b2261745f7573223a313739353530303030303030303030302c22626f6479223a7b226265686176696f7572223a2262222c226465627473223a5b5d2c22657870697265735f6f6e223a22323032372d31322d3331222c226c6f74223a223031613230633233633330303739663439366163313664393934656236633565222c226d656d626572223a223031613230633233633330303737356138663533643139643562333463316332222c22706f696e7473223a37302c2273746166665f6e6f223a317d2c22627573696e6573735f6f6e223a22323032362d31312d3234222c226964223a223031613230633233633330303739383262623534623635303561313539386237222c22696e6361726e6174696f6e223a312c226b696e64223a224265686176696f75724372656469746564222c22736571223a322c2274696c6c223a223031613230633233633330303738383861363133303462656231356664313864222c2276223a317d', 1795747431714886);

INSERT INTO events (pos, id, till_id, incarnation, seq, kind, prev, hash, data, received_us)
VALUES (4, '01a20c23c30077d7a2603bbef8ce0621', '01a20c23c3007d17901588a8f36067ca', 1, 3, 'DrawerOpened', '\x52011aba88c11e3d728f1638bd43c7233363351fd834573cbd226ee7609e9b0d', '\x6fc91042ea0453b17f4c0c9e089837a6f7adf1b72e417de5d0582af6d1f8f01b', '\x7b2261745f7573223a313739353530303030303030303030302c22626f6479223a7b22726561736f6e223a2263227d2c22627573696e6573735f6f6e223a22323032362d31312d3234222c226964223a223031613230633233633330303737643761323630336262656638636530363231222c22696e6361726e6174696f6e223a312c226b696e64223a224472617765724f70656e6564222c22736571223a332c2274696c6c223a223031613230633233633330303764313739303135383861386633363036376361222c2276223a317d', 1795747431722499);

INSERT INTO kept_apart (mark, till_id, incarnation, seq, reason, data, received_us)
VALUES ('\x2e1c3309e719cc408995588c981c7c73ede388055a845f6c19225723de1459de', '01a20c23c3007888a61304beb15fd18d', 1, 3, 'hash', '\x7b2261745f7573223a313739353530303030303030303030302c22626f6479223a7b22726561736f6e223a2278227d2c22627573696e6573735f6f6e223a22323032362d31312d3234222c226964223a223031613230633233633330303735363339343030613336313862623334333931222c22696e6361726e6174696f6e223a312c226b696e64223a224472617765724f70656e6564222c22736571223a332c2274696c6c223a223031613230633233633330303738383861363133303462656231356664313864222c2276223a317d', 1795747431718912);

INSERT INTO private_values (event_id, no, member_id, field, value, salt)
VALUES ('01a20c23c3007b5891bd7d0bc9dcb51a', 0, '01a20c23c300775a8f53d19d5b34c1c2', 'name', '王秀英', '\xa683c6500327a35e14eea77fe27f8efa');

INSERT INTO private_values (event_id, no, member_id, field, value, salt)
VALUES ('01a20c23c3007b5891bd7d0bc9dcb51a', 1, '01a20c23c300775a8f53d19d5b34c1c2', 'phone', '+8613812345678', '\xb15ebf47ad2ce24e058fa62397f0d627');

INSERT INTO progress (till_id, incarnation, through, highest)
VALUES ('01a20c23c3007d17901588a8f36067ca', 1, 1, 3);

INSERT INTO progress (till_id, incarnation, through, highest)
VALUES ('01a20c23c3007888a61304beb15fd18d', 1, 3, 3);

INSERT INTO stores (code, name)
VALUES ('S01', '中山路店');

INSERT INTO codes (digest, store_code, till_no, until_us, used_us, kind, replaces)
VALUES ('\x740a96ece3f919bcc5f942b155d65563d21cc04cd40df765402fa28bb00760cf', 'S01', 2, 1795833831631266, 1795747431680977, 'till', false);

INSERT INTO codes (digest, store_code, till_no, until_us, used_us, kind, replaces)
VALUES ('\xbafc74638514b13fa7a93036f44a6c3370acb7d96c9d30ca99a24b8d41301dae', 'S01', 1, 1795833831690037, 1795747431693940, 'till', false);

INSERT INTO codes (digest, store_code, till_no, until_us, used_us, kind, replaces)
VALUES ('\x167c89137883d7dba07cce952b4fc96bb4658c7f98a7f4d7a42c8d59d02843dd', 'S01', 3, 1795833831725953, NULL, 'till', false);

INSERT INTO tills (id, store_code, till_no, public_key, incarnation, enrolled_us, program, revoked_us, seen_us, clock_behind_us, kind)
VALUES ('01a20c23c3007d17901588a8f36067ca', 'S01', 2, '\xafe1267c1e78b2e9170c9c57235efda575e0ce703a00dadb359792045bf805e5', 1, 1795747431680977, '0.1', NULL, 1795747431702095, 247431702095, 'till');

INSERT INTO tills (id, store_code, till_no, public_key, incarnation, enrolled_us, program, revoked_us, seen_us, clock_behind_us, kind)
VALUES ('01a20c23c3007888a61304beb15fd18d', 'S01', 1, '\xd5ae97611ef9f0824f291adce008b9d4edac516eaa6994b034f09b04c0b4743a', 1, 1795747431693940, '0.1', NULL, 1795747431696512, 247431696512, 'till');

INSERT INTO branches (till_id, incarnation, nonce, token_digest, until_us, begun_us, told_seq)
VALUES ('01a20c23c3007d17901588a8f36067ca', 1, '\xfba219ee6306e78d219c69be2f97be16', '\xf38243391afb7c2e5359d4a275608bc1f7bfa65a5f3ad7969abc3a154ddb1447', 1795748331702095, 1795747431680977, 0);

INSERT INTO branches (till_id, incarnation, nonce, token_digest, until_us, begun_us, told_seq)
VALUES ('01a20c23c3007888a61304beb15fd18d', 1, '\xc539c3783e69b98b103480dd45498d08', '\x9a289a1df6514eed710eb8d86f7205776dadf88be1cf81a71b17fdc429685f93', 1795748331696512, 1795747431693940, 0);

SELECT setval(pg_get_serial_sequence('changes', 'pos'), 1);
