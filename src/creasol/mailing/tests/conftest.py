import pytest
from aiosmtpd.controller import Controller

from tests.mail_server import Sink, free_port


@pytest.fixture
def use_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 10
    settings.EMAIL_PORT = free_port()


@pytest.fixture
def sink(use_server, settings):
    sink = Sink()
    server = Controller(sink, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    yield sink
    server.stop()
