"""Expectation suites, quarantine and accounting: what may enter the warehouse, and proof that nothing vanished."""

from pipeline.quality.accounting import CountsDoNotAddUp, check, failure_share
from pipeline.quality.data_docs import build_data_docs
from pipeline.quality.quarantine import quarantined
from pipeline.quality.reasons import Reason, explain, reasons
from pipeline.quality.suites import SuiteBroken
from pipeline.quality.validate import Validation, validate_records

__all__ = [
    "CountsDoNotAddUp",
    "Reason",
    "SuiteBroken",
    "Validation",
    "build_data_docs",
    "check",
    "explain",
    "failure_share",
    "quarantined",
    "reasons",
    "validate_records",
]
