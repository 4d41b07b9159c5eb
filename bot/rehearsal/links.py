"""Which links Telegram takes, in texts and on buttons, and in what form it keeps them."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from bot.rehearsal.errors import MarkupError

_SPACES = " \t\r\n\0\v"
_UPPER = {ord(c): ord(c) + 32 for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_SCHEME_END = re.compile(r"[:/?#@\[\]]")
_HOST_END = re.compile(r"[/?#]")
_HOST_PART = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])*")
_USER_PART = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=:]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])*")
_OWN_HOST = re.compile(r"[A-Za-z0-9_-]*")
_OWN_SITE_HOST = re.compile(r"[A-Za-z0-9_.-]*")
_USER_LINK = re.compile(r"tg:(?://)?user/?\?([^#]*)")
_MAX_USER_ID = (1 << 40) - 1


def lower_ascii(text: str) -> str:
    """Lower case for A to Z alone, as the server compares names."""
    return text.translate(_UPPER)


def strict_integer(value: str) -> int | None:
    """A 64-bit number written in the one plain way; None for anything else, such as leading zeros or a plus sign."""
    if re.fullmatch(r"0|-?[1-9][0-9]{0,18}", value) and -(1 << 63) <= int(value) < 1 << 63:
        return int(value)
    return None


def link_user_id(url: str) -> int:
    """The user that a tg://user?id= link names, or 0."""
    found = _USER_LINK.match(lower_ascii(url))
    if not found:
        return 0
    for parameter in found.group(1).split("&"):
        key, _, value = parameter.partition("=")
        if key == "id":
            number = strict_integer(value)
            return number if number is not None and 0 < number <= _MAX_USER_ID else 0
    return 0


def checked_link(link: str) -> str:
    """The link in the form in which it is kept. Raises MarkupError with the server's reason."""
    own = next((scheme for scheme in ("tg", "ton", "tonsite") if lower_ascii(link[:8]).startswith(scheme + ":")), "")
    rest = link[len(own) + 1 :] if own else link
    if own:
        rest = rest.removeprefix("//")
    url = _parse(rest)
    if own:
        return _own_link(own, rest, url)
    if "." not in url.host and not url.is_ipv6:
        raise MarkupError("Wrong HTTP URL")
    port = f":{url.port}" if url.port else ""
    user = f"{url.user}@" if url.user else ""
    return f"{url.protocol}://{user}{url.host}{port}{url.query}"


@dataclass(frozen=True, slots=True)
class _Url:
    protocol: str
    user: str
    host: str
    is_ipv6: bool
    port: int
    query: str


def _own_link(scheme: str, rest: str, url: _Url) -> str:
    plain = not lower_ascii(rest).startswith("http://") and url.protocol == "http"
    if not plain or url.user or url.port or url.is_ipv6:
        raise MarkupError("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    allowed = _OWN_SITE_HOST if scheme == "tonsite" else _OWN_HOST
    if not allowed.fullmatch(url.host):
        raise MarkupError("Unallowed characters in URL host")
    query = url.query[1:] if url.query[1:2] == "?" else url.query
    return f"{scheme}://{url.host}{query}"


def _parse(url: str) -> _Url:
    scheme_end = _SCHEME_END.search(url)
    at = scheme_end.start() if scheme_end else len(url)
    protocol, rest = "http", url
    if url.startswith("://", at):
        protocol = lower_ascii(url[:at])
        if protocol not in ("http", "https"):
            raise MarkupError("Unsupported URL protocol")
        rest = url[at + 3 :]
    host_end = _HOST_END.search(rest)
    cut = host_end.start() if host_end else len(rest)
    authority, query = rest[:cut], rest[cut:].rstrip(_SPACES)
    user_host, port = _split_port(authority)
    user, _, host = user_host.rpartition("@")
    is_ipv6 = host.startswith("[") and host.endswith("]")
    if is_ipv6:
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            raise MarkupError("Wrong IPv6 address specified in the URL") from None
    if not host:
        raise MarkupError("URL host is empty")
    if host == ".":
        raise MarkupError("Host is invalid")
    host = lower_ascii(host)
    if not is_ipv6:
        for part, pattern, name in ((host, _HOST_PART, "host"), (user, _USER_PART, "userinfo")):
            end = pattern.match(part).end()  # type: ignore[union-attr]  # the pattern matches nothing at least
            if end != len(part):
                what = "Wrong percent-encoded symbol" if part[end] == "%" else "Disallowed character"
                raise MarkupError(f"{what} in URL {name}")
    if not query.startswith("/"):
        query = "/" + query
    query = "".join(c if c > " " else f"%{ord(c):02X}" for c in query)
    return _Url(protocol, user, host, is_ipv6, port, query)


def _split_port(authority: str) -> tuple[str, int]:
    at = max(authority.rfind(c) for c in ":]@")
    if at <= 0 or authority[at] != ":":
        return authority, 0
    digits = authority[at + 1 :].lstrip("0")
    if not re.fullmatch(r"[0-9]+", digits) or int(digits) > 65535:
        raise MarkupError("Wrong port number specified in the URL")
    return authority[:at], int(digits)
