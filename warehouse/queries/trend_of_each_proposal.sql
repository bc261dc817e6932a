-- Is the talk about a proposal turning? Share of statements in favour, week by week, with its 95 % Jeffreys interval of
-- the busiest day and the coverage.
-- One row a proposal and week; n_statements = 0 with full coverage is silence, with none an outage.
SELECT
    proposal_id,
    date_trunc('week', day)::DATE AS week,
    sum(n_statements)::BIGINT AS n_statements,
    round(sum(n_support + n_conditional) / nullif(sum(n_statements), 0), 3) AS share_favour,
    round(arg_max(favour_low, n_statements), 3) AS busiest_day_low,
    round(arg_max(favour_high, n_statements), 3) AS busiest_day_high,
    round(avg(coverage), 3) AS coverage
FROM stance_daily
GROUP BY proposal_id, week
ORDER BY proposal_id, week DESC;
