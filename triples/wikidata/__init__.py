"""Mappings to Wikidata and other authority files, and what Wikidata could take."""
