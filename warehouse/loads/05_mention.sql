-- Mentions: all that was ever found in the touched articles is pooled; what the last look at the present revision
-- found is live, the rest retired. A function of the whole pool, so the order of loads doesn't matter.
CREATE OR REPLACE TEMP TABLE pool AS
WITH everything AS (
    SELECT b.*, 0 AS stored FROM batch_mention AS b
    UNION ALL BY NAME
    SELECT m.*, 1 AS stored FROM mention AS m SEMI JOIN touched_article USING (article_id)
    UNION ALL BY NAME
    SELECT r.* EXCLUDE (retired_on, retired_run_id), 1 AS stored
    FROM mention_retired AS r SEMI JOIN touched_article USING (article_id)
),
ranked AS (
    SELECT * REPLACE (max(last_seen) OVER same AS last_seen),
        row_number() OVER (PARTITION BY mention_id, revision_id, detector_version
                           ORDER BY last_seen DESC, stored, run_id) AS place,
        -- A report that an edited text or a later detector words anew is as old as its first form.
        first_value(first_seen) OVER report AS found_at,
        first_value(seen_on) OVER report AS found_on,
        first_value(run_id) OVER report AS found_by
    FROM everything
    WINDOW
        same AS (PARTITION BY mention_id, revision_id, detector_version),
        report AS (
            PARTITION BY article_id, proposal_id, proposal_name, holder, speaker_key, stance, time
            ORDER BY first_seen, seen_on, run_id
        )
)
SELECT
    p.* EXCLUDE (place, found_at, found_on, found_by, stored, statement_id)
        REPLACE (
            found_at AS first_seen, found_on AS seen_on, found_by AS run_id,
            -- History: the article was in a feed's first poll, or no revision came with the run that found this.
            (a.seeded AND found_by = a.run_id) OR NOT list_contains(v.runs, found_by) AS seeded
        ),
    p.statement_id,
    p.revision_id = a.revision_id AND p.last_seen = v.last_seen AS live,
    -- The first look at the article that did not find it any more.
    list_min(list_filter(v.looks, look -> look.at > p.last_seen)).run_id AS retired_run_id
FROM ranked AS p
JOIN article AS a USING (article_id)
JOIN (
    SELECT
        article_id,
        list(run_id) AS runs,
        arg_max(last_seen, (last_seen, first_seen)) AS last_seen,
        list({'at': first_seen, 'run_id': run_id}) || list({'at': last_seen, 'run_id': last_run_id}) AS looks
    FROM article_revision SEMI JOIN touched_article USING (article_id)
    GROUP BY article_id
) AS v USING (article_id)
WHERE p.place = 1;

DELETE FROM mention WHERE article_id IN (FROM touched_article);
DELETE FROM mention_retired WHERE article_id IN (FROM touched_article);
INSERT INTO mention BY NAME
SELECT * EXCLUDE (live, retired_run_id) FROM pool WHERE live;
INSERT INTO mention_retired BY NAME
SELECT p.* EXCLUDE (live, statement_id), r.day AS retired_on
FROM pool AS p LEFT JOIN run AS r ON r.run_id = p.retired_run_id
WHERE NOT p.live;

-- Whose statements may have changed: also of copies whose group counts for another source now.
CREATE OR REPLACE TEMP TABLE touched_statement AS
WITH touched AS (
    SELECT proposal_id, proposal_name, holder, speaker_key FROM pool
    UNION
    SELECT m.proposal_id, m.proposal_name, m.holder, m.speaker_key
    FROM mention AS m JOIN article AS a USING (article_id) SEMI JOIN touched_group AS g ON g.group_id = a.group_id
)
SELECT DISTINCT
    proposal_id, CASE WHEN proposal_id = 'other' THEN proposal_name ELSE '' END AS proposal_name, holder, speaker_key
FROM touched;
