"""Pictures of the corpus: what each shows, drawn by a packaged renderer, and the same as a table."""
