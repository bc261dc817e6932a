-- The facts. Every time is a TIMESTAMP in UTC, so that no session's time zone can move a day; every row names its run.
-- Tables that grow with every article carry no primary key: the load, one transaction of MERGEs by content id, keeps them
-- unique, and a key's index would take most of a publication's time (7 of 10 s at 1.8 million entries).

CREATE TABLE setting (
    name  VARCHAR PRIMARY KEY,
    value DOUBLE NOT NULL
);
COMMENT ON TABLE setting IS 'Thresholds that the views apply, written when the writer opens the warehouse; a snapshot carries its own.';
COMMENT ON COLUMN setting.name IS 'Name of the setting, as in stancewire.toml.';
COMMENT ON COLUMN setting.value IS 'Its value as a number.';

CREATE TABLE snapshot_info (
    version INTEGER NOT NULL,
    digest  VARCHAR NOT NULL,
    run_id  VARCHAR,
    as_of   TIMESTAMP
);
COMMENT ON TABLE snapshot_info IS 'One row in a published snapshot, none in the writer''s own file.';
COMMENT ON COLUMN snapshot_info.version IS 'Number of the snapshot, as in its file name.';
COMMENT ON COLUMN snapshot_info.digest IS 'Digest of the contents; equal contents have equal digests.';
COMMENT ON COLUMN snapshot_info.run_id IS 'The latest run inside.';
COMMENT ON COLUMN snapshot_info.as_of IS 'The latest moment (UTC) that the contents may know of.';

CREATE TABLE run (
    run_id VARCHAR PRIMARY KEY,
    day    DATE NOT NULL,
    as_of  TIMESTAMP NOT NULL,
    held   VARCHAR[] NOT NULL
);
COMMENT ON TABLE run IS 'Runs that were loaded; a run is its logical interval, not a moment of the wall clock.';
COMMENT ON COLUMN run.run_id IS 'Identity of the run.';
COMMENT ON COLUMN run.day IS 'The day it stands for (UTC).';
COMMENT ON COLUMN run.as_of IS 'The latest moment (UTC) it may know of.';
COMMENT ON COLUMN run.held IS 'Why validation held the run back; empty if it was let through.';

CREATE TABLE stage_count (
    run_id         VARCHAR NOT NULL,
    stage          VARCHAR NOT NULL,
    n_in           BIGINT NOT NULL,
    n_out          BIGINT NOT NULL,
    n_duplicate    BIGINT NOT NULL,
    n_not_relevant BIGINT NOT NULL,
    n_quarantined  BIGINT NOT NULL,
    PRIMARY KEY (run_id, stage)
);
-- No CHECK of the sum here, the load makes it: DuckDB 1.5.6 can't replay a WAL that holds a comment on a table with an
-- arithmetic CHECK, so that a kill before the first checkpoint would leave a file that doesn't open.
COMMENT ON TABLE stage_count IS 'What went into each stage of each run and where it went; the sum is checked.';
COMMENT ON COLUMN stage_count.run_id IS 'The run.';
COMMENT ON COLUMN stage_count.stage IS 'The stage, for example poll, extract, detect.';
COMMENT ON COLUMN stage_count.n_in IS 'Records that went in.';
COMMENT ON COLUMN stage_count.n_out IS 'Records that were handed to the next stage.';
COMMENT ON COLUMN stage_count.n_duplicate IS 'Records that were known already.';
COMMENT ON COLUMN stage_count.n_not_relevant IS 'Records that mention no proposal.';
COMMENT ON COLUMN stage_count.n_quarantined IS 'Records that failed a check and wait in quarantine.';

CREATE TABLE proposal (
    proposal_id VARCHAR PRIMARY KEY,
    name        VARCHAR NOT NULL
);
COMMENT ON TABLE proposal IS 'The watchlist of security-alliance proposals.';
COMMENT ON COLUMN proposal.proposal_id IS 'Id on the watchlist.';
COMMENT ON COLUMN proposal.name IS 'Its name.';

