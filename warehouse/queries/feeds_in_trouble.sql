-- Which feeds need a hand, and since when?
-- One row a feed that is not healthy.
SELECT feed_url, outlet, health, outcome, reason, failed_in_a_row, last_answered_on, last_new_on
FROM feed_health
WHERE health <> 'healthy'
ORDER BY failed_in_a_row DESC, feed_url;
