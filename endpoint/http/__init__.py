"""The Flask application, its routes and responses, and the HTTP server."""
