"""What follows from the claims: uncontested statements, tensions, inference, content digests."""
