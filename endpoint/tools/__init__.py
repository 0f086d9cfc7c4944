"""Tools for language models (Model Context Protocol): what they answer, and how messages are answered."""
