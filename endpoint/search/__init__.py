"""What people look for, found: names matched, texts searched, tables reconciled."""
