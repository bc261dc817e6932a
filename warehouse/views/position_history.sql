-- Every position that a holder has had on a proposal, from the day it was first stated until another replaced it.
-- A position holds until then, however long nothing is heard. One row a position.
-- after: position_days
CREATE OR REPLACE MACRO positions_held(source) AS TABLE
WITH span AS (
    SELECT
        proposal_id, holder, position_no,
        any_value(stance) AS stance,
        any_value(score) AS score,
        min(day) AS since,
        max(day) AS last_stated_on,
        arg_min(statement_id, day) AS first_statement_id,
        arg_max(statement_id, day) AS statement_id,
        arg_min(speaker, day) AS first_speaker,
        arg_max(speaker, day) AS speaker,
        arg_min(struct_pack(key := speaker_key, authority := authority), day) AS first_voice,
        arg_max(struct_pack(key := speaker_key, authority := authority), day) AS last_voice,
        count(*) AS n_days
    FROM position_days(source)
    GROUP BY proposal_id, holder, position_no
)
SELECT
    proposal_id, holder, stance, score, since,
    lead(since) OVER (PARTITION BY proposal_id, holder ORDER BY since) AS until,
    last_stated_on, statement_id, first_statement_id, speaker, first_speaker, first_voice, last_voice, n_days,
    position_no
FROM span;

CREATE OR REPLACE VIEW position_history AS FROM positions_held('position_statement');

COMMENT ON VIEW position_history IS 'Every position a holder has had on a proposal, and from when until when.';
COMMENT ON COLUMN position_history.proposal_id IS 'The proposal.';
COMMENT ON COLUMN position_history.holder IS 'Whose position.';
COMMENT ON COLUMN position_history.stance IS 'support, conditional, noncommittal or oppose.';
COMMENT ON COLUMN position_history.score IS 'Stance as a number: +1, +0.5, 0, -1.';
COMMENT ON COLUMN position_history.since IS 'Day it was first stated.';
COMMENT ON COLUMN position_history.until IS 'Day another position replaced it; null while it holds.';
COMMENT ON COLUMN position_history.last_stated_on IS 'Day it was last stated.';
COMMENT ON COLUMN position_history.statement_id IS 'The newest statement of it.';
COMMENT ON COLUMN position_history.first_statement_id IS 'The first statement of it.';
COMMENT ON COLUMN position_history.speaker IS 'Who stated it last.';
COMMENT ON COLUMN position_history.first_speaker IS 'Who stated it first.';
COMMENT ON COLUMN position_history.first_voice IS 'Key and authority of who stated it first.';
COMMENT ON COLUMN position_history.last_voice IS 'Key and authority of who stated it last.';
COMMENT ON COLUMN position_history.n_days IS 'Days on which it was stated.';
COMMENT ON COLUMN position_history.position_no IS 'Number of the position, from 1.';
