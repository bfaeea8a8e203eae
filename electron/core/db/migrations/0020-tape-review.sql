-- A packaged tape that is rejected later is both; and to be captured again is more than rejected.
ALTER TABLE review_state ADD COLUMN is_again INTEGER NOT NULL DEFAULT 0 CHECK (is_again IN (0, 1));
-- Verdicts that count: the last of each person, or the very last alone where it settles.
UPDATE review_state SET is_again = 1 WHERE state = 'rejected' AND EXISTS (
  SELECT 1 FROM review_verdict v WHERE v.pass_id = review_state.pass_id AND v.verdict = 'capture-again'
     AND NOT EXISTS (SELECT 1 FROM review_verdict l
       WHERE l.pass_id = v.pass_id AND l.seq > v.seq AND l.given_by = v.given_by)
     AND NOT EXISTS (SELECT 1 FROM review_verdict l WHERE l.pass_id = v.pass_id AND l.seq > v.seq AND l.settles = 1
       AND NOT EXISTS (SELECT 1 FROM review_verdict m WHERE m.pass_id = l.pass_id AND m.seq > l.seq)));

-- What the verdicts on a tape's passes come to, also of one that is packaged. NULL: nobody has said anything.
ALTER TABLE tape ADD COLUMN review TEXT CHECK (review IN ('in-review', 'rejected', 'capture-again', 'accepted'));
WITH standing AS MATERIALIZED (
  SELECT p.tape_id, p.segment, coalesce(r.state, 'waiting') AS review, coalesce(r.is_again, 0) AS is_again
    FROM tape_pass p LEFT JOIN review_state r ON r.pass_id = p.pass_id
   WHERE p.stage = 'sealed' AND (p.is_chosen = 1 OR NOT EXISTS (
     SELECT 1 FROM tape_pass c WHERE c.tape_id = p.tape_id AND c.is_chosen = 1
        AND (c.segment = p.segment OR c.segment = 0 OR p.segment = 0))))
UPDATE tape SET review = CASE
  WHEN EXISTS (SELECT 1 FROM standing t WHERE t.tape_id = tape.tape_id AND segment = 0 AND review = 'accepted')
    THEN 'accepted'
  WHEN EXISTS (SELECT 1 FROM standing t WHERE t.tape_id = tape.tape_id AND review = 'accepted') AND NOT EXISTS (
    SELECT 1 FROM standing s WHERE s.tape_id = tape.tape_id AND s.segment > 0 AND NOT EXISTS (
      SELECT 1 FROM standing a WHERE a.tape_id = tape.tape_id AND a.segment = s.segment AND a.review = 'accepted'))
    THEN 'accepted'
  WHEN NOT EXISTS (SELECT 1 FROM standing t WHERE t.tape_id = tape.tape_id AND review <> 'waiting') THEN NULL
  WHEN EXISTS (SELECT 1 FROM standing t WHERE t.tape_id = tape.tape_id AND review <> 'rejected') THEN 'in-review'
  WHEN EXISTS (SELECT 1 FROM standing t WHERE t.tape_id = tape.tape_id AND is_again = 1) THEN 'capture-again'
  ELSE 'rejected' END
 WHERE tape_id IN (SELECT tape_id FROM standing WHERE review <> 'waiting');
