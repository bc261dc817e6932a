-- How has one holder's position moved over time?
-- One row a position. Change the holder: a state's three-letter code, a body's name or a person's.
WITH wanted AS (SELECT 'IND' AS holder)
SELECT h.proposal_id, h.since, h.until, h.stance, h.first_speaker, h.last_stated_on, h.n_days
FROM position_history AS h JOIN wanted USING (holder)
ORDER BY h.proposal_id, h.since;
