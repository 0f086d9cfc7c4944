"""Search in texts, and questions about relations: what people type, read and answered."""
