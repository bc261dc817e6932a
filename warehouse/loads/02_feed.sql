-- Polls, and the state of each feed: the latest poll's, whatever order runs are loaded in.
MERGE INTO feed_poll USING batch_poll AS b ON feed_poll.run_id = b.run_id AND feed_poll.feed_url = b.feed_url
WHEN MATCHED THEN UPDATE SET outcome = b.outcome, reason = b.reason, n_entries = b.n_entries, faults = b.faults
WHEN NOT MATCHED THEN INSERT (run_id, feed_url, outcome, reason, n_entries, faults)
    VALUES (b.run_id, b.feed_url, b.outcome, b.reason, b.n_entries, b.faults);

MERGE INTO feed USING batch_poll AS b ON feed.feed_url = b.feed_url
WHEN MATCHED AND b.polled_at >= feed.polled_at THEN UPDATE SET
    outlet = b.outlet, publisher = b.publisher, country = b.country, language = b.language, kind = b.kind,
    local = b.local, etag = b.etag, last_modified = b.last_modified, content_hash = b.content_hash,
    seeded = b.seeded, outcome = b.outcome, reason = b.reason, polled_at = b.polled_at, run_id = b.run_id
WHEN NOT MATCHED THEN INSERT
    (feed_url, outlet, publisher, country, language, kind, local, etag, last_modified, content_hash, seeded,
     outcome, reason, polled_at, run_id)
    VALUES (b.feed_url, b.outlet, b.publisher, b.country, b.language, b.kind, b.local, b.etag, b.last_modified,
     b.content_hash, b.seeded, b.outcome, b.reason, b.polled_at, b.run_id);

-- The first poll that succeeded; an earlier run that is loaded later takes its place.
CREATE OR REPLACE TEMP TABLE reseeded AS
SELECT f.feed_url, b.run_id, b.polled_at
FROM feed AS f
JOIN batch_poll AS b USING (feed_url)
WHERE b.seeded AND (f.seeded_at IS NULL OR b.polled_at < f.seeded_at);

UPDATE feed SET seeded_run_id = r.run_id, seeded_at = r.polled_at
FROM reseeded AS r WHERE feed.feed_url = r.feed_url;
