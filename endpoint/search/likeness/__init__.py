"""Names and words compared: folded, heard, abbreviated, alike."""
