-- Which statements is the detector unsure of? They move no position until somebody has looked.
-- One row a mention that would speak for a holder and nobody has reviewed.
SELECT m.mention_id, m.seen_on, m.proposal_id, m.holder, m.speaker, m.stance, round(m.confidence, 2) AS confidence,
    m.evidence[1].text AS words, a.outlet, a.url
FROM mention AS m
JOIN article AS a USING (article_id)
WHERE m.time = 'current' AND m.confidence < threshold('min_confidence')
  AND m.mention_id NOT IN (SELECT mention_id FROM correction)
ORDER BY m.seen_on DESC, m.confidence DESC, m.mention_id;
