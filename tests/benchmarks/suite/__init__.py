"""The endpoint beside its peers: data, queries, servers, measuring, and the report that is made of it."""
