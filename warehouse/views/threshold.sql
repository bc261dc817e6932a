-- threshold(name): the setting of that name as this file carries it; null if it has none.
CREATE OR REPLACE MACRO threshold(setting_name) AS (SELECT value FROM setting WHERE name = setting_name);
