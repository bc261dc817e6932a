"""Contracts as data: feeds, the watchlist of proposals, actors, JSON Schemas, expectation suites."""
