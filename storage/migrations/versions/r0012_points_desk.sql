CREATE INDEX transfers_by_day ON transfers (business_on, id)