CREATE TABLE feed (
    feed_url       VARCHAR PRIMARY KEY,
    outlet         VARCHAR NOT NULL,
    publisher      VARCHAR NOT NULL,
    country        VARCHAR NOT NULL,
    language       VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
    local          BOOLEAN NOT NULL,
    etag           VARCHAR,
    last_modified  VARCHAR,
    content_hash   VARCHAR,
    seeded         BOOLEAN NOT NULL,
    seeded_run_id  VARCHAR,
    seeded_at      TIMESTAMP,
    outcome        VARCHAR NOT NULL,
    reason         VARCHAR,
    polled_at      TIMESTAMP NOT NULL,
    run_id         VARCHAR NOT NULL
);
COMMENT ON TABLE feed IS 'Feeds with the state their last poll left behind.';
COMMENT ON COLUMN feed.feed_url IS 'Address of the feed.';
COMMENT ON COLUMN feed.outlet IS 'The outlet it belongs to.';
COMMENT ON COLUMN feed.publisher IS 'Who owns the outlet; outlets of one publisher are not independent.';
COMMENT ON COLUMN feed.country IS 'ISO 3166-1 alpha-3 code of the outlet''s country.';
COMMENT ON COLUMN feed.language IS 'Language of the feed.';
COMMENT ON COLUMN feed.kind IS 'Kind of source, for example rss or sitemap.';
COMMENT ON COLUMN feed.local IS 'Whether loopback and private addresses are allowed for it.';
COMMENT ON COLUMN feed.etag IS 'Validator, verbatim, to be sent back byte for byte.';
COMMENT ON COLUMN feed.last_modified IS 'Validator, verbatim, to be sent back byte for byte.';
COMMENT ON COLUMN feed.content_hash IS 'Hash of the last body that was read.';
COMMENT ON COLUMN feed.seeded IS 'Whether a first poll has succeeded; what it brought is history, not news.';
COMMENT ON COLUMN feed.seeded_run_id IS 'The run of the first poll that succeeded.';
COMMENT ON COLUMN feed.seeded_at IS 'The as_of of that run (UTC).';
COMMENT ON COLUMN feed.outcome IS 'Outcome of the last poll: new, not_modified, unchanged, partial, refused, failed, paused or retired.';
COMMENT ON COLUMN feed.reason IS 'Reason code, for all but the first three outcomes.';
COMMENT ON COLUMN feed.polled_at IS 'The as_of of the run that polled it last (UTC).';
COMMENT ON COLUMN feed.run_id IS 'The run that polled it last.';

CREATE TABLE feed_poll (
    run_id    VARCHAR NOT NULL,
    feed_url  VARCHAR NOT NULL,
    outcome   VARCHAR NOT NULL,
    reason    VARCHAR,
    n_entries BIGINT NOT NULL,
    faults    VARCHAR[] NOT NULL
);
COMMENT ON TABLE feed_poll IS 'Every poll of every feed: tells silence from outage.';
COMMENT ON COLUMN feed_poll.run_id IS 'The run.';
COMMENT ON COLUMN feed_poll.feed_url IS 'The feed.';
COMMENT ON COLUMN feed_poll.outcome IS 'Its outcome in this run.';
COMMENT ON COLUMN feed_poll.reason IS 'Reason code, for all but the first three outcomes.';
COMMENT ON COLUMN feed_poll.n_entries IS 'Entries the feed listed, known ones included.';
COMMENT ON COLUMN feed_poll.faults IS 'What was wrong with the body, as codes.';

CREATE TABLE "fetch" (
    fetch_id   VARCHAR NOT NULL,
    run_id     VARCHAR NOT NULL,
    url        VARCHAR NOT NULL,
    final_url  VARCHAR,
    purpose    VARCHAR NOT NULL,
    status     INTEGER,
    reason     VARCHAR,
    n_bytes    BIGINT NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    raw_ref    VARCHAR
);
COMMENT ON TABLE "fetch" IS 'HTTP exchanges, good and bad.';
COMMENT ON COLUMN "fetch".fetch_id IS 'Identity of the exchange.';
COMMENT ON COLUMN "fetch".run_id IS 'The run.';
COMMENT ON COLUMN "fetch".url IS 'Address asked for.';
COMMENT ON COLUMN "fetch".final_url IS 'Address that answered, after redirects.';
COMMENT ON COLUMN "fetch".purpose IS 'feed, page or robots.';
COMMENT ON COLUMN "fetch".status IS 'HTTP status; null if nothing answered.';
COMMENT ON COLUMN "fetch".reason IS 'Reason code of a failure.';
COMMENT ON COLUMN "fetch".n_bytes IS 'Bytes of the body.';
COMMENT ON COLUMN "fetch".fetched_at IS 'When (UTC).';
COMMENT ON COLUMN "fetch".raw_ref IS 'file#offset in the raw archive.';

