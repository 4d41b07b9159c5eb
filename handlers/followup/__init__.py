"""What the bot says of its own accord: reminders, check-ins, digests, nudges; and what people answer to them."""
