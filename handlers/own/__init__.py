"""What somebody settles for themselves about what the bot says of its own accord: whether, when, and in which hours."""
