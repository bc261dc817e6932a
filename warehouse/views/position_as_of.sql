-- position_as_of(day): what was believed at the end of that day, from what runs up to that day had seen, reports that
-- were withdrawn later included. One row a holder and proposal; statement_id is null if its reports were withdrawn.
-- after: threshold, position_statement
CREATE OR REPLACE MACRO position_as_of(as_of_day) AS TABLE
WITH believed AS (
    SELECT proposal_id, holder, stance, score, stated_on, statement_id, speaker, n_publishers, quote, confidence
    FROM position_statement
    WHERE seen_on <= as_of_day AND stated_on <= as_of_day
    UNION ALL
    SELECT
        m.proposal_id, m.holder, m.stance,
        CASE m.stance WHEN 'support' THEN 1.0 WHEN 'conditional' THEN 0.5 WHEN 'oppose' THEN -1.0 ELSE 0.0 END,
        coalesce(m.said_on, a.published::DATE) AS stated_on,
        NULL, m.speaker, 1, m.quote, m.confidence
    FROM mention_retired AS m
    JOIN article AS a USING (article_id)
    WHERE m.time = 'current'
      AND m.proposal_id <> 'other'
      AND m.confidence >= threshold('min_confidence')
      AND (
          m.authority = 'official'
          OR m.authority = 'personal' AND (m.holder = m.speaker OR NOT regexp_full_match(m.holder, '[A-Z0-9]{2,}'))
      )
      AND m.seen_on <= as_of_day
      AND coalesce(m.said_on, a.published::DATE) <= as_of_day
      AND m.retired_on > as_of_day
),
day AS (
    SELECT *
    FROM believed
    QUALIFY row_number() OVER (
        PARTITION BY proposal_id, holder, stated_on
        ORDER BY n_publishers DESC, quote <> 'indirect' DESC, confidence DESC, statement_id NULLS LAST
    ) = 1
),
newest AS (
    SELECT
        proposal_id, holder,
        arg_max(stance, stated_on) AS stance,
        arg_max(score, stated_on) AS score,
        arg_max_null(statement_id, stated_on) AS statement_id,
        arg_max_null(speaker, stated_on) AS speaker,
        max(stated_on) AS last_stated_on
    FROM day
    GROUP BY proposal_id, holder
)
SELECT
    n.proposal_id, n.holder, n.stance, n.score,
    min(d.stated_on) AS since,
    n.statement_id, n.last_stated_on, n.speaker
FROM newest AS n
JOIN day AS d USING (proposal_id, holder)
-- Since the last day that said something else.
WHERE d.stated_on > coalesce(
    (
        SELECT max(o.stated_on)
        FROM day AS o
        WHERE o.proposal_id = n.proposal_id AND o.holder = n.holder AND o.stance <> n.stance
    ),
    DATE '0001-01-01'
)
GROUP BY ALL;
