"""How many sendMessage a second the stand-in takes: `python -m tests.rehearsal.throughput [SECONDS]`.

The server runs in a process of its own, on uvloop where there is one; this process keeps 32 connections busy.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import selectors
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

from bot.rehearsal import World, serve

TOKEN = "123456:rehearsal"
CONNECTIONS = 32
MESSAGE = {
    "chat_id": 5,
    "text": "<b>Step 3 of 9</b> patterns: what has been happening again &amp; again?",
    "parse_mode": "HTML",
    "reply_markup": {
        "inline_keyboard": [[{"text": "Next", "callback_data": "1"}, {"text": "Back", "callback_data": "2"}]]
    },
}


async def serve_until_ended() -> None:
    """Serve one world, print where, and end with this process's input."""
    world = World(TOKEN, keep=False)
    world.phone(5, "Ama").start()
    async with serve(world) as url:
        print(url, flush=True)
        await asyncio.to_thread(sys.stdin.read)


def measure(url: str, seconds: float) -> float:
    """Messages a second."""
    body = json.dumps(MESSAGE).encode()
    head = f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    address = urlsplit(url)
    done = 0
    with contextlib.ExitStack() as stack, selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            connection = stack.enter_context(socket.create_connection((address.hostname or "", address.port or 0)))
            connection.sendall(request)
            selector.register(connection, selectors.EVENT_READ, connection)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for key, _ in selector.select(1):
                answer = key.data.recv(65_536)
                assert answer.startswith(b"HTTP/1.1 200 "), answer
                done += 1
                key.data.sendall(request)
    return done / seconds


def main(seconds: float) -> None:
    command = [sys.executable, "-m", "tests.rehearsal.throughput", "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        print(f"{measure(server.stdout.readline().strip(), seconds):,.0f} sendMessage/s")


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        try:
            import uvloop
        except ImportError:
            asyncio.run(serve_until_ended())
        else:
            uvloop.run(serve_until_ended())
    else:
        main(float(sys.argv[1]) if sys.argv[1:] else 5.0)
