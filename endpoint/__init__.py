"""The SPARQL endpoint and the command line."""
