-- Whose position has changed in the last 30 days, from what to what, and on whose words?
-- One row a shift that became news. Change the days in `day`.
WITH day AS (SELECT max(day) AS last, max(day) - 30 AS first FROM run),
changed AS MATERIALIZED (SELECT f.* FROM shift AS f JOIN day ON f.raised_on BETWEEN day.first AND day.last),
shown AS (SELECT from_statement_id AS statement_id FROM changed UNION SELECT to_statement_id FROM changed),
words AS (
    SELECT statement_id, arg_max(text, (quote <> 'indirect', confidence)) AS text
    FROM evidence SEMI JOIN shown USING (statement_id)
    GROUP BY statement_id
)
SELECT
    f.raised_on, f.shifted_on, f.proposal_id, f.holder, f.kind, f.from_stance, f.to_stance,
    o.text AS words_before, n.text AS words_after
FROM changed AS f
LEFT JOIN words AS o ON o.statement_id = f.from_statement_id
LEFT JOIN words AS n ON n.statement_id = f.to_statement_id
ORDER BY f.raised_on DESC, f.proposal_id, f.holder;