CREATE TABLE entry (
    entry_id      VARCHAR NOT NULL,
    entry_hash    VARCHAR NOT NULL,
    feed_url      VARCHAR NOT NULL,
    link          VARCHAR NOT NULL,
    title         VARCHAR,
    summary       VARCHAR,
    published     TIMESTAMP,
    published_raw VARCHAR,
    first_seen    TIMESTAMP NOT NULL,
    run_id        VARCHAR NOT NULL,
    outcome       VARCHAR,
    settled       BOOLEAN NOT NULL,
    changed_at    TIMESTAMP NOT NULL,
    changed_run_id VARCHAR NOT NULL
);
COMMENT ON TABLE entry IS 'Items that feeds listed.';
COMMENT ON COLUMN entry.entry_id IS 'Derived from feed and guid, else link.';
COMMENT ON COLUMN entry.entry_hash IS 'Hash of what the item says now.';
COMMENT ON COLUMN entry.feed_url IS 'The feed that listed it.';
COMMENT ON COLUMN entry.link IS 'Address of the article.';
COMMENT ON COLUMN entry.title IS 'Title as plain text.';
COMMENT ON COLUMN entry.summary IS 'Summary as plain text.';
COMMENT ON COLUMN entry.published IS 'Date the feed gives (UTC); null if unknown, never now.';
COMMENT ON COLUMN entry.published_raw IS 'That date as the feed wrote it.';
COMMENT ON COLUMN entry.first_seen IS 'The as_of of the run that saw it first (UTC).';
COMMENT ON COLUMN entry.run_id IS 'The run that saw it first.';
COMMENT ON COLUMN entry.outcome IS 'What became of it in the run that looked last; null if nothing is to be remarked.';
COMMENT ON COLUMN entry.settled IS 'Whether its page was read; if not, it is asked for again when the feed lists it again.';
COMMENT ON COLUMN entry.changed_at IS 'The as_of of the run that saw its present form (UTC).';
COMMENT ON COLUMN entry.changed_run_id IS 'The run that saw its present form.';

CREATE TABLE article_revision (
    revision_id      VARCHAR NOT NULL,
    article_id       VARCHAR NOT NULL,
    url              VARCHAR NOT NULL,
    title            VARCHAR,
    text             VARCHAR NOT NULL,
    published        TIMESTAMP,
    published_source VARCHAR,
    first_seen       TIMESTAMP NOT NULL,
    last_seen        TIMESTAMP NOT NULL,
    outlet           VARCHAR NOT NULL,
    publisher        VARCHAR NOT NULL,
    country          VARCHAR NOT NULL,
    language         VARCHAR,
    author           VARCHAR,
    relevant         BOOLEAN,
    method           VARCHAR NOT NULL,
    group_id         VARCHAR,
    agency           VARCHAR,
    signature        BLOB,
    raw_ref          VARCHAR,
    entry_id         VARCHAR,
    run_id           VARCHAR NOT NULL,
    last_run_id      VARCHAR NOT NULL
);
COMMENT ON TABLE article_revision IS 'Every text an article has had, the present one included.';
COMMENT ON COLUMN article_revision.revision_id IS 'Derived from article, title and text.';
COMMENT ON COLUMN article_revision.article_id IS 'The article.';
COMMENT ON COLUMN article_revision.url IS 'Address it was read at.';
COMMENT ON COLUMN article_revision.title IS 'Title of this revision.';
COMMENT ON COLUMN article_revision.text IS 'Text of this revision.';
COMMENT ON COLUMN article_revision.published IS 'Publication date that this revision claims (UTC).';
COMMENT ON COLUMN article_revision.published_source IS 'Where that date was read: feed or page.';
COMMENT ON COLUMN article_revision.first_seen IS 'When a run saw this revision first (UTC, the run''s time).';
COMMENT ON COLUMN article_revision.last_seen IS 'The as_of of the latest run that brought this revision (UTC).';
COMMENT ON COLUMN article_revision.outlet IS 'The outlet.';
COMMENT ON COLUMN article_revision.publisher IS 'Who owns the outlet.';
COMMENT ON COLUMN article_revision.country IS 'Country of the outlet.';
COMMENT ON COLUMN article_revision.language IS 'Language of the text.';
COMMENT ON COLUMN article_revision.author IS 'Author as the page names it.';
COMMENT ON COLUMN article_revision.relevant IS 'Whether it mentions a proposal.';
COMMENT ON COLUMN article_revision.method IS 'How the text was extracted.';
COMMENT ON COLUMN article_revision.group_id IS 'Syndication group.';
COMMENT ON COLUMN article_revision.agency IS 'Wire agency that the text credits.';
COMMENT ON COLUMN article_revision.signature IS 'MinHash signature of the text, for finding copies.';
COMMENT ON COLUMN article_revision.raw_ref IS 'file#offset in the raw archive.';
COMMENT ON COLUMN article_revision.entry_id IS 'The feed item that led to it.';
COMMENT ON COLUMN article_revision.run_id IS 'The run that brought this revision first.';
COMMENT ON COLUMN article_revision.last_run_id IS 'The run that brought it last.';

