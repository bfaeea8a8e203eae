-- Who wrote down what another person said. NULL: they said it themselves, or it is older than this was kept.
ALTER TABLE review_decision ADD COLUMN written_by TEXT;
ALTER TABLE review_note ADD COLUMN written_by TEXT;
ALTER TABLE review_verdict ADD COLUMN written_by TEXT;
ALTER TABLE review_opinion ADD COLUMN written_by TEXT;

-- Of what was watched, the frames that were seen as pictures of the master; the others were the access copy. NULL: older, it does not say.
ALTER TABLE review_watched ADD COLUMN master_ranges TEXT CHECK (json_valid(master_ranges));
ALTER TABLE review_sitting ADD COLUMN master_ranges TEXT CHECK (json_valid(master_ranges));
