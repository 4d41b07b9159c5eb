"""Workshops as data: the loader, the programmes and their translations."""