CREATE TABLE article (
    article_id       VARCHAR NOT NULL,
    url              VARCHAR NOT NULL,
    title            VARCHAR,
    text             VARCHAR NOT NULL,
    published        TIMESTAMP,
    published_source VARCHAR,
    first_seen       TIMESTAMP NOT NULL,
    updated          TIMESTAMP,
    outlet           VARCHAR NOT NULL,
    publisher        VARCHAR NOT NULL,
    country          VARCHAR NOT NULL,
    language         VARCHAR,
    author           VARCHAR,
    relevant         BOOLEAN,
    method           VARCHAR NOT NULL,
    group_id         VARCHAR,
    agency           VARCHAR,
    signature        BLOB,
    revision_id      VARCHAR NOT NULL,
    raw_ref          VARCHAR,
    entry_id         VARCHAR,
    seeded           BOOLEAN NOT NULL,
    run_id           VARCHAR NOT NULL
);
COMMENT ON TABLE article IS 'Extracted articles as they read now, relevant or not.';
COMMENT ON COLUMN article.article_id IS 'Derived from the canonical address.';
COMMENT ON COLUMN article.url IS 'Address.';
COMMENT ON COLUMN article.title IS 'Title as plain text.';
COMMENT ON COLUMN article.text IS 'The article''s text; evidence offsets count its characters.';
COMMENT ON COLUMN article.published IS 'Publication date (UTC) as first known; a later edit of the date does not move it. Null if unknown.';
COMMENT ON COLUMN article.published_source IS 'Where the date was read: feed or page.';
COMMENT ON COLUMN article.first_seen IS 'When a run saw the article first (UTC, the run''s time).';
COMMENT ON COLUMN article.updated IS 'When a run first saw the present revision (UTC); null if there was only one.';
COMMENT ON COLUMN article.outlet IS 'The outlet.';
COMMENT ON COLUMN article.publisher IS 'Who owns the outlet.';
COMMENT ON COLUMN article.country IS 'Country of the outlet.';
COMMENT ON COLUMN article.language IS 'Language of the text.';
COMMENT ON COLUMN article.author IS 'Author as the page names it.';
COMMENT ON COLUMN article.relevant IS 'Whether it mentions a proposal; null if nobody looked.';
COMMENT ON COLUMN article.method IS 'How the text was extracted.';
COMMENT ON COLUMN article.group_id IS 'Syndication group: copies of one text.';
COMMENT ON COLUMN article.agency IS 'Wire agency that the text credits.';
COMMENT ON COLUMN article.signature IS 'MinHash signature of the text, for finding copies.';
COMMENT ON COLUMN article.revision_id IS 'The present revision.';
COMMENT ON COLUMN article.raw_ref IS 'file#offset of the present revision in the raw archive.';
COMMENT ON COLUMN article.entry_id IS 'The feed item that led to it.';
COMMENT ON COLUMN article.seeded IS 'Whether the first poll of its feed brought it: history, not news.';
COMMENT ON COLUMN article.run_id IS 'The run that brought it first.';

