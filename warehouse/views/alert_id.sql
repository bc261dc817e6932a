-- alert_id(...): the key of a raised shift. It leaves out the statements and the day of saying, which change when further
-- reports of the same shift come in.
CREATE OR REPLACE MACRO alert_id(proposal_id, holder, kind, from_stance, to_stance, raised_on) AS
substr(
    sha256(concat_ws(chr(31), proposal_id, holder, kind, coalesce(from_stance, ''), to_stance, raised_on::VARCHAR)), 1, 16
);
