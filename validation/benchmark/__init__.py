"""A benchmark of answers to disputed questions: questions, gold, a baseline, and scores."""
