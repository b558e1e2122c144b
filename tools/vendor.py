#!/usr/bin/env python3
"""Copy fonts and icons from their npm packages into the static files, with licences and checksums.

It also draws the narrow no-break space that both fonts lack.

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
from fontTools.ttLib.tables._g_l_y_f import Glyph

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "src" / "creasol" / "foundation" / "static"
VENDOR = STATIC / "vendor"
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
ICONS = """
arrow-left arrow-right arrow-up-right building-2 calendar chart-column check chevron-down chevron-left
chevron-right circle-check circle-user clock coins download external-link eye file-text flag git-compare
handshake history house inbox info key-round languages layers leaf link list list-checks log-in log-out
mail map map-pin menu message-circle pencil phone plus printer quote refresh-cw search send server
settings share-2 shield sprout table target trash-2 triangle-alert upload user-plus users wifi-off x
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


def write_checksums() -> None:
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(VENDOR)}" for path in files]
    (VENDOR / "CHECKSUMS").write_text("\n".join(lines) + "\n")
    print(f"{len(files)} files in {VENDOR.relative_to(ROOT)}")


def main() -> None:
    forget_addresses()
    subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=ROOT, check=True)
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_fonts()
    copy_icons()
    draw_thin_space()
    write_checksums()


if __name__ == "__main__":
    main()
