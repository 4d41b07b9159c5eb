"""Conversations about when things happen: the agenda, its changes, sessions announced, and the rules of reminding."""
