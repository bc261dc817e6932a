-- Where a run's records went, stage by stage. Parameters: run_id.
SELECT stage, n_in, n_out, n_duplicate, n_not_relevant, n_quarantined
FROM stage_count
WHERE run_id = $run_id
ORDER BY list_position(['poll', 'fetch', 'extract', 'group', 'detect', 'validate', 'load', 'publish'], stage) NULLS LAST, stage;
