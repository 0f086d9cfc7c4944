"""What pages load that is not ours: brought from npm by its lock file, never committed."""
