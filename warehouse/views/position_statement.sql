-- Statements that can hold a position: current, by somebody who may speak for the holder (official; personal where the
-- holder is a person or a public), sure enough, and dated. One row a statement.
-- after: threshold
CREATE OR REPLACE VIEW position_statement AS
SELECT
    *,
    -- Independent publishers needed: fewer where it is quoted. least() passes over nulls.
    least(
        quoting_days[threshold('corroboration_direct')::INTEGER],
        publisher_days[threshold('corroboration_indirect')::INTEGER]
    ) AS qualified_on,
    NOT seeded AND seen_on - stated_on <= threshold('news_window') AS fresh
FROM statement
WHERE time = 'current'
  AND proposal_id <> 'other'
  AND stated_on IS NOT NULL
  AND confidence >= threshold('min_confidence')
  -- Codes and acronyms are states and bodies: nobody's personal view is theirs.
  AND (
      authority = 'official'
      OR authority = 'personal' AND (holder = speaker OR NOT regexp_full_match(holder, '[A-Z0-9]{2,}'))
  );

COMMENT ON VIEW position_statement IS 'Statements that can hold a position: current, by somebody who may speak for the holder, sure enough, dated.';
COMMENT ON COLUMN position_statement.qualified_on IS 'Day of the run in which enough independent publishers had reported it; null until then.';
COMMENT ON COLUMN position_statement.fresh IS 'Whether it was news when it was first seen: no first poll of a feed, no background.';
