"""The indexes beside a store version: of names, and of the texts of all that can be found."""
