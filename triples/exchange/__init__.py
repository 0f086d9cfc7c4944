"""Claims and annotations in the forms of other programs: nanopublications out and in, annotations in."""
