-- The exact words: every verbatim fragment of every mention with its article. One row a fragment.
CREATE OR REPLACE VIEW evidence AS
SELECT
    m.statement_id, m.mention_id, m.article_id, m.proposal_id, m.holder, m.speaker, m.stance, m.time, m.quote,
    m.confidence,
    unnest(range(1, len(m.evidence) + 1))::INTEGER AS n,
    unnest(m.evidence).text AS text,
    unnest(m.evidence).start_offset AS start_offset,
    unnest(m.evidence).end_offset AS end_offset,
    a.url, a.title, a.outlet, a.publisher, a.country, a.published
FROM mention AS m JOIN article AS a USING (article_id);

COMMENT ON VIEW evidence IS 'The exact words: each verbatim fragment with its article.';
COMMENT ON COLUMN evidence.statement_id IS 'The unique statement.';
COMMENT ON COLUMN evidence.mention_id IS 'The report of it.';
COMMENT ON COLUMN evidence.article_id IS 'The article.';
COMMENT ON COLUMN evidence.proposal_id IS 'The proposal.';
COMMENT ON COLUMN evidence.holder IS 'Whose position.';
COMMENT ON COLUMN evidence.speaker IS 'Who said it, as the article names him or it.';
COMMENT ON COLUMN evidence.stance IS 'support, conditional, noncommittal or oppose.';
COMMENT ON COLUMN evidence.time IS 'current, past or future_expected.';
COMMENT ON COLUMN evidence.quote IS 'direct, indirect or mixed.';
COMMENT ON COLUMN evidence.confidence IS 'The detector''s confidence, 0 to 1.';
COMMENT ON COLUMN evidence.n IS 'Number of the fragment in the mention, from 1.';
COMMENT ON COLUMN evidence.text IS 'The fragment, verbatim.';
COMMENT ON COLUMN evidence.start_offset IS 'Where it begins in the article''s text, in characters.';
COMMENT ON COLUMN evidence.end_offset IS 'Where it ends.';
COMMENT ON COLUMN evidence.url IS 'Address of the article.';
COMMENT ON COLUMN evidence.title IS 'Title of the article.';
COMMENT ON COLUMN evidence.outlet IS 'The outlet.';
COMMENT ON COLUMN evidence.publisher IS 'Who owns it.';
COMMENT ON COLUMN evidence.country IS 'Country of the outlet.';
COMMENT ON COLUMN evidence.published IS 'Publication date (UTC); null if unknown.';
