-- What do we know better now than we did then? Positions as believed on a day beside the positions as they are known,
-- today, to have been on that day.
-- One row a holder and proposal where the two differ. Change the day.
WITH wanted AS (SELECT (SELECT max(day) FROM run) - 7 AS day),
then_believed AS (SELECT proposal_id, holder, stance FROM position_as_of((SELECT day FROM wanted))),
now_known AS (
    SELECT h.proposal_id, h.holder, h.stance
    FROM position_history AS h JOIN wanted ON h.since <= wanted.day AND (h.until IS NULL OR h.until > wanted.day)
)
SELECT proposal_id, holder, t.stance AS believed_then, n.stance AS known_now
FROM then_believed AS t FULL JOIN now_known AS n USING (proposal_id, holder)
WHERE t.stance IS DISTINCT FROM n.stance
ORDER BY proposal_id, holder;
