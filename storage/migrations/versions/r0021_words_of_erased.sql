DROP TRIGGER corrections_no_update

CREATE TRIGGER corrections_no_update BEFORE UPDATE ON corrections WHEN NOT (NEW.words = '' AND NEW.n IS OLD.n AND NEW.id IS OLD.id AND NEW.member_id IS OLD.member_id AND NEW.points IS OLD.points AND NEW.at_us IS OLD.at_us AND NEW.business_on IS OLD.business_on AND NEW.staff_no IS OLD.staff_no AND NEW.approved_by IS OLD.approved_by) BEGIN SELECT RAISE(ABORT, 'corrections is kept for ever'); END

DROP TRIGGER tier_holds_no_update

CREATE TRIGGER tier_holds_no_update BEFORE UPDATE ON tier_holds WHEN NOT (NEW.reason = '' AND NEW.n IS OLD.n AND NEW.id IS OLD.id AND NEW.member_id IS OLD.member_id AND NEW.tier IS OLD.tier AND NEW.cause IS OLD.cause AND NEW.at_us IS OLD.at_us AND NEW.business_on IS OLD.business_on AND NEW.staff_no IS OLD.staff_no AND NEW.approved_by IS OLD.approved_by AND NEW.months IS OLD.months AND NEW.until_on IS OLD.until_on AND NEW.sale_id IS OLD.sale_id AND NEW.line_no IS OLD.line_no) BEGIN SELECT RAISE(ABORT, 'tier_holds is kept for ever'); END

CREATE INDEX private_values_of_member ON private_values (member_id)
