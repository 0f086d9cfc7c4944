"""Where queries are evaluated: behind the wall, never in the web process."""
