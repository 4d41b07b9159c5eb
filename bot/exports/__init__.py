"""Values in, bytes out: what leaves the bot as files and pictures."""
