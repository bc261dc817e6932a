-- Writes the statements that assigned (mention_id, statement_id, stated_on) makes of the mentions of wanted_key.
UPDATE mention SET statement_id = a.statement_id
FROM assigned AS a
WHERE mention.mention_id = a.mention_id AND mention.statement_id IS DISTINCT FROM a.statement_id;

DELETE FROM statement USING wanted_key AS k
WHERE k.proposal_id = statement.proposal_id AND k.holder = statement.holder
  AND k.speaker_key IS NOT DISTINCT FROM statement.speaker_key
  AND k.proposal_name = CASE WHEN statement.proposal_id = 'other' THEN statement.proposal_name ELSE '' END;

INSERT INTO statement BY NAME
WITH report AS (
    SELECT
        m.* EXCLUDE (statement_id), x.statement_id, x.stated_on, a.published,
        -- Copies of one text count once: for the agency, else for the outlet that had it first.
        coalesce(g.source, a.agency, a.publisher) AS source,
        m.confidence >= threshold('min_confidence') AS sure,
        row_number() OVER (PARTITION BY x.statement_id ORDER BY m.confidence DESC, m.mention_id) AS place
    FROM assigned AS x
    JOIN mention AS m USING (mention_id)
    JOIN article AS a USING (article_id)
    LEFT JOIN syndication_group AS g ON g.group_id = a.group_id
),
source AS (
    SELECT
        statement_id, source,
        min(seen_on) FILTER (sure) AS reported_on,
        min(seen_on) FILTER (sure AND quote IN ('direct', 'mixed')) AS quoted_on
    FROM report GROUP BY statement_id, source
),
publisher AS (
    SELECT
        statement_id,
        count(*) AS n_publishers,
        coalesce(list(reported_on ORDER BY reported_on) FILTER (reported_on IS NOT NULL), []) AS publisher_days,
        coalesce(list(quoted_on ORDER BY quoted_on) FILTER (quoted_on IS NOT NULL), []) AS quoting_days
    FROM source GROUP BY statement_id
),
first_day AS (
    -- News if any feed that was known before had it on the first day.
    SELECT statement_id, bool_and(seeded) AS seeded
    FROM (SELECT statement_id, seeded, seen_on, min(seen_on) OVER (PARTITION BY statement_id) AS earliest FROM report)
    WHERE seen_on = earliest
    GROUP BY statement_id
),
best AS (
    SELECT
        statement_id, proposal_id, proposal_name, holder, speaker_key, speaker_role, speaker_type, authority, stance,
        CASE stance WHEN 'support' THEN 1.0 WHEN 'conditional' THEN 0.5 WHEN 'oppose' THEN -1.0 ELSE 0.0 END AS score,
        time, stated_on, confidence, detector_version, codebook_version
    FROM report WHERE place = 1
),
summary AS (
    SELECT
        statement_id,
        arg_max(speaker, (length(speaker), speaker)) AS speaker,
        min(said_on) AS said_on,
        min(published) AS first_published,
        min(first_seen) AS first_seen,
        min(seen_on) AS seen_on,
        arg_min(run_id, (first_seen, run_id)) AS run_id,
        count(*) AS n_mentions,
        CASE
            WHEN bool_or(quote = 'direct') THEN 'direct' WHEN bool_or(quote = 'mixed') THEN 'mixed' ELSE 'indirect'
        END AS quote,
        arg_min(condition, place) FILTER (condition IS NOT NULL) AS condition
    FROM report GROUP BY statement_id
)
SELECT b.*, s.* EXCLUDE (statement_id), p.* EXCLUDE (statement_id), f.seeded
FROM best AS b
JOIN summary AS s USING (statement_id)
JOIN publisher AS p USING (statement_id)
JOIN first_day AS f USING (statement_id);
