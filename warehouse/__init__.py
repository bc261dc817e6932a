"""The DuckDB warehouse: SQL as files, and the small modules that open, migrate, load, publish and query it."""
