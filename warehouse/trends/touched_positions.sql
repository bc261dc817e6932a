-- The statements that can hold a position, of the holders and proposals in wanted_key.
CREATE OR REPLACE TEMP TABLE touched_position AS
FROM position_statement SEMI JOIN wanted_key USING (proposal_id, holder);

CREATE OR REPLACE TEMP TABLE raised AS
SELECT alert_id(proposal_id, holder, kind, from_stance, to_stance, raised_on) AS alert_id, *
FROM shifts_in('touched_position')
WHERE raised_on IS NOT NULL;
