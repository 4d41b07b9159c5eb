"""States in which transcripts begin, reached through the conversation itself."""

from __future__ import annotations

from tests.stage import Stage
