-- Checks that a pass's material said nothing to, and why: [{check, reason}]. Runs of days when this was not said have none.
ALTER TABLE qc_run ADD COLUMN not_judged TEXT NOT NULL DEFAULT '[]';
