-- Who stood where at the end of a day. Parameters: day.
SELECT b.proposal_id, coalesce(p.name, b.proposal_id) AS proposal_name, b.holder, b.stance, b.since, b.statement_id
FROM position_as_of($day) AS b
LEFT JOIN proposal AS p USING (proposal_id)
ORDER BY proposal_name, b.holder;
