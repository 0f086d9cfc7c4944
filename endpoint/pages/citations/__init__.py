"""References to what the dataset holds: what is cited, in which forms, in which language."""
