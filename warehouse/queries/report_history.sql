-- From when until when each position held, up to a day; `until` is null for those that still did. Parameters: day.
SELECT proposal_id, holder, stance, since, CASE WHEN until <= $day THEN until END AS until
FROM position_history
WHERE since <= $day
ORDER BY proposal_id, holder, since;
