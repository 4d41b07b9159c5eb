"""Conversations about action plans: filling in, looking, changing, agreeing, and the people named in them."""
