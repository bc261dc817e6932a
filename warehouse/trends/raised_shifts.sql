-- Shifts that were raised as news, in a fixed order. alert_id stays the same when further reports of a shift come in, so
-- that it is sent once. $day: only those raised on that day; null for all.
SELECT alert_id(proposal_id, holder, kind, from_stance, to_stance, raised_on) AS alert_id, *
FROM shift
WHERE raised_on IS NOT NULL AND ($day::DATE IS NULL OR raised_on = $day::DATE)
ORDER BY raised_on, shifted_on, proposal_id, holder, kind, to_statement_id;
