-- Entries whose page was read, with the hash of what they said. $urls: feed addresses, or null for all;
-- $before: a run whose own entries are left out, or null.
SELECT entry_id, entry_hash
FROM entry
WHERE settled
  AND ($urls::VARCHAR[] IS NULL OR list_contains($urls::VARCHAR[], feed_url))
  AND changed_run_id IS DISTINCT FROM $before::VARCHAR
ORDER BY entry_id;
