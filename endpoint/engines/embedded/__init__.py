"""The embedded engine: evaluator processes over a read-only store, sandboxed and killable."""
