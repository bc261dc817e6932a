-- jeffreys(k, n): 95 % Jeffreys interval of a share, for each distinct k of n in the statements of a day.
-- The posterior is Beta(k + 1/2, n - k + 1/2). With p = sin²(t) its density over t is sin^2k(t) cos^2(n-k)(t), which is
-- smooth, so that a sum over 2,048 steps gives the quantiles to three decimals. By convention low = 0 for k = 0, and
-- high = 1 for k = n. Brown, Cai, DasGupta: Interval Estimation for a Binomial Proportion, Statistical Science 2001.
-- after: threshold
CREATE OR REPLACE VIEW jeffreys AS
WITH day AS (
    SELECT
        count(*) FILTER (score > 0) AS n_favour,
        count(*) FILTER (score < 0) AS n_oppose,
        count(*) AS n
    FROM statement
    WHERE time = 'current' AND stated_on IS NOT NULL AND confidence >= threshold('min_confidence')
    GROUP BY proposal_id, stated_on
),
pair AS (SELECT n_favour AS k, n FROM day UNION SELECT n_oppose, n FROM day),
angle AS (SELECT (i + 0.5) / 2048 * pi() / 2 AS t FROM range(2048) AS r(i)),
mass AS (
    SELECT
        k, n, t,
        exp(
            2 * k * ln(sin(t)) + 2 * (n - k) * ln(cos(t))
            -- Less the logarithm at the peak, so that nothing underflows.
            - CASE WHEN k > 0 THEN k * ln(k / n) ELSE 0 END
            - CASE WHEN k < n THEN (n - k) * ln((n - k) / n) ELSE 0 END
        ) AS m
    FROM pair, angle
),
cumulated AS (
    SELECT
        k, n, t,
        (sum(m) OVER (PARTITION BY k, n ORDER BY t) - m / 2) / sum(m) OVER (PARTITION BY k, n) AS p
    FROM mass
)
SELECT
    k, n,
    CASE WHEN k = 0 THEN 0 ELSE pow(sin(max(t) FILTER (p <= 0.025)), 2) END AS low,
    CASE WHEN k = n THEN 1 ELSE pow(sin(min(t) FILTER (p >= 0.975)), 2) END AS high
FROM cumulated
GROUP BY k, n;

COMMENT ON VIEW jeffreys IS '95 % Jeffreys intervals for the shares k of n that occur.';
COMMENT ON COLUMN jeffreys.k IS 'Successes.';
COMMENT ON COLUMN jeffreys.n IS 'Trials.';
COMMENT ON COLUMN jeffreys.low IS 'Lower end.';
COMMENT ON COLUMN jeffreys.high IS 'Upper end.';
