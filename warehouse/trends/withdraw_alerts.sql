-- Alerts whose shift is raised no more: forgotten if nobody was told, withdrawn if somebody was.
DELETE FROM alert
WHERE state = 'pending' AND (proposal_id, holder) IN (SELECT (proposal_id, holder) FROM wanted_key)
  AND alert_id NOT IN (SELECT alert_id FROM raised);

UPDATE alert SET state = 'withdrawn'
WHERE state = 'sent' AND (proposal_id, holder) IN (SELECT (proposal_id, holder) FROM wanted_key)
  AND alert_id NOT IN (SELECT alert_id FROM raised);
