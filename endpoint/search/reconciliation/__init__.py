"""The Reconciliation Service API: requests read, candidates weighed, properties and suggestions."""
