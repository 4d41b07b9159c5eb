"""Sends messages to the local server as fast as it takes them: PORT TOKEN USERS COUNT. Prints messages a second.

Plain sockets and no library, so that it is the server that is measured.
"""

from __future__ import annotations

import asyncio
import sys
from time import perf_counter

CONNECTIONS = 64
FIRST_USER = 1001


async def _talk(port: int, token: str, users: int, count: int, number: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for at in range(count):
        body = b'{"chat_id":%d,"text":"Line %d: the files wait for a second signature"}' % (
            FIRST_USER + number % users,
            at,
        )
        head = f"POST /bot{token}/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        writer.write(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(answer.partition(b"content-length:")[2].partition(b"\r\n")[0])
        if not (await reader.readexactly(length)).startswith(b'{"ok":true'):
            raise SystemExit("a message was refused")
    writer.close()


async def main(port: str, token: str, users: str, count: str) -> None:
    each = int(count) // CONNECTIONS
    began = perf_counter()
    await asyncio.gather(*(_talk(int(port), token, int(users), each, number) for number in range(CONNECTIONS)))
    print(each * CONNECTIONS / (perf_counter() - began))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
