CREATE INDEX members_by_birthday ON members (birth_month, birth_day, birth_calendar) WHERE birth_month IS NOT NULL

CREATE INDEX members_by_joining ON members (joined_on)
