-- position_days(source): the position of each holder on each proposal on each day that it was stated; the most reported
-- statement of a day speaks for the day. Days with the same stance in a row have one number (position_no). source names
-- position_statement or a table like it. One row a holder, proposal and day.
-- after: position_statement
CREATE OR REPLACE MACRO position_days(source) AS TABLE
WITH day AS (
    SELECT *
    FROM query_table(source)
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
