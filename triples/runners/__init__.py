"""Where work is done that can be done in parts: in this process, in several, or on Spark."""
