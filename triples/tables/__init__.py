"""Tables as sources: a mapping says which claims each row makes; the row is the passage."""
