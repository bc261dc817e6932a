"""Trends: statement identity across articles, positions, shifts, coverage."""
