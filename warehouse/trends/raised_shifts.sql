-- Shifts that were raised as news, in a fixed order. $day: only those raised on that day; null for all.
SELECT s.*
FROM shift AS s
WHERE s.raised_on IS NOT NULL AND ($day::DATE IS NULL OR s.raised_on = $day::DATE)
ORDER BY s.raised_on, s.shifted_on, s.proposal_id, s.holder, s.kind, s.to_statement_id;
