"""What a setting must look like, each rule with the sentence for the person who set it."""

import re
from zoneinfo import ZoneInfo

from environs import ValidationError


def file_below_static(path: str) -> None:
    if "//" in path or path.startswith("/") or ".." in path:
        raise ValidationError("Name a file below static/, such as city/logo.svg, not an address.")


def email_address(text: str) -> None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise ValidationError("Not an e-mail address.")


def time_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValidationError("Not a time zone; write it like Europe/Ljubljana.") from None


def web_address(address: str) -> None:
    if not re.fullmatch(r"https?://[^/\s]+/?", address):
        raise ValidationError("Not a web address with https:// and nothing behind the host.")


def long_secret(text: str) -> None:
    if len(text) < 32:
        raise ValidationError("Too short: at least 32 characters keep sessions safe.")


def redis_address(address: str) -> None:
    if not address.startswith(("redis://", "rediss://", "unix://")):
        raise ValidationError("Not an address of a Redis server.")


def named_hosts(hosts: list[str]) -> None:
    if "*" in hosts:
        raise ValidationError("Name each host; “*” would answer to any name a visitor forges.")
