-- What decides which mentions report one statement, for the keys in wanted_key.
SELECT
    m.mention_id, m.proposal_id,
    CASE WHEN m.proposal_id = 'other' THEN m.proposal_name ELSE '' END AS proposal_name,
    m.holder, m.speaker_key, m.speaker, m.authority, m.stance, m.time, m.said_on,
    a.published::DATE AS published, m.seen_on, a.group_id,
    list_transform(m.evidence, span -> span.text) AS evidence
FROM mention AS m
JOIN article AS a USING (article_id)
SEMI JOIN wanted_key AS k
    ON k.proposal_id = m.proposal_id AND k.holder = m.holder AND k.speaker_key IS NOT DISTINCT FROM m.speaker_key
    AND k.proposal_name = CASE WHEN m.proposal_id = 'other' THEN m.proposal_name ELSE '' END
ORDER BY m.mention_id;
