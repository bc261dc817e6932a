-- Where does everyone stand on each proposal now?
-- One row a proposal, with the holders of each stance.
SELECT
    p.proposal_id, any_value(w.name) AS proposal, count(*) AS n_holders, round(avg(p.score), 2) AS mean_score,
    list(p.holder ORDER BY p.holder) FILTER (p.stance = 'support') AS support,
    list(p.holder ORDER BY p.holder) FILTER (p.stance = 'conditional') AS conditional,
    list(p.holder ORDER BY p.holder) FILTER (p.stance = 'noncommittal') AS noncommittal,
    list(p.holder ORDER BY p.holder) FILTER (p.stance = 'oppose') AS oppose
FROM position_current AS p LEFT JOIN proposal AS w USING (proposal_id)
GROUP BY p.proposal_id
ORDER BY n_holders DESC, p.proposal_id;
