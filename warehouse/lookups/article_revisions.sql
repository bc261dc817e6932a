-- The present revision of each article. $before: a run whose own revisions are left out, or null.
SELECT a.article_id, a.revision_id
FROM article AS a
JOIN article_revision AS r USING (revision_id)
WHERE r.run_id IS DISTINCT FROM $before::VARCHAR
ORDER BY a.article_id;
