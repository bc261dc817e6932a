"""Expectation suites, quarantine and accounting: what may enter the warehouse, and proof that nothing vanished."""
