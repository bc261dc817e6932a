-- Why records of a run are in quarantine. Parameters: run_id.
SELECT stage, reason, count(*) AS n_records, count(*) FILTER (status = 'open') AS n_open
FROM quarantine
WHERE run_id = $run_id
GROUP BY stage, reason
ORDER BY n_records DESC, stage, reason;
