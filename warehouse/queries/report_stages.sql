-- Where a run's records went, stage by stage, as loaded. Parameters: run_id.
SELECT stage, n_in, n_out, n_duplicate, n_not_relevant, n_quarantined
FROM stage_count
WHERE run_id = $run_id
ORDER BY rowid;
