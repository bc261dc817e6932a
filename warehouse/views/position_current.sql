-- The position that each holder has on each proposal now. One row a holder and proposal.
-- after: position_history
CREATE OR REPLACE VIEW position_current AS
SELECT proposal_id, holder, stance, score, since, statement_id, last_stated_on, speaker
FROM position_history
WHERE until IS NULL;

COMMENT ON VIEW position_current IS 'The position each holder has on each proposal now.';
COMMENT ON COLUMN position_current.proposal_id IS 'The proposal.';
COMMENT ON COLUMN position_current.holder IS 'Whose position.';
COMMENT ON COLUMN position_current.stance IS 'support, conditional, noncommittal or oppose.';
COMMENT ON COLUMN position_current.score IS 'Stance as a number: +1, +0.5, 0, -1.';
COMMENT ON COLUMN position_current.since IS 'Day this position was first stated, unbroken since.';
COMMENT ON COLUMN position_current.statement_id IS 'The newest statement of it.';
COMMENT ON COLUMN position_current.last_stated_on IS 'Day of that statement.';
COMMENT ON COLUMN position_current.speaker IS 'Who made it.';
