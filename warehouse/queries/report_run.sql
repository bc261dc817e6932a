-- The newest run of a day or before it. Parameters: day.
SELECT run_id, day, as_of
FROM run
WHERE day <= $day
ORDER BY as_of DESC, run_id DESC
LIMIT 1;
