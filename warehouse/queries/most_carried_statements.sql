-- Which statements travelled furthest, and how much of that is copying?
-- One row a statement: publishers that reported it by themselves beside the articles that carry it.
SELECT
    stated_on, proposal_id, holder, speaker, stance, n_publishers, n_mentions,
    round(n_mentions / n_publishers, 1) AS articles_a_publisher
FROM statement
WHERE time = 'current'
ORDER BY n_publishers DESC, n_mentions DESC, statement_id
LIMIT 50;
