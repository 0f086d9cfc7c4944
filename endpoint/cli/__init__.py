"""The command line ``araxes``: one file a verb."""
