-- The words of some statements, the surest and earliest first. $ids: statement ids.
SELECT
    e.statement_id, e.text, e.quote, e.speaker, s.speaker_role, e.outlet, e.publisher, e.url, e.title, e.published,
    s.said_on, s.stated_on, e.article_id, e.start_offset, e.end_offset
FROM evidence AS e JOIN statement AS s USING (statement_id)
WHERE list_contains($ids::VARCHAR[], e.statement_id)
ORDER BY e.statement_id, e.quote = 'indirect', e.confidence DESC, e.published, e.mention_id, e.n;
