-- On what conditions would they agree?
-- One row a conditional statement, the newest first.
SELECT s.stated_on, s.proposal_id, s.holder, s.speaker, coalesce(s.condition, e.text) AS condition, e.outlet, e.url
FROM statement AS s
LEFT JOIN (
    SELECT statement_id, arg_max(text, confidence) AS text, arg_max(outlet, confidence) AS outlet,
        arg_max(url, confidence) AS url
    FROM evidence GROUP BY statement_id
) AS e USING (statement_id)
WHERE s.stance = 'conditional' AND s.time = 'current' AND s.confidence >= threshold('min_confidence')
ORDER BY s.stated_on DESC NULLS LAST, s.proposal_id, s.holder, s.statement_id;
