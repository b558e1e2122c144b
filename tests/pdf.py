"""What a reader of PDF finds in the files that we print: the text of each page, what the file says of itself."""

import re
import zlib
from functools import cached_property

WORD_JOINER = "\u2060"  # invisible
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
INSIDE = rb"(?:\\.|[^\\()])*"
for _level in range(4):  # what is in brackets, as long as they are closed, needs no escape
    INSIDE = rb"(?:\\.|[^\\()]|\(" + INSIDE + rb"\))*"
STRING = re.compile(rb"\((" + INSIDE + rb")\)", re.DOTALL)
LITERAL = rb"\(" + INSIDE + rb"\)"
SHOWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|(\[(?:" + LITERAL + rb"|[^\]])*\] ?TJ|" + LITERAL + rb" ?Tj)|(ET)", re.DOTALL
)


class Pdf:
    """A file as typst writes it: plain objects, deflated streams, fonts that tell their letters."""

    def __init__(self, content: bytes):
        self.content = content
        found = re.finditer(rb"(\d+) 0 obj\n?(.*?)\nendobj", content, re.DOTALL)
        self.objects = {int(match[1]): match[2] for match in found}

    def stream(self, number: int) -> bytes:
        """Return the stream of an object, inflated."""
        head, _, rest = self.objects[number].partition(b"stream\n")
        data = rest.rpartition(b"\nendstream")[0]
        return zlib.decompress(data) if b"/FlateDecode" in head else data

    def reference(self, number: int, name: str) -> int:
        """Return the number of the object that an object calls ``name``."""
        return int(re.search(rf"/{name} (\d+) 0 R".encode(), self.objects[number])[1])

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, in the order of the pages, a line for each run of text."""
        tree = next(body for body in self.objects.values() if b"/Type/Pages" in body)
        kids = re.search(rb"/Kids\[(.*?)\]", tree)[1]
        return [self.text(int(number)) for number in re.findall(rb"(\d+) 0 R", kids)]

    @property
    def words(self) -> str:
        """All of the text with ordinary spaces."""
        return re.sub(r"[\u202f\u00a0]", " ", "\n".join(self.pages))

    @cached_property
    def metadata(self) -> str:
        """What the file says of itself (XMP)."""
        number = next(n for n, body in self.objects.items() if b"/Type/Metadata" in body.split(b"stream")[0])
        return self.stream(number).decode()

    def text(self, page: int) -> str:
        resources = self.objects[self.reference(page, "Resources")]
        fonts = {name: self.letters(int(n)) for name, n in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
        letters, text = {}, ""
        for font, shown, end in SHOWN.findall(self.stream(self.reference(page, "Contents"))):
            if font:
                letters = fonts[font]
            elif shown:
                codes = b"".join(unescaped(string) for string in STRING.findall(shown))
                pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
                text += "".join(letters.get(int.from_bytes(pair), "") for pair in pairs)
            elif end:
                text += "\n"
        return text.replace(WORD_JOINER, "")

    def letters(self, font: int) -> dict[int, str]:
        """Return glyph → letters of a font."""
        table = self.stream(self.reference(font, "ToUnicode")).decode()
        pairs = re.findall(r"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>\n", table)
        return {int(glyph, 16): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in pairs}


def unescaped(string: bytes) -> bytes:
    """Return the bytes that a string of PDF writes."""

    def plain(match: re.Match) -> bytes:
        code = match[1]
        return bytes([int(code, 8)]) if code.isdigit() else ESCAPES.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, string, flags=re.DOTALL)
