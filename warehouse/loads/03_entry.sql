-- Feed items: what was read replaces what was known; what was only listed is noted once, as seen and not yet read.
MERGE INTO entry USING (FROM batch_entry WHERE settled) AS b ON entry.entry_id = b.entry_id
WHEN MATCHED AND (b.changed_at >= entry.changed_at OR NOT entry.settled) THEN UPDATE SET
    entry_hash = b.entry_hash, feed_url = b.feed_url, link = b.link, title = b.title, summary = b.summary,
    published = b.published, published_raw = b.published_raw, outcome = b.outcome, settled = true,
    changed_at = b.changed_at, changed_run_id = b.run_id
WHEN NOT MATCHED THEN INSERT VALUES
    (b.entry_id, b.entry_hash, b.feed_url, b.link, b.title, b.summary, b.published, b.published_raw,
     b.changed_at, b.run_id, b.outcome, true, b.changed_at, b.run_id);

MERGE INTO entry USING (FROM batch_entry WHERE NOT settled) AS b ON entry.entry_id = b.entry_id
WHEN NOT MATCHED THEN INSERT VALUES
    (b.entry_id, b.entry_hash, b.feed_url, b.link, b.title, b.summary, b.published, b.published_raw,
     b.changed_at, b.run_id, b.outcome, false, b.changed_at, b.run_id);

UPDATE entry SET first_seen = b.first_seen, run_id = b.run_id
FROM (
    SELECT entry_id, min(changed_at) AS first_seen, any_value(run_id) AS run_id
    FROM batch_entry GROUP BY entry_id
) AS b
WHERE entry.entry_id = b.entry_id AND b.first_seen < entry.first_seen;
