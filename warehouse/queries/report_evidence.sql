-- The words that statements rest on, with their articles, earliest first. Parameters: ids.
SELECT statement_id, text, quote, outlet, publisher, title, url, published, confidence
FROM evidence
WHERE list_contains($ids::VARCHAR[], statement_id)
ORDER BY statement_id, published NULLS LAST, outlet, article_id, n;
