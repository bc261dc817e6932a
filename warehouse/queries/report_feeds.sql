-- What became of each feed in a run. Parameters: run_id.
SELECT coalesce(f.outlet, p.feed_url) AS outlet, p.feed_url, p.outcome, p.reason, p.n_entries
FROM feed_poll AS p
LEFT JOIN feed AS f USING (feed_url)
WHERE p.run_id = $run_id
ORDER BY outlet, p.feed_url;
