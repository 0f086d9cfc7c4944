"""Drafts: quotes and names in, claims with offsets and ids out; whatever is not in the text is refused."""
