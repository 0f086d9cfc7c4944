"""The service behind the routes, independent of the web framework."""
