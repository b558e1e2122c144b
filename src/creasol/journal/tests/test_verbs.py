import re
from pathlib import Path

import creasol
from creasol.journal.verbs import VERBS

PACKAGE = Path(creasol.__file__).parent
CALL = re.compile(r"""(?:record\(|verb=|EditionState\.\w+, )"([a-z]+)\"""")


def test_every_deed_has_words():
    sources = [path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts]
    written = {verb for path in sources for verb in CALL.findall(path.read_text())}

    assert len(written) > 10
    assert written - set(VERBS) == set()
