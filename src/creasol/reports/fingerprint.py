"""The fingerprint of a publication: the same as long as not one figure, word or line of a map differs."""

import json
from hashlib import sha256
from typing import Any


def fingerprint(content: dict) -> str:
    """Return the SHA-256 of a content in hexadecimal, however a database orders its keys or writes its numbers.

    Names of persons do not count: a person may ask to be forgotten, and the publication is still the same.
    """
    text = json.dumps(
        settled(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return sha256(text.encode()).hexdigest()


def settled(part: Any) -> Any:
    """Return a part of a content with whole numbers as such, and writers by their organisations alone."""
    if isinstance(part, dict):
        return {
            key: [writer.get("organisation", "") for writer in value] if key == "writers" else settled(value)
            for key, value in part.items()
        }
    if isinstance(part, list | tuple):
        return [settled(item) for item in part]
    return int(part) if isinstance(part, float) and part.is_integer() else part
