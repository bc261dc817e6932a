-- Alerts whose shift is raised no more: forgotten if nobody was told, withdrawn if somebody was.
DELETE FROM alert WHERE state = 'pending' AND alert_id NOT IN (SELECT alert_id FROM raised);
UPDATE alert SET state = 'withdrawn' WHERE state = 'sent' AND alert_id NOT IN (SELECT alert_id FROM raised);
