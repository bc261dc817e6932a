-- How the unique current statements of each day divide, by proposal, with 95 % Jeffreys intervals and the day's
-- coverage. Days without a statement are there with n = 0 from the first run on, so that silence (observed) and outage
-- look different; days before the first run are `unobserved`: known from later reports only. One row a proposal and day.
-- after: coverage_daily, jeffreys
CREATE OR REPLACE VIEW stance_daily AS
WITH counted AS (
    SELECT
        proposal_id, stated_on AS day,
        count(*) AS n_statements,
        count(*) FILTER (stance = 'support') AS n_support,
        count(*) FILTER (stance = 'conditional') AS n_conditional,
        count(*) FILTER (stance = 'noncommittal') AS n_noncommittal,
        count(*) FILTER (stance = 'oppose') AS n_oppose,
        avg(score) AS mean_score,
        sum(n_mentions)::BIGINT AS n_mentions
    FROM statement
    WHERE time = 'current' AND stated_on IS NOT NULL AND confidence >= threshold('min_confidence')
    GROUP BY proposal_id, stated_on
),
grid AS (
    SELECT p.proposal_id, c.day
    FROM (SELECT DISTINCT proposal_id FROM counted) AS p, (SELECT day FROM coverage_daily) AS c
    UNION
    SELECT proposal_id, day FROM counted
)
SELECT
    g.proposal_id, g.day,
    coalesce(s.n_statements, 0) AS n_statements,
    coalesce(s.n_support, 0) AS n_support,
    coalesce(s.n_conditional, 0) AS n_conditional,
    coalesce(s.n_noncommittal, 0) AS n_noncommittal,
    coalesce(s.n_oppose, 0) AS n_oppose,
    coalesce(s.n_mentions, 0) AS n_mentions,
    s.mean_score,
    (s.n_support + s.n_conditional) / s.n_statements AS share_favour,
    f.low AS favour_low, f.high AS favour_high,
    s.n_oppose / s.n_statements AS share_oppose,
    o.low AS oppose_low, o.high AS oppose_high,
    c.coverage,
    coalesce(c.state, 'unobserved') AS state
FROM grid AS g
LEFT JOIN counted AS s ON s.proposal_id = g.proposal_id AND s.day = g.day
LEFT JOIN jeffreys AS f ON f.k = s.n_support + s.n_conditional AND f.n = s.n_statements
LEFT JOIN jeffreys AS o ON o.k = s.n_oppose AND o.n = s.n_statements
LEFT JOIN coverage_daily AS c ON c.day = g.day;

COMMENT ON VIEW stance_daily IS 'How the statements of each day divide, by proposal, with intervals and coverage.';
COMMENT ON COLUMN stance_daily.proposal_id IS 'The proposal.';
COMMENT ON COLUMN stance_daily.day IS 'Day the statements were made.';
COMMENT ON COLUMN stance_daily.n_statements IS 'Unique current statements of that day, by anybody.';
COMMENT ON COLUMN stance_daily.n_support IS 'Of these, support.';
COMMENT ON COLUMN stance_daily.n_conditional IS 'Of these, conditional.';
COMMENT ON COLUMN stance_daily.n_noncommittal IS 'Of these, noncommittal.';
COMMENT ON COLUMN stance_daily.n_oppose IS 'Of these, oppose.';
COMMENT ON COLUMN stance_daily.n_mentions IS 'Articles that report them.';
COMMENT ON COLUMN stance_daily.mean_score IS 'Mean score, +1 to -1; null without statements.';
COMMENT ON COLUMN stance_daily.share_favour IS 'Share of support and conditional; null without statements.';
COMMENT ON COLUMN stance_daily.favour_low IS 'Lower end of its 95 % Jeffreys interval.';
COMMENT ON COLUMN stance_daily.favour_high IS 'Upper end of its 95 % Jeffreys interval.';
COMMENT ON COLUMN stance_daily.share_oppose IS 'Share of oppose; null without statements.';
COMMENT ON COLUMN stance_daily.oppose_low IS 'Lower end of its 95 % Jeffreys interval.';
COMMENT ON COLUMN stance_daily.oppose_high IS 'Upper end of its 95 % Jeffreys interval.';
COMMENT ON COLUMN stance_daily.coverage IS 'Share of the feeds that answered on that day.';
COMMENT ON COLUMN stance_daily.state IS 'observed, partial, outage, or unobserved (before the first run).';
