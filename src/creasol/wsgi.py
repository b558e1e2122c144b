"""What the server runs: the site and, unless workers run apart, a thread that does its background work."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creasol.settings")
application = get_wsgi_application()
if settings.EMBEDDED_WORKER:
    import_string("creasol.jobs.worker.start_embedded")()
