-- Whose officials contradict each other?
-- One row a pair of speakers and days: statements for one holder within the split window that differ in sign.
SELECT
    a.proposal_id, a.holder,
    a.stated_on AS first_on, a.speaker AS first_speaker, a.speaker_role AS first_role, a.stance AS first_stance,
    b.stated_on AS then_on, b.speaker AS then_speaker, b.speaker_role AS then_role, b.stance AS then_stance
FROM position_statement AS a
JOIN position_statement AS b
    ON b.proposal_id = a.proposal_id AND b.holder = a.holder AND b.speaker_key <> a.speaker_key
    AND b.stated_on BETWEEN a.stated_on AND a.stated_on + threshold('split_window')::INTEGER
    AND (b.stated_on > a.stated_on OR b.statement_id > a.statement_id)
WHERE a.authority = 'official' AND b.authority = 'official' AND a.score * b.score < 0
ORDER BY then_on DESC, a.proposal_id, a.holder, first_speaker, then_speaker;
