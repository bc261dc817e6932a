-- Articles to compare new ones with, for finding copies. $start, $end: trailing window of first_seen (UTC);
-- $before: a run whose own articles are left out, or null.
SELECT article_id, group_id, published, first_seen, publisher, agency, signature
FROM article
WHERE signature IS NOT NULL
  AND first_seen > $start::TIMESTAMP AND first_seen <= $end::TIMESTAMP
  AND run_id IS DISTINCT FROM $before::VARCHAR
ORDER BY article_id;
