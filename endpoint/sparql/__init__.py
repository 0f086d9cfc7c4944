"""The SPARQL protocol and its media types as plain functions, without I/O."""
