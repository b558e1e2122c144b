#!/usr/bin/env python3
"""Copy fonts, icons and a reader of QR codes from their npm packages into the static files, with licences, checksums.

It also draws the narrow no-break space that both fonts lack, and joins the files of each font into those that are
printed with, under a name of our own as their licence asks of what is changed.

For developers only, when an icon is added or a package is updated (who runs the site never needs Node):

    npm install PACKAGE@VERSION      changes package.json and package-lock.json
    ./.venv/bin/python tools/vendor.py   installs exactly what the lock says, then copies

An icon is added by writing its Lucide name into ICONS. htmx is not here: it comes with django-htmx.
"""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "src" / "creasol" / "foundation" / "static"
VENDOR = STATIC / "vendor"
PRINT = ROOT / "src" / "creasol" / "foundation" / "typst" / "fonts"
PACKAGES = ROOT / "node_modules"
FONTS = {
    "bricolage-grotesque": ("latin-wght-normal", "latin-ext-wght-normal"),
    "source-sans-3": (
        "latin-wght-normal",
        "latin-ext-wght-normal",
        "latin-wght-italic",
        "latin-ext-wght-italic",
    ),
}
PRINTED = {  # our name: the package, its cuts with the words of fonts for them
    "Creasol Text": (
        "source-sans-3",
        {
            "400-normal": "Regular",
            "400-italic": "Italic",
            "600-normal": "SemiBold",
            "700-normal": "Bold",
            "700-italic": "Bold Italic",
        },
    ),
    "Creasol Display": ("bricolage-grotesque", {"600-normal": "SemiBold", "700-normal": "Bold"}),
}
SCRIPTS = ("latin", "latin-ext")
CODE_READER = ("LICENSE", "LICENSE-MIT", "decode.js", "index.js")
THIN_SPACE = 0x202F
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, TRADEMARK = 1, 2, 3, 4, 6, 7  # records of the name table
LONG_FAMILY, LONG_STYLE = 16, 17
ICONS = """
arrow-left arrow-right arrow-up-right building-2 calendar camera chart-column check chevron-down chevron-left
chevron-right circle-check circle-user clock coins download external-link eye file-text flag git-compare
handshake history house inbox info key-round languages layers leaf link list list-checks log-in log-out
mail map map-pin menu message-circle pencil phone plus printer qr-code quote refresh-cw search send server
settings share-2 shield sprout table target trash-2 triangle-alert undo-2 upload user-check user-plus users wifi-off x
""".split()  # noqa: SIM905  one name after the other reads better


def forget_addresses() -> None:
    """Take the funding addresses out of the lock: it holds names, versions and checksums alone."""
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2) + "\n")


def copy_fonts() -> None:
    for family, cuts in FONTS.items():
        package = PACKAGES / "@fontsource-variable" / family
        folder = VENDOR / "fonts" / family
        folder.mkdir(parents=True)
        shutil.copy(package / "LICENSE", folder / "LICENSE")
        for cut in cuts:
            name = f"{family}-{cut}.woff2"
            shutil.copy(package / "files" / name, folder / name)


def copy_icons() -> None:
    folder = VENDOR / "lucide"
    folder.mkdir(parents=True)
    shutil.copy(PACKAGES / "lucide-static" / "LICENSE", folder / "LICENSE")
    for name in ICONS:
        shutil.copy(PACKAGES / "lucide-static" / "icons" / f"{name}.svg", folder / f"{name}.svg")


def copy_code_reader() -> None:
    folder = VENDOR / "qr"
    folder.mkdir(parents=True)
    for name in CODE_READER:
        shutil.copy(PACKAGES / "qr" / name, folder / name)


def draw_thin_space() -> None:
    """Make a font of one glyph: browsers stand half a space in for a missing U+202F, too little in a number."""
    glyphs = {".notdef": 500, "thinspace": 200}
    font = FontBuilder(unitsPerEm=1000)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap({0x202F: "thinspace"})
    font.setupGlyf({name: Glyph() for name in glyphs})
    font.setupHorizontalMetrics({name: (width, 0) for name, width in glyphs.items()})
    font.setupHorizontalHeader(ascent=930, descent=-270)
    font.setupNameTable({"familyName": "Thin Space", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=930, sTypoDescender=-270)
    font.setupPost()
    font.updateHead(created=0, modified=0)
    font.font.recalcTimestamp = False
    font.font.flavor = "woff"
    font.save(STATIC / "foundation" / "thin-space.woff")


def join_print_fonts() -> None:
    """Make the fonts of printed documents: one file for each cut, with every letter and the narrow space."""
    covered: set[int] = set()
    for name, (family, cuts) in PRINTED.items():
        package = PACKAGES / "@fontsource" / family
        folder = PRINT / family
        folder.mkdir(parents=True)
        shutil.copy(package / "LICENSE", folder / "LICENSE")
        for cut, style in cuts.items():
            font = joined([package / "files" / f"{family}-{script}-{cut}.woff" for script in SCRIPTS])
            add_thin_space(font)
            rename(font, name, style)
            font.save(folder / f"{family}-{cut}.ttf")
            letters = set(font.getBestCmap())
            covered = covered & letters if covered else letters
    (PRINT / "COVERAGE").write_text("\n".join(ranges(sorted(covered))) + "\n")


def joined(files: list[Path]) -> TTFont:
    """Return the files of one cut, each of some letters, as one font."""
    font = Merger(Options(drop_tables=["BASE", "STAT", "gasp"])).merge(files)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 0
    return font


def add_thin_space(font: TTFont) -> None:
    """Draw a fifth of an em of nothing where the font has no narrow no-break space."""
    name = "thinspace.nobreak"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = Glyph()
    font["glyf"].setGlyphOrder(font.getGlyphOrder())
    font["hmtx"][name] = (font["head"].unitsPerEm // 5, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[THIN_SPACE] = name


def rename(font: TTFont, family: str, style: str) -> None:
    """Give a font a name of our own: what is changed may not bear a reserved one."""
    table = font["name"]
    compact = f"{family}-{style}".replace(" ", "")
    plain = style in {"Regular", "Italic", "Bold", "Bold Italic"}
    names = {
        FAMILY: family if plain else f"{family} {style}",
        STYLE: style if plain else "Regular",
        UNIQUE: compact,
        FULL: f"{family} {style}",
        POSTSCRIPT: compact,
        LONG_FAMILY: family,
        LONG_STYLE: style,
    }
    for record in list(table.names):
        if record.nameID == TRADEMARK or record.nameID in names:
            table.removeNames(nameID=record.nameID)
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


def ranges(codes: list[int]) -> list[str]:
    """Return characters as lines of a first and a last one: 20-7e."""
    starts = [code for code in codes if code - 1 not in set(codes)]
    ends = [code for code in codes if code + 1 not in set(codes)]
    return [f"{first:x}-{last:x}" for first, last in zip(starts, ends, strict=True)]


def write_checksums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}" for path in files]
    (folder / "CHECKSUMS").write_text("\n".join(lines) + "\n")
    print(f"{len(files)} files in {folder.relative_to(ROOT)}")


def main() -> None:
    forget_addresses()
    subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=ROOT, check=True)
    for folder in (VENDOR, PRINT):
        shutil.rmtree(folder, ignore_errors=True)
    copy_fonts()
    copy_icons()
    copy_code_reader()
    draw_thin_space()
    join_print_fonts()
    for folder in (VENDOR, PRINT):
        write_checksums(folder)


if __name__ == "__main__":
    main()