CREATE TABLE syndication_group (
    group_id            VARCHAR NOT NULL,
    original_article_id VARCHAR NOT NULL,
    source              VARCHAR NOT NULL,
    agency              VARCHAR,
    n_articles          BIGINT NOT NULL,
    first_published     TIMESTAMP
);
COMMENT ON TABLE syndication_group IS 'Groups of articles that carry one text.';
COMMENT ON COLUMN syndication_group.group_id IS 'Identity of the group.';
COMMENT ON COLUMN syndication_group.original_article_id IS 'The copy published first.';
COMMENT ON COLUMN syndication_group.source IS 'Who the text counts for: the agency credited, else the publisher of the first copy.';
COMMENT ON COLUMN syndication_group.agency IS 'Wire agency that a copy credits.';
COMMENT ON COLUMN syndication_group.n_articles IS 'Copies.';
COMMENT ON COLUMN syndication_group.first_published IS 'Earliest publication date (UTC) among the copies.';

CREATE TABLE statement (
    statement_id       VARCHAR NOT NULL,
    proposal_id        VARCHAR NOT NULL,
    proposal_name      VARCHAR NOT NULL,
    holder             VARCHAR NOT NULL,
    speaker            VARCHAR,
    speaker_key        VARCHAR,
    speaker_role       VARCHAR,
    speaker_type       VARCHAR NOT NULL,
    authority          VARCHAR NOT NULL,
    stance             VARCHAR NOT NULL,
    score              DOUBLE NOT NULL,
    time               VARCHAR NOT NULL,
    said_on            DATE,
    stated_on          DATE,
    first_published    TIMESTAMP,
    first_seen         TIMESTAMP NOT NULL,
    seen_on            DATE NOT NULL,
    n_mentions         BIGINT NOT NULL,
    n_publishers       BIGINT NOT NULL,
    publisher_days     DATE[] NOT NULL,
    quoting_days       DATE[] NOT NULL,
    quote              VARCHAR NOT NULL,
    condition          VARCHAR,
    confidence         DOUBLE NOT NULL,
    seeded             BOOLEAN NOT NULL,
    detector_version   VARCHAR NOT NULL,
    codebook_version   VARCHAR NOT NULL,
    run_id             VARCHAR NOT NULL
);
COMMENT ON TABLE statement IS 'Unique statements: one holder''s position on one proposal, counted once however many outlets carry it.';
COMMENT ON COLUMN statement.statement_id IS 'Derived from who, what, and its earliest report.';
COMMENT ON COLUMN statement.proposal_id IS 'Watchlist id, or other.';
COMMENT ON COLUMN statement.proposal_name IS 'The proposal''s name; tells the others apart.';
COMMENT ON COLUMN statement.holder IS 'Whose position: ISO 3166-1 alpha-3 code of a state, a body''s name, or the speaker''s own.';
COMMENT ON COLUMN statement.speaker IS 'Who said it, in the fullest form reported; null where the reporter states it.';
COMMENT ON COLUMN statement.speaker_key IS 'Normalised surname or body, for comparing speakers.';
COMMENT ON COLUMN statement.speaker_role IS 'Role as the surest report gives it.';
COMMENT ON COLUMN statement.speaker_type IS 'official, legislator_or_party, former_official, expert, organisation, public or media.';
COMMENT ON COLUMN statement.authority IS 'official: speaks for the holder; attributed: a third party says it; personal: own view.';
COMMENT ON COLUMN statement.stance IS 'support, conditional, noncommittal or oppose.';
COMMENT ON COLUMN statement.score IS 'Stance as a number: +1, +0.5, 0, -1.';
COMMENT ON COLUMN statement.time IS 'current, past (background) or future_expected (a forecast).';
COMMENT ON COLUMN statement.said_on IS 'Day it was said, where a report gives it.';
COMMENT ON COLUMN statement.stated_on IS 'The day it counts for: earliest of said_on, else publication day, over its reports; null if unknown.';
COMMENT ON COLUMN statement.first_published IS 'Earliest publication (UTC) among its reports.';
COMMENT ON COLUMN statement.first_seen IS 'When a run first saw it (UTC, the run''s time).';
COMMENT ON COLUMN statement.seen_on IS 'Day of the run that first saw it.';
COMMENT ON COLUMN statement.n_mentions IS 'Articles that report it.';
COMMENT ON COLUMN statement.n_publishers IS 'Independent publishers that report it; copies of one text count once, for the agency or the original.';
COMMENT ON COLUMN statement.publisher_days IS 'Days of the runs that saw the 1st, 2nd, ... independent publisher carry it with enough confidence.';
COMMENT ON COLUMN statement.quoting_days IS 'The same for publishers that quote it directly (direct or mixed).';
COMMENT ON COLUMN statement.quote IS 'Best kind of quotation among its reports: direct, mixed or indirect.';
COMMENT ON COLUMN statement.condition IS 'The condition named, if conditional.';
COMMENT ON COLUMN statement.confidence IS 'Highest confidence among its reports, 0 to 1.';
COMMENT ON COLUMN statement.seeded IS 'Whether it was first seen in a feed''s first poll or by a later detection: history, not news.';
COMMENT ON COLUMN statement.detector_version IS 'Detector that read the surest report.';
COMMENT ON COLUMN statement.codebook_version IS 'Codebook that it follows.';
COMMENT ON COLUMN statement.run_id IS 'The run that first saw it.';

