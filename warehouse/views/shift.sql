-- Changes of position. kind: first_position; reversal (support or conditional to oppose, or back); split (two officials
-- of one holder differ within the split window); else hardening (a firmer stance, by the size of its score) or
-- softening. One row a change, and one more where officials differ on the same day.
-- raised_on is the day of the run in which it became news, and null if it never did: because a feed's first poll
-- brought it, because it was background by then, because too few independent publishers had it, because a newer
-- position was known already, or because it was the position known before.
-- shifts_in(source) is the same for the statements in source, which names position_statement or a table like it.
-- after: position_history
CREATE OR REPLACE MACRO shifts_in(source) AS TABLE
WITH held AS (FROM positions_held(source)),
change AS (
    SELECT
        n.*,
        o.stance AS from_stance,
        o.statement_id AS from_statement_id,
        CASE
            WHEN o.stance IS NULL THEN 'first_position'
            WHEN n.first_voice.authority = 'official' AND o.last_voice.authority = 'official'
                AND n.first_voice.key <> o.last_voice.key
                AND n.since - o.last_stated_on <= threshold('split_window') THEN 'split'
            WHEN least(n.score, o.score) < 0 AND greatest(n.score, o.score) > 0 THEN 'reversal'
            WHEN abs(n.score) > abs(o.score) THEN 'hardening'
            ELSE 'softening'
        END AS kind
    FROM held AS n
    LEFT JOIN held AS o
        ON o.proposal_id = n.proposal_id AND o.holder = n.holder AND o.position_no = n.position_no - 1
),
-- The first statement of each position that was fresh and corroborated: it can make news of the change.
evident AS (
    SELECT c.proposal_id, c.holder, c.position_no, s.statement_id, s.stated_on, s.stance, s.qualified_on
    FROM change AS c
    JOIN query_table(source) AS s
        ON s.proposal_id = c.proposal_id AND s.holder = c.holder AND s.stance = c.stance
        AND s.stated_on >= c.since AND (c.until IS NULL OR s.stated_on < c.until)
    WHERE s.fresh AND s.qualified_on IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY c.proposal_id, c.holder, c.position_no ORDER BY s.qualified_on, s.stated_on, s.statement_id
    ) = 1
),
-- What was known when it qualified: any newer other stance, and the position established before that day.
known AS (
    SELECT
        e.proposal_id, e.holder, e.position_no,
        bool_or(s.stated_on > e.stated_on AND s.stance <> e.stance AND s.seen_on <= e.qualified_on) AS superseded,
        arg_max(s.stance, (s.stated_on, s.n_publishers, s.quote <> 'indirect', s.confidence, s.statement_id)) FILTER (
            CASE WHEN s.fresh THEN s.qualified_on ELSE s.seen_on END < e.qualified_on
        ) AS established
    FROM evident AS e
    JOIN query_table(source) AS s ON s.proposal_id = e.proposal_id AND s.holder = e.holder
    GROUP BY ALL
),
news AS (
    SELECT e.*
    FROM evident AS e
    JOIN known AS k USING (proposal_id, holder, position_no)
    WHERE NOT k.superseded AND k.established IS DISTINCT FROM e.stance
),
same_day_split AS (
    SELECT
        d.proposal_id, d.holder, 'split' AS kind,
        d.stance AS from_stance, s.stance AS to_stance,
        d.statement_id AS from_statement_id, s.statement_id AS to_statement_id,
        d.day AS shifted_on,
        -- Null unless both were news.
        CASE WHEN d.fresh AND s.fresh AND d.qualified_on IS NOT NULL AND s.qualified_on IS NOT NULL
            THEN greatest(d.qualified_on, s.qualified_on) END AS raised_on
    FROM position_days(source) AS d
    JOIN query_table(source) AS s ON s.proposal_id = d.proposal_id AND s.holder = d.holder AND s.stated_on = d.day
    WHERE d.authority = 'official' AND s.authority = 'official'
      AND s.stance <> d.stance AND s.speaker_key <> d.speaker_key
    QUALIFY row_number() OVER (
        PARTITION BY d.proposal_id, d.holder, d.day ORDER BY s.n_publishers DESC, s.confidence DESC, s.statement_id
    ) = 1
)
SELECT
    c.proposal_id, c.holder, c.kind, c.from_stance, c.stance AS to_stance, c.from_statement_id,
    coalesce(n.statement_id, c.first_statement_id) AS to_statement_id,
    c.since AS shifted_on,
    n.qualified_on AS raised_on
FROM change AS c
LEFT JOIN news AS n USING (proposal_id, holder, position_no)
UNION ALL
SELECT * FROM same_day_split;

CREATE OR REPLACE VIEW shift AS FROM shifts_in('position_statement');

COMMENT ON VIEW shift IS 'Changes of position, and the day each was raised as news.';
COMMENT ON COLUMN shift.proposal_id IS 'The proposal.';
COMMENT ON COLUMN shift.holder IS 'Whose position changed.';
COMMENT ON COLUMN shift.kind IS 'reversal, hardening, softening, first_position or split.';
COMMENT ON COLUMN shift.from_stance IS 'Stance before; null for a first position.';
COMMENT ON COLUMN shift.to_stance IS 'Stance after.';
COMMENT ON COLUMN shift.from_statement_id IS 'The last statement of the old position.';
COMMENT ON COLUMN shift.to_statement_id IS 'The statement that the new position rests on.';
COMMENT ON COLUMN shift.shifted_on IS 'Day the new position was first stated.';
COMMENT ON COLUMN shift.raised_on IS 'Day of the run in which it became news; null if it is none.';
