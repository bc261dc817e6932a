-- How each feed does: its last outcome, when it last answered and last had something new, and how often it failed in
-- its last 30 polls. One row a feed.
CREATE OR REPLACE VIEW feed_health AS
WITH poll AS (
    SELECT
        p.feed_url, p.outcome, p.n_entries, r.day, r.as_of,
        p.outcome IN ('new', 'not_modified', 'unchanged', 'partial') AS answered,
        row_number() OVER (PARTITION BY p.feed_url ORDER BY r.as_of DESC, p.run_id DESC) AS back
    FROM feed_poll AS p JOIN run AS r USING (run_id)
),
summary AS (
    SELECT
        feed_url,
        count(*) FILTER (back <= 30) AS n_polls,
        count(*) FILTER (back <= 30 AND NOT answered) AS n_failed,
        -- Polls since the last that was answered; all of them if none was.
        coalesce(min(back) FILTER (answered) - 1, count(*)) AS failed_in_a_row,
        max(day) FILTER (answered) AS last_answered_on,
        max(day) FILTER (outcome = 'new') AS last_new_on,
        avg(n_entries) FILTER (back <= 30 AND outcome = 'new') AS entries_a_poll
    FROM poll GROUP BY feed_url
)
SELECT
    f.feed_url, f.outlet, f.publisher, f.country, f.language, f.kind, f.outcome, f.reason, f.polled_at, f.seeded,
    s.n_polls, s.n_failed, s.failed_in_a_row, s.last_answered_on, s.last_new_on, s.entries_a_poll,
    CASE
        WHEN f.outcome IN ('paused', 'retired') THEN f.outcome
        WHEN s.failed_in_a_row >= 3 THEN 'down'
        WHEN s.failed_in_a_row > 0 OR s.n_failed * 4 > s.n_polls THEN 'unsteady'
        ELSE 'healthy'
    END AS health
FROM feed AS f LEFT JOIN summary AS s USING (feed_url);

COMMENT ON VIEW feed_health IS 'How each feed does.';
COMMENT ON COLUMN feed_health.feed_url IS 'Address of the feed.';
COMMENT ON COLUMN feed_health.outlet IS 'The outlet.';
COMMENT ON COLUMN feed_health.publisher IS 'Who owns it.';
COMMENT ON COLUMN feed_health.country IS 'Country of the outlet.';
COMMENT ON COLUMN feed_health.language IS 'Language of the feed.';
COMMENT ON COLUMN feed_health.kind IS 'Kind of source.';
COMMENT ON COLUMN feed_health.outcome IS 'Outcome of the last poll.';
COMMENT ON COLUMN feed_health.reason IS 'Its reason code.';
COMMENT ON COLUMN feed_health.polled_at IS 'As_of of the run that polled it last (UTC).';
COMMENT ON COLUMN feed_health.seeded IS 'Whether a first poll has succeeded.';
COMMENT ON COLUMN feed_health.n_polls IS 'Polls looked at, at most 30.';
COMMENT ON COLUMN feed_health.n_failed IS 'Of these, those that were not answered.';
COMMENT ON COLUMN feed_health.failed_in_a_row IS 'Polls since the last that was answered.';
COMMENT ON COLUMN feed_health.last_answered_on IS 'Day of the last poll that was answered.';
COMMENT ON COLUMN feed_health.last_new_on IS 'Day of the last poll that brought something new.';
COMMENT ON COLUMN feed_health.entries_a_poll IS 'Mean entries listed when something was new.';
COMMENT ON COLUMN feed_health.health IS 'healthy, unsteady (failed last time or one in four), down (three in a row), paused or retired.';
