"""Days as people type, read and tap them, in their language."""
