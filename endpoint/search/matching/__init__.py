"""Entities that a name, an identifier or a misspelt address may mean."""
