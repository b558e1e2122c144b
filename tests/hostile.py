"""What nobody in good faith sends: every form of a page filled with it, every address asked for it."""

import re

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

LONG = "a" * 1_000_000
WORDS = (
    "a\0b",
    "a" * 5_000,
    "9" * 5_000,
    "-1",
    "2147483648",
    "9" * 19,
    "1e309",
    "0001-01-01",
    "9999-12-31",
    "9999-99-99",
    "<script>alert(1)</script>",
    "\r\nX-Header: y",
    "\N{MATHEMATICAL FRAKTUR CAPITAL U}\u202e\ufeff",
    "{{ 7|add:7 }} %(what)s {name} {0.__class__}",
)
FEW = ("a\0b", "9" * 5_000, "9" * 19, "0001-01-01", "9999-12-31")
NUMBERS = (0, 2**31, 2**63 - 1, 2**63, 10**30)
QUERIES = (
    "%ff%fe",
    "%00",
    "q=%ff",
    "q=%00&page=%00",
    "a=1&a=2&a=3",
    "&&==&",
    "%F0%28%8C%BC=1",
    "page=" + "9" * 400,
)
FORM = "application/x-www-form-urlencoded"
NAMES = re.compile(r'<(?:input|select|textarea)\b[^>]*?\bname="([^"]+)"')


def fields_of(response: HttpResponse) -> set[str]:
    """Return the names of the fields of a page."""
    return set(NAMES.findall(response.content.decode())) if "html" in response["Content-Type"] else set()


def status(client: Client, method: str, address: str, data=None, **more) -> int:
    """Return how a request is answered, 500 for an error; nothing that is done stays done."""
    client.raise_request_exception = False
    with transaction.atomic():
        response = getattr(client, method)(address, data, **more)
        transaction.set_rollback(True)
    return response.status_code


def broken_by_words(client: Client, address: str, names: set[str]) -> list[tuple]:
    """Return what breaks an address: each word in every field, in every filter, and in each field as a list."""
    sent = [*(("post", word) for word in (*WORDS, ["1", "\0"])), *(("get", word) for word in FEW)]
    return [
        (method, address, word[:30])
        for method, word in sent
        if status(client, method, address, dict.fromkeys(names, word)) >= 500
    ]


def broken_by_one_field(client: Client, address: str, good: dict, *, method: str = "post") -> list[tuple]:
    """Return what breaks an address that is sent a good form but for one field."""
    sent = [(name, word) for name in good for word in (*FEW, [], ["1", "1"])]
    return [
        (address, name, word[:30])
        for name, word in sent
        if status(client, method, address, good | {name: word}) >= 500
    ]


def broken_by_form(client: Client, address: str, names: set[str]) -> list[tuple]:
    """Return what breaks an address: a body as large as it may be, of another type, cut, in another encoding."""
    bodies = {
        "long": {"data": dict.fromkeys(sorted(names)[:2], LONG)},
        "too long": {"data": dict.fromkeys(sorted(names)[:4], LONG)},
        "json": {"data": '{"a": [1]}', "content_type": "application/json"},
        "text": {"data": "a=1", "content_type": "text/plain"},
        "cut": {"data": b"--x\r\nContent-Disp", "content_type": "multipart/form-data; boundary=x"},
        "no boundary": {"data": b"abc", "content_type": "multipart/form-data"},
        "latin": {"data": b"first_name=\xe9\xff&size=\xff", "content_type": FORM},
        "charset": {"data": b"a=1", "content_type": f"{FORM}; charset=utf-7"},
    }
    found = [
        (address, name) for name, body in bodies.items() if status(client, "post", address, **body) >= 500
    ]
    asked = [(address, query) for query in QUERIES if status(client, "get", f"{address}?{query}") >= 500]
    return found + asked
