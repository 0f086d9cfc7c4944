"""SPARQL read off its tokens: what a query says, and what is wrong with one that was refused."""
