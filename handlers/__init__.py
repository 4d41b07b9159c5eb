"""Telegram's side: one module per conversation, from an update to an input for the runner."""
