-- Statements known by a day that were made since another, of each holder on each proposal the newest few; and those
-- asked for by id. Parameters: since, day, most, ids.
SELECT
    s.statement_id, s.proposal_id,
    CASE WHEN s.proposal_id = 'other' THEN s.proposal_name ELSE coalesce(p.name, s.proposal_name) END AS proposal_name,
    s.holder, s.speaker, s.speaker_role, s.speaker_type, s.authority, s.stance, s.time, s.condition,
    s.stated_on, s.said_on, s.n_mentions, s.n_publishers, s.confidence
FROM statement AS s
LEFT JOIN proposal AS p USING (proposal_id)
WHERE s.seen_on <= $day AND coalesce(s.stated_on, s.seen_on) >= $since
   OR list_contains($ids::VARCHAR[], s.statement_id)
QUALIFY list_contains($ids::VARCHAR[], s.statement_id) OR row_number() OVER (
    PARTITION BY s.proposal_id, s.proposal_name, s.holder ORDER BY s.stated_on DESC NULLS LAST, s.statement_id
) <= $most
ORDER BY s.stated_on DESC NULLS LAST, s.statement_id;
