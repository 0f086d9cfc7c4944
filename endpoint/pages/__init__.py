"""What people read: views, templates, style."""
