"""Trends: statement identity across articles, positions, shifts, coverage.

`settle` is what follows from a load: give it to `warehouse.load.load_run`, which runs it in the load's transaction.
"""

from pipeline.trends.coverage import CoverageDay, coverage
from pipeline.trends.identity import Cluster, MentionFacts, cluster
from pipeline.trends.positions import Position, positions
from pipeline.trends.settle import settle
from pipeline.trends.shifts import Evidence, Shift, new_shifts, record_alerts
from pipeline.trends.statements import assign_statements

__all__ = [
    "Cluster",
    "CoverageDay",
    "Evidence",
    "MentionFacts",
    "Position",
    "Shift",
    "assign_statements",
    "cluster",
    "coverage",
    "new_shifts",
    "positions",
    "record_alerts",
    "settle",
]