CREATE TABLE mention (
    mention_id       VARCHAR NOT NULL,
    statement_id     VARCHAR,
    article_id       VARCHAR NOT NULL,
    revision_id      VARCHAR NOT NULL,
    proposal_id      VARCHAR NOT NULL,
    proposal_name    VARCHAR NOT NULL,
    holder           VARCHAR NOT NULL,
    speaker          VARCHAR,
    speaker_key      VARCHAR,
    speaker_role     VARCHAR,
    speaker_type     VARCHAR NOT NULL,
    authority        VARCHAR NOT NULL,
    stance           VARCHAR NOT NULL,
    time             VARCHAR NOT NULL,
    said_on          DATE,
    evidence         STRUCT(text VARCHAR, start_offset INTEGER, end_offset INTEGER)[] NOT NULL,
    quote            VARCHAR NOT NULL,
    confidence       DOUBLE NOT NULL,
    condition        VARCHAR,
    rules            VARCHAR[] NOT NULL,
    seeded           BOOLEAN NOT NULL,
    first_seen       TIMESTAMP NOT NULL,
    last_seen        TIMESTAMP NOT NULL,
    seen_on          DATE NOT NULL,
    detector_version VARCHAR NOT NULL,
    codebook_version VARCHAR NOT NULL,
    run_id           VARCHAR NOT NULL
);
COMMENT ON TABLE mention IS 'Statement by article: each report of a statement, with its verbatim evidence.';
COMMENT ON COLUMN mention.mention_id IS 'Derived from article, proposal, holder, speaker, stance and time.';
COMMENT ON COLUMN mention.statement_id IS 'The unique statement that it reports.';
COMMENT ON COLUMN mention.article_id IS 'The article.';
COMMENT ON COLUMN mention.revision_id IS 'The revision of the article that the offsets refer to.';
COMMENT ON COLUMN mention.proposal_id IS 'Watchlist id, or other.';
COMMENT ON COLUMN mention.proposal_name IS 'The proposal''s name.';
COMMENT ON COLUMN mention.holder IS 'Whose position, as this article tells it.';
COMMENT ON COLUMN mention.speaker IS 'Who said it, as this article names him or it.';
COMMENT ON COLUMN mention.speaker_key IS 'Normalised surname or body.';
COMMENT ON COLUMN mention.speaker_role IS 'Role as this article gives it.';
COMMENT ON COLUMN mention.speaker_type IS 'official, legislator_or_party, former_official, expert, organisation, public or media.';
COMMENT ON COLUMN mention.authority IS 'official, attributed or personal.';
COMMENT ON COLUMN mention.stance IS 'support, conditional, noncommittal or oppose.';
COMMENT ON COLUMN mention.time IS 'current, past or future_expected.';
COMMENT ON COLUMN mention.said_on IS 'Day it was said, where this article gives it.';
COMMENT ON COLUMN mention.evidence IS 'Verbatim fragments of the article''s text with character offsets; the view evidence unnests them.';
COMMENT ON COLUMN mention.quote IS 'direct, indirect or mixed.';
COMMENT ON COLUMN mention.confidence IS 'The detector''s confidence, 0 to 1.';
COMMENT ON COLUMN mention.condition IS 'The condition named, if conditional.';
COMMENT ON COLUMN mention.rules IS 'Rules that decided the label.';
COMMENT ON COLUMN mention.seeded IS 'Brought by a feed''s first poll, or found by detecting again in a stored article: history, not news.';
COMMENT ON COLUMN mention.first_seen IS 'When a run first saw this report (UTC, the run''s time).';
COMMENT ON COLUMN mention.last_seen IS 'The as_of of the latest run that found it in this revision (UTC).';
COMMENT ON COLUMN mention.seen_on IS 'Day of the run that first saw it.';
COMMENT ON COLUMN mention.detector_version IS 'Detector that found it.';
COMMENT ON COLUMN mention.codebook_version IS 'Codebook that it follows.';
COMMENT ON COLUMN mention.run_id IS 'The run that first saw it.';

