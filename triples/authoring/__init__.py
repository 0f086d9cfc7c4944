"""What a scholar writes: YAML files, read with their lines, checked, and mapped to JSON-LD."""
