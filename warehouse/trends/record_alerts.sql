-- The alerts are the raised shifts, with what became of each beside it. $run_id: the run that is loaded; $day: its day.
MERGE INTO alert AS t USING raised AS b ON t.alert_id = b.alert_id
WHEN MATCHED THEN UPDATE SET
    from_statement_id = b.from_statement_id, to_statement_id = b.to_statement_id, shifted_on = b.shifted_on
WHEN NOT MATCHED THEN INSERT
    (alert_id, run_id, proposal_id, holder, kind, from_stance, to_stance, from_statement_id, to_statement_id,
     shifted_on, raised_on)
    VALUES (
        b.alert_id,
        CASE WHEN b.raised_on = $day THEN $run_id
            ELSE (SELECT min(run_id) FROM run WHERE run.day = b.raised_on) END,
        b.proposal_id, b.holder, b.kind, b.from_stance, b.to_stance, b.from_statement_id, b.to_statement_id,
        b.shifted_on, b.raised_on
    );
