-- The run. Its identity is its interval; a run of an unfinished day that is taken up later may know more.
MERGE INTO run USING batch_run AS b ON run.run_id = b.run_id
WHEN MATCHED THEN UPDATE SET day = b.day, as_of = greatest(run.as_of, b.as_of), held = b.held
WHEN NOT MATCHED THEN INSERT (run_id, day, as_of, held) VALUES (b.run_id, b.day, b.as_of, b.held);

-- Counts of a run that is loaded again replace those of the try before.
MERGE INTO stage_count USING batch_stage_count AS b ON stage_count.run_id = b.run_id AND stage_count.stage = b.stage
WHEN MATCHED THEN UPDATE SET n_in = b.n_in, n_out = b.n_out, n_duplicate = b.n_duplicate,
    n_not_relevant = b.n_not_relevant, n_quarantined = b.n_quarantined
WHEN NOT MATCHED THEN INSERT BY NAME;

MERGE INTO proposal USING batch_proposal AS b ON proposal.proposal_id = b.proposal_id
WHEN MATCHED AND proposal.name <> b.name THEN UPDATE SET name = b.name
WHEN NOT MATCHED THEN INSERT (proposal_id, name) VALUES (b.proposal_id, b.name);

-- A record that failed keeps what became of it since.
MERGE INTO quarantine USING batch_quarantine AS b ON quarantine.quarantine_id = b.quarantine_id
WHEN NOT MATCHED THEN INSERT (quarantine_id, run_id, stage, reason, record, raw_ref)
    VALUES (b.quarantine_id, b.run_id, b.stage, b.reason, b.record, b.raw_ref);

MERGE INTO "fetch" USING batch_fetch AS b ON "fetch".fetch_id = b.fetch_id
WHEN NOT MATCHED THEN INSERT BY NAME;
