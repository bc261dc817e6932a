-- What was looked at each day, from the first run's day to the last: tells a day of silence from a day of outage.
-- state: observed (every feed answered), partial, outage (none did, or no run). One row a day.
CREATE OR REPLACE VIEW coverage_daily AS
WITH day AS (
    SELECT unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day FROM run
),
poll AS (
    SELECT
        r.day, p.feed_url,
        bool_or(p.outcome IN ('new', 'not_modified', 'unchanged', 'partial')) AS answered,
        sum(p.n_entries) AS n_entries
    FROM feed_poll AS p JOIN run AS r USING (run_id)
    GROUP BY r.day, p.feed_url
),
polled AS (
    SELECT day, count(*) FILTER (answered) AS n_answered, sum(n_entries) AS n_entries FROM poll GROUP BY day
),
known_feed AS (
    SELECT first_day AS day, count(*) AS n_new FROM (SELECT feed_url, min(day) AS first_day FROM poll GROUP BY feed_url)
    GROUP BY first_day
),
ran AS (SELECT day, count(*) AS n_runs FROM run GROUP BY day),
read AS (
    SELECT r.day, count(*) AS n_articles, count(*) FILTER (a.relevant) AS n_relevant
    FROM article AS a JOIN run AS r USING (run_id) GROUP BY r.day
),
mentioned AS (SELECT seen_on AS day, count(*) AS n_mentions FROM mention GROUP BY seen_on),
joined AS (
    SELECT
        d.day,
        coalesce(ran.n_runs, 0) AS n_runs,
        coalesce(sum(known_feed.n_new) OVER (ORDER BY d.day), 0)::BIGINT AS n_feeds,
        coalesce(polled.n_answered, 0) AS n_feeds_answered,
        coalesce(polled.n_entries, 0)::BIGINT AS n_entries,
        coalesce(read.n_articles, 0) AS n_articles,
        coalesce(read.n_relevant, 0) AS n_relevant,
        coalesce(mentioned.n_mentions, 0) AS n_mentions
    FROM day AS d
    LEFT JOIN ran USING (day)
    LEFT JOIN known_feed USING (day)
    LEFT JOIN polled USING (day)
    LEFT JOIN read USING (day)
    LEFT JOIN mentioned USING (day)
)
SELECT
    day, n_runs, n_feeds, n_feeds_answered,
    CASE WHEN n_feeds > 0 THEN n_feeds_answered / n_feeds END AS coverage,
    CASE
        WHEN n_feeds_answered = 0 THEN 'outage'
        WHEN n_feeds_answered < n_feeds THEN 'partial'
        ELSE 'observed'
    END AS state,
    n_entries, n_articles, n_relevant, n_mentions
FROM joined;

COMMENT ON VIEW coverage_daily IS 'What was looked at each day: tells silence from outage.';
COMMENT ON COLUMN coverage_daily.day IS 'The day.';
COMMENT ON COLUMN coverage_daily.n_runs IS 'Runs for that day.';
COMMENT ON COLUMN coverage_daily.n_feeds IS 'Feeds known by then.';
COMMENT ON COLUMN coverage_daily.n_feeds_answered IS 'Feeds of which a poll succeeded.';
COMMENT ON COLUMN coverage_daily.coverage IS 'Share of the known feeds that answered, 0 to 1; null without feeds.';
COMMENT ON COLUMN coverage_daily.state IS 'observed, partial or outage.';
COMMENT ON COLUMN coverage_daily.n_entries IS 'Entries that the feeds listed, known ones included.';
COMMENT ON COLUMN coverage_daily.n_articles IS 'Articles first seen by a run of that day.';
COMMENT ON COLUMN coverage_daily.n_relevant IS 'Of these, those that mention a proposal.';
COMMENT ON COLUMN coverage_daily.n_mentions IS 'Mentions first seen by a run of that day.';