CREATE TABLE mention_retired AS FROM mention WITH NO DATA;
ALTER TABLE mention_retired DROP COLUMN statement_id;
ALTER TABLE mention_retired ADD COLUMN retired_on DATE;
ALTER TABLE mention_retired ADD COLUMN retired_run_id VARCHAR;
COMMENT ON TABLE mention_retired IS 'Mentions of a revision that was replaced, or of a detector that was superseded.';
COMMENT ON COLUMN mention_retired.mention_id IS 'Derived from article, proposal, holder, speaker, stance and time.';
COMMENT ON COLUMN mention_retired.article_id IS 'The article.';
COMMENT ON COLUMN mention_retired.revision_id IS 'The revision of the article that the offsets refer to.';
COMMENT ON COLUMN mention_retired.proposal_id IS 'Watchlist id, or other.';
COMMENT ON COLUMN mention_retired.proposal_name IS 'The proposal''s name.';
COMMENT ON COLUMN mention_retired.holder IS 'Whose position, as this article tells it.';
COMMENT ON COLUMN mention_retired.speaker IS 'Who said it, as this article names him or it.';
COMMENT ON COLUMN mention_retired.speaker_key IS 'Normalised surname or body.';
COMMENT ON COLUMN mention_retired.speaker_role IS 'Role as this article gives it.';
COMMENT ON COLUMN mention_retired.speaker_type IS 'official, legislator_or_party, former_official, expert, organisation, public or media.';
COMMENT ON COLUMN mention_retired.authority IS 'official, attributed or personal.';
COMMENT ON COLUMN mention_retired.stance IS 'support, conditional, noncommittal or oppose.';
COMMENT ON COLUMN mention_retired.time IS 'current, past or future_expected.';
COMMENT ON COLUMN mention_retired.said_on IS 'Day it was said, where this article gives it.';
COMMENT ON COLUMN mention_retired.evidence IS 'Verbatim fragments of the article''s text with character offsets; the view evidence unnests them.';
COMMENT ON COLUMN mention_retired.quote IS 'direct, indirect or mixed.';
COMMENT ON COLUMN mention_retired.confidence IS 'The detector''s confidence, 0 to 1.';
COMMENT ON COLUMN mention_retired.condition IS 'The condition named, if conditional.';
COMMENT ON COLUMN mention_retired.rules IS 'Rules that decided the label.';
COMMENT ON COLUMN mention_retired.seeded IS 'Brought by a feed''s first poll, or found by detecting again in a stored article: history, not news.';
COMMENT ON COLUMN mention_retired.first_seen IS 'When a run first saw this report (UTC, the run''s time).';
COMMENT ON COLUMN mention_retired.last_seen IS 'The as_of of the latest run that found it in this revision (UTC).';
COMMENT ON COLUMN mention_retired.seen_on IS 'Day of the run that first saw it.';
COMMENT ON COLUMN mention_retired.detector_version IS 'Detector that found it.';
COMMENT ON COLUMN mention_retired.codebook_version IS 'Codebook that it follows.';
COMMENT ON COLUMN mention_retired.run_id IS 'The run that first saw it.';
COMMENT ON COLUMN mention_retired.retired_on IS 'Day of the run that replaced it.';
COMMENT ON COLUMN mention_retired.retired_run_id IS 'The run that replaced it.';

