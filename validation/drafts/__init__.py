"""Drafts against the words that they quote: what a claim says and its quote does not."""
