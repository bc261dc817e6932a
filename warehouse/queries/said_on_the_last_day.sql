-- Who spoke for or against which proposal on the last day, and what exactly was said?
-- One row a statement and its best fragment. Change the days in `day`.
WITH day AS (SELECT max(day) AS last, max(day) AS first FROM run),
said AS (
    SELECT s.*
    FROM statement AS s
    JOIN day ON s.seen_on BETWEEN day.first AND day.last
    WHERE s.time = 'current' AND s.confidence >= threshold('min_confidence')
),
words AS (
    SELECT statement_id, arg_max(struct_pack(text, outlet, url), (quote <> 'indirect', confidence)) AS best
    FROM evidence SEMI JOIN said USING (statement_id)
    GROUP BY statement_id
)
SELECT
    s.stated_on, s.proposal_id, s.holder, s.speaker, s.speaker_role, s.authority, s.stance, s.n_publishers, s.n_mentions,
    w.best.text AS words, w.best.outlet AS outlet, w.best.url AS url
FROM said AS s LEFT JOIN words AS w USING (statement_id)
ORDER BY s.proposal_id, s.score DESC, s.n_publishers DESC, s.holder;
