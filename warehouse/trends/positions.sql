-- Positions with their newest statement. $day: as believed at the end of that day; null for now.
WITH position AS (
    SELECT proposal_id, holder, stance, score, since, statement_id, last_stated_on FROM position_current
    WHERE $day::DATE IS NULL
    UNION ALL
    SELECT proposal_id, holder, stance, score, since, statement_id, last_stated_on FROM position_as_of($day::DATE)
    WHERE $day::DATE IS NOT NULL
)
SELECT
    p.proposal_id, coalesce(w.name, s.proposal_name, p.proposal_id) AS proposal_name, p.holder, p.stance, p.score,
    p.since, p.last_stated_on, p.statement_id, s.speaker, s.speaker_role, s.authority, s.n_mentions, s.n_publishers,
    s.confidence
FROM position AS p
LEFT JOIN statement AS s USING (statement_id)
LEFT JOIN proposal AS w ON w.proposal_id = p.proposal_id
ORDER BY p.proposal_id, p.score DESC, p.holder;
