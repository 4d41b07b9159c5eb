"""A local Bot API server and a cast of people to rehearse a workshop with, on loopback only."""

from bot.rehearsal.errors import ApiError, ConnectionDropped, PhoneError
from bot.rehearsal.faults import Delay, Drop
from bot.rehearsal.limits import Limits
from bot.rehearsal.phone import Phone
from bot.rehearsal.server import serve
from bot.rehearsal.world import World

__all__ = ["ApiError", "ConnectionDropped", "Delay", "Drop", "Limits", "Phone", "PhoneError", "World", "serve"]
