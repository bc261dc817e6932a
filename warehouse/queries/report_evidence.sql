-- The words that statements rest on, with their articles: of each statement the first few different fragments, of each
-- fragment the first few outlets that carried it. Parameters: ids, most, most_copies.
WITH fragment AS (
    SELECT
        statement_id, text, quote, outlet, publisher, title, url, published, confidence, article_id, n,
        row_number() OVER (
            PARTITION BY statement_id, text ORDER BY published NULLS LAST, outlet, article_id, n
        ) AS copy,
        min(coalesce(published, 'infinity')) OVER (PARTITION BY statement_id, text) AS first_published
    FROM evidence
    WHERE list_contains($ids::VARCHAR[], statement_id)
)
SELECT statement_id, text, quote, outlet, publisher, title, url, published, confidence
FROM fragment
WHERE copy <= $most_copies
QUALIFY dense_rank() OVER (PARTITION BY statement_id ORDER BY first_published, text) <= $most
ORDER BY statement_id, published NULLS LAST, outlet, article_id, n;
