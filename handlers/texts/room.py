from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {}
