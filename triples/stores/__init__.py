"""RDF on disk: immutable store versions, their counts, and files read into them."""
