-- On which days was nothing found because nothing was looked at?
-- One row a day that was not fully observed.
SELECT day, state, n_runs, n_feeds, n_feeds_answered, round(coverage, 3) AS coverage, n_articles, n_mentions
FROM coverage_daily
WHERE state <> 'observed'
ORDER BY day DESC;
