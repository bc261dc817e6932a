"""What an analyst reads: the report page, the alert as Markdown, and the end of a run on the terminal."""
