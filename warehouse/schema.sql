-- What has been applied to this file. Created before the first migration.
CREATE TABLE IF NOT EXISTS schema_migration (
    version INTEGER PRIMARY KEY,
    name    VARCHAR NOT NULL,
    sha256  VARCHAR NOT NULL
);
COMMENT ON TABLE schema_migration IS 'Migrations that were applied to this file.';
COMMENT ON COLUMN schema_migration.version IS 'Number of the migration.';
COMMENT ON COLUMN schema_migration.name IS 'File name of the migration.';
COMMENT ON COLUMN schema_migration.sha256 IS 'SHA-256 of its text; a changed migration is refused.';

CREATE TABLE IF NOT EXISTS schema_view (
    name   VARCHAR PRIMARY KEY,
    sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE schema_view IS 'Views and macros that were applied to this file.';
COMMENT ON COLUMN schema_view.name IS 'File name of the view.';
COMMENT ON COLUMN schema_view.sha256 IS 'SHA-256 of its text; a changed view is created anew.';
