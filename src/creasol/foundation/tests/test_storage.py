import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

from creasol.foundation.storage import version


def test_an_address_changes_with_the_content():
    content = Path(finders.find("foundation/base.css")).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:10]
    assert version("foundation/base.css") == digest
    assert static("foundation/base.css") == f"/static/foundation/base.css?v={digest}"


def test_vendored_files_keep_the_address_that_style_sheets_name():
    assert static("vendor/lucide/sprout.svg") == "/static/vendor/lucide/sprout.svg"
    assert static("foundation/nothing.css") == "/static/foundation/nothing.css"
