"""Names folded and matched."""
