-- The position of each holder on each proposal on each day that it was stated; the most reported statement of a day
-- speaks for the day. Days with the same stance in a row have one number. One row a holder, proposal and day.
-- after: position_statement
CREATE OR REPLACE VIEW position_day AS
WITH day AS (
    SELECT *
    FROM position_statement
    QUALIFY row_number() OVER (
        PARTITION BY proposal_id, holder, stated_on
        ORDER BY n_publishers DESC, quote <> 'indirect' DESC, confidence DESC, statement_id
    ) = 1
),
change AS (
    SELECT *, stance IS DISTINCT FROM lag(stance) OVER (PARTITION BY proposal_id, holder ORDER BY stated_on) AS changed
    FROM day
)
SELECT
    proposal_id, holder, stated_on AS day, stance, score, statement_id, speaker, speaker_key, authority, qualified_on,
    fresh, sum(changed::INTEGER) OVER (PARTITION BY proposal_id, holder ORDER BY stated_on)::INTEGER AS position_no
FROM change;

COMMENT ON VIEW position_day IS 'What each holder''s position was on each day that it was stated.';
COMMENT ON COLUMN position_day.position_no IS 'Number of the position: it grows when the stance changes.';
