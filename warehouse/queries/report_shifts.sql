-- Shifts raised from one day to another, the weightiest first. Parameters: since, until.
SELECT
    s.proposal_id, coalesce(p.name, s.proposal_id) AS proposal_name, s.holder, s.kind,
    s.from_statement_id, s.to_statement_id, s.shifted_on, s.raised_on
FROM shift AS s
LEFT JOIN proposal AS p USING (proposal_id)
WHERE s.raised_on BETWEEN $since AND $until
ORDER BY
    s.raised_on DESC,
    list_position(['reversal', 'split', 'hardening', 'softening', 'first_position'], s.kind),
    proposal_name, s.holder, s.to_statement_id;
