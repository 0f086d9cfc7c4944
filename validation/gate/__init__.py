"""What may be published: every source checked, shapes and rules run, findings located and reported."""
