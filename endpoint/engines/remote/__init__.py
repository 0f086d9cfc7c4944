"""Any SPARQL 1.1 Protocol endpoint as an engine: evaluators here ask it instead of a store of their own."""
