-- What was looked at, day by day. $start, $end: first and last day, or null.
SELECT day, n_runs, n_feeds, n_feeds_answered, coverage, state, n_entries, n_articles, n_relevant, n_mentions
FROM coverage_daily
WHERE ($start::DATE IS NULL OR day >= $start::DATE) AND ($end::DATE IS NULL OR day <= $end::DATE)
ORDER BY day;
