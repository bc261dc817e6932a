-- Articles: every revision is kept; the article is computed from its revisions, so the order of loads doesn't matter.
MERGE INTO article_revision AS t USING batch_article AS b ON t.revision_id = b.revision_id
WHEN MATCHED AND (b.first_seen < t.first_seen OR b.run_id = t.run_id) THEN UPDATE SET
    url = b.url, title = b.title, text = b.text, published = b.published, published_source = b.published_source,
    first_seen = least(t.first_seen, b.first_seen), last_seen = greatest(t.last_seen, b.last_seen),
    outlet = b.outlet, publisher = b.publisher, country = b.country, language = b.language, author = b.author,
    relevant = b.relevant, method = b.method, group_id = b.group_id, agency = b.agency, signature = b.signature,
    raw_ref = b.raw_ref, entry_id = b.entry_id, run_id = b.run_id,
    last_run_id = CASE WHEN b.last_seen >= t.last_seen THEN b.run_id ELSE t.last_run_id END
WHEN MATCHED AND b.last_seen >= t.last_seen THEN UPDATE SET
    last_seen = b.last_seen, last_run_id = b.run_id, relevant = b.relevant
WHEN NOT MATCHED THEN INSERT
    (revision_id, article_id, url, title, text, published, published_source, first_seen, last_seen, outlet, publisher,
     country, language, author, relevant, method, group_id, agency, signature, raw_ref, entry_id, run_id, last_run_id)
    VALUES (b.revision_id, b.article_id, b.url, b.title, b.text, b.published, b.published_source, b.first_seen,
     b.last_seen, b.outlet, b.publisher, b.country, b.language, b.author, b.relevant, b.method, b.group_id, b.agency,
     b.signature, b.raw_ref, b.entry_id, b.run_id, b.run_id);

-- Also articles of feeds whose first poll turned out to be another run: what was news is history now, or the reverse.
CREATE OR REPLACE TEMP TABLE touched_article AS
SELECT article_id FROM batch_article
UNION
SELECT a.article_id
FROM article AS a
JOIN entry AS e USING (entry_id)
JOIN reseeded AS r USING (feed_url);

CREATE OR REPLACE TEMP TABLE touched_group AS
SELECT DISTINCT group_id
FROM (
    SELECT group_id FROM article SEMI JOIN touched_article USING (article_id)
    UNION
    SELECT group_id FROM batch_article
)
WHERE group_id IS NOT NULL;

MERGE INTO article AS t USING (
    WITH revision AS (
        SELECT r.*,
            row_number() OVER (PARTITION BY article_id ORDER BY last_seen DESC, first_seen DESC, revision_id) AS newest
        FROM article_revision AS r SEMI JOIN touched_article USING (article_id)
    ),
    earliest AS (
        -- A later edit of the date or the group moves nothing: the first one known holds.
        SELECT
            article_id,
            count(*) AS n_revisions,
            min(first_seen) AS first_seen,
            arg_min(run_id, (first_seen, revision_id)) AS run_id,
            arg_min(published, (first_seen, revision_id)) FILTER (published IS NOT NULL) AS published,
            arg_min(published_source, (first_seen, revision_id)) FILTER (published IS NOT NULL) AS published_source,
            arg_min(entry_id, (first_seen, revision_id)) FILTER (entry_id IS NOT NULL) AS entry_id
        FROM revision GROUP BY article_id
    )
    SELECT
        r.article_id, r.url, r.title, r.text, e.published, e.published_source, e.first_seen,
        CASE WHEN e.n_revisions > 1 THEN r.first_seen END AS updated,
        r.outlet, r.publisher, r.country, r.language, r.author, r.relevant, r.method, r.group_id, r.agency, r.signature,
        r.revision_id, r.raw_ref, e.entry_id,
        coalesce(n.run_id = f.seeded_run_id, false) AS seeded,
        e.run_id
    FROM revision AS r
    JOIN earliest AS e USING (article_id)
    LEFT JOIN entry AS n ON n.entry_id = e.entry_id
    LEFT JOIN feed AS f ON f.feed_url = n.feed_url
    WHERE r.newest = 1
) AS b ON t.article_id = b.article_id
WHEN MATCHED THEN UPDATE SET
    url = b.url, title = b.title, text = b.text, published = b.published, published_source = b.published_source,
    first_seen = b.first_seen, updated = b.updated, outlet = b.outlet, publisher = b.publisher, country = b.country,
    language = b.language, author = b.author, relevant = b.relevant, method = b.method, group_id = b.group_id,
    agency = b.agency, signature = b.signature, revision_id = b.revision_id, raw_ref = b.raw_ref,
    entry_id = b.entry_id, seeded = b.seeded, run_id = b.run_id
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM syndication_group WHERE group_id IN (FROM touched_group);
INSERT INTO syndication_group BY NAME
SELECT
    group_id,
    arg_min(article_id, (coalesce(published, first_seen), first_seen, article_id)) AS original_article_id,
    coalesce(
        arg_min(agency, (coalesce(published, first_seen), first_seen, article_id)) FILTER (agency IS NOT NULL),
        arg_min(publisher, (coalesce(published, first_seen), first_seen, article_id))
    ) AS source,
    arg_min(agency, (coalesce(published, first_seen), first_seen, article_id)) FILTER (agency IS NOT NULL) AS agency,
    count(*) AS n_articles,
    min(published) AS first_published
FROM article SEMI JOIN touched_group USING (group_id)
GROUP BY group_id;
