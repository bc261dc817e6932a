-- On what conditions would they agree?
-- One row a conditional statement of the last 90 days, the newest first. Change the days in `day`.
WITH day AS (SELECT max(day) - 90 AS first FROM run),
said AS (
    SELECT s.*
    FROM statement AS s JOIN day ON s.stated_on >= day.first
    WHERE s.stance = 'conditional' AND s.time = 'current' AND s.confidence >= threshold('min_confidence')
),
words AS (
    SELECT statement_id, arg_max(struct_pack(text, outlet, url), (quote <> 'indirect', confidence)) AS best
    FROM evidence SEMI JOIN said USING (statement_id)
    GROUP BY statement_id
)
SELECT
    s.stated_on, s.proposal_id, s.holder, s.speaker, coalesce(s.condition, w.best.text) AS condition,
    w.best.outlet AS outlet, w.best.url AS url
FROM said AS s LEFT JOIN words AS w USING (statement_id)
ORDER BY s.stated_on DESC, s.proposal_id, s.holder, s.statement_id;