CREATE TABLE quarantine (
    quarantine_id   VARCHAR NOT NULL,
    run_id          VARCHAR NOT NULL,
    stage           VARCHAR NOT NULL,
    reason          VARCHAR NOT NULL,
    record          VARCHAR NOT NULL,
    raw_ref         VARCHAR,
    status          VARCHAR NOT NULL DEFAULT 'open',
    resolved_run_id VARCHAR
);
COMMENT ON TABLE quarantine IS 'Records that failed a check; they wait here and can be replayed after a fix.';
COMMENT ON COLUMN quarantine.quarantine_id IS 'Derived from stage, reason and record.';
COMMENT ON COLUMN quarantine.run_id IS 'The run in which it failed.';
COMMENT ON COLUMN quarantine.stage IS 'The stage in which it failed.';
COMMENT ON COLUMN quarantine.reason IS 'Reason code.';
COMMENT ON COLUMN quarantine.record IS 'The record as JSON.';
COMMENT ON COLUMN quarantine.raw_ref IS 'file#offset of its raw bytes in the archive.';
COMMENT ON COLUMN quarantine.status IS 'open, replayed or dismissed.';
COMMENT ON COLUMN quarantine.resolved_run_id IS 'The run that replayed it.';

CREATE TABLE correction (
    correction_id VARCHAR PRIMARY KEY,
    mention_id    VARCHAR NOT NULL,
    field         VARCHAR NOT NULL,
    old_value     VARCHAR,
    new_value     VARCHAR,
    reviewer      VARCHAR,
    note          VARCHAR,
    corrected_at  TIMESTAMP NOT NULL
);
COMMENT ON TABLE correction IS 'What human reviewers changed or confirmed.';
COMMENT ON COLUMN correction.correction_id IS 'Identity of the correction.';
COMMENT ON COLUMN correction.mention_id IS 'The mention reviewed.';
COMMENT ON COLUMN correction.field IS 'The field, for example stance.';
COMMENT ON COLUMN correction.old_value IS 'What the detector said.';
COMMENT ON COLUMN correction.new_value IS 'What the reviewer says; equal to the old value if confirmed.';
COMMENT ON COLUMN correction.reviewer IS 'Who reviewed.';
COMMENT ON COLUMN correction.note IS 'Why.';
COMMENT ON COLUMN correction.corrected_at IS 'When (UTC).';

CREATE TABLE alert (
    alert_id          VARCHAR PRIMARY KEY,
    run_id            VARCHAR NOT NULL,
    proposal_id       VARCHAR NOT NULL,
    holder            VARCHAR NOT NULL,
    kind              VARCHAR NOT NULL,
    from_stance       VARCHAR,
    to_stance         VARCHAR NOT NULL,
    from_statement_id VARCHAR,
    to_statement_id   VARCHAR NOT NULL,
    shifted_on        DATE NOT NULL,
    raised_on         DATE NOT NULL,
    state             VARCHAR NOT NULL DEFAULT 'pending'
);
COMMENT ON TABLE alert IS 'Shifts that were raised, as they were raised; the key makes a second raising of the same shift impossible.';
COMMENT ON COLUMN alert.alert_id IS 'Derived from holder, proposal, kind, stances and the day raised; also the key that receivers deduplicate by.';
COMMENT ON COLUMN alert.run_id IS 'The run that raised it.';
COMMENT ON COLUMN alert.proposal_id IS 'The proposal.';
COMMENT ON COLUMN alert.holder IS 'Whose position changed.';
COMMENT ON COLUMN alert.kind IS 'reversal, hardening, softening, first_position or split.';
COMMENT ON COLUMN alert.from_stance IS 'Stance before; null for a first position.';
COMMENT ON COLUMN alert.to_stance IS 'Stance after.';
COMMENT ON COLUMN alert.from_statement_id IS 'The statement that the old position rested on, as known then.';
COMMENT ON COLUMN alert.to_statement_id IS 'The statement that the new position rests on, as known then.';
COMMENT ON COLUMN alert.shifted_on IS 'Day of the new statement.';
COMMENT ON COLUMN alert.raised_on IS 'Day of the run that raised it.';
COMMENT ON COLUMN alert.state IS 'pending, sent, silenced or withdrawn.';
