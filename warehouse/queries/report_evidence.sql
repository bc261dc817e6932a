-- The words that statements rest on, with their articles: of each statement the earliest few. Parameters: ids, most.
SELECT statement_id, text, quote, outlet, publisher, title, url, published, confidence
FROM evidence
WHERE list_contains($ids::VARCHAR[], statement_id)
QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY published NULLS LAST, outlet, article_id, n) <= $most
ORDER BY statement_id, published NULLS LAST, outlet, article_id, n;
