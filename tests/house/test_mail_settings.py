"""One variable says how mails leave."""

import pytest
from django.core.mail import get_connection

from creasol.settings import mail


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://host", 25, False, False),
        ("smtp://host:587?tls=1", 587, False, True),
        ("smtps://host", 465, True, False),
    ],
)
def test_a_mail_server_is_named_by_an_address(url, port, ssl, tls):
    known = mail(url)
    assert known["EMAIL_HOST"] == "host"
    assert (known["EMAIL_PORT"], known["EMAIL_USE_SSL"], known["EMAIL_USE_TLS"]) == (port, ssl, tls)


def test_signs_in_a_password_are_written_as_in_any_address():
    known = mail("smtp://me%40example.org:p%2Fw@host")
    assert (known["EMAIL_HOST_USER"], known["EMAIL_HOST_PASSWORD"]) == ("me@example.org", "p/w")


def test_a_provider_is_named_the_same_way(settings):
    known = mail("mailjet://?api_key=a&secret_key=b")
    settings.ANYMAIL = known["ANYMAIL"]

    backend = get_connection(known["EMAIL_BACKEND"])

    assert (backend.esp_name, backend.api_key, backend.secret_key) == ("Mailjet", "a", "b")


def test_without_any_mails_are_files_of_the_data_folder():
    known = mail(None)
    assert known["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert known["EMAIL_FILE_PATH"].name == "mails"
