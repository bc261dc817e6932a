"""What the commands do, one a file; `pipeline.cli` parses and prints."""
