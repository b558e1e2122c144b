"""Settings: embedded by default, everything else by environment variables.

CREASOL_DATA         folder of the database, files and mails (default: var)
DATABASE_URL         postgresql://user:password@host/name (default: SQLite in the data folder)
CREASOL_HOSTS        public host names, comma-separated; setting it turns production on
CREASOL_SECRET_KEY   secret of the sessions (default: made once, kept in the data folder)
CREASOL_MAIL_URL     smtp://user:password@host:587?tls=1, smtps://user:password@host, or a provider that anymail
                     knows: brevo://?api_key=… (default: mails are written to the data folder)
CREASOL_MAIL_FROM    sender of the mails
CREASOL_CONTACT      address to write to, shown on the site (default: CREASOL_MAIL_FROM's)
CREASOL_PUBLISHER    who publishes this site, for the legal notice: name, address, person in charge
CREASOL_HOSTING      who hosts it, for the legal notice: name, address, telephone
CREASOL_PAGE_CACHE   0 to make every public page anew (measurements, tests)
CREASOL_EMBEDDED_WORKER  0 when separate `creasol worker` processes run the jobs
PORT                 port of `creasol serve` (default 8000)
"""

import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

BASE = Path(__file__).parent
DATA = Path(os.environ.get("CREASOL_DATA", "var")).resolve()
HOSTS = [host for host in os.environ.get("CREASOL_HOSTS", "").split(",") if host]
PRODUCTION = bool(HOSTS)

DEBUG = False
ALLOWED_HOSTS = [*HOSTS, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]
PORT = int(os.environ.get("PORT", "8000"))
SITE_URL = f"https://{HOSTS[0]}" if HOSTS else f"http://127.0.0.1:{PORT}"


def secret_key() -> str:
    """Return the secret of this instance, made at first use and kept readable by its owner only."""
    if key := os.environ.get("CREASOL_SECRET_KEY"):
        return key
    path = DATA / "secret-key"
    if not path.exists():
        try:
            DATA.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50))
        except OSError:  # a read-only folder: the command says so in its own words
            return secrets.token_urlsafe(50)
    return path.read_text()


SECRET_KEY = secret_key()

INSTALLED_APPS = [
    "creasol.portal",
    "creasol.reports",
    "creasol.gatherings",
    "creasol.diagnosis",
    "creasol.places",
    "creasol.needs",
    "creasol.network",
    "creasol.programmes",
    "creasol.territories",
    "creasol.mailing",
    "creasol.journal",
    "creasol.accounts",
    "creasol.jobs",
    "creasol.foundation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules.apps.AutodiscoverRulesConfig",
    "django_htmx",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "creasol.foundation.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "creasol.foundation.middleware.chosen_language",
    "creasol.portal.page_cache.page_cache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "creasol.urls"
WSGI_APPLICATION = "creasol.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "creasol.foundation.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "creasol.foundation.templatetags.ui",
            ],
        },
    },
]

FORM_RENDERER = "creasol.foundation.forms.Renderer"


def database(url: str | None) -> dict:
    """Return Django's description of the database that ``url`` names."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "creasol.sqlite3",
            "TEST": {
                "NAME": DATA / "test.sqlite3"
            },  # a file: threads and processes meet there as in real life
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
                ),
            },
        }
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.get("host", [""])[0],
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": query.get("pool") != ["0"]},
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:desk"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "creasol.mailing.adapters.OutboxAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # of those who have a second proof
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,5/10m/key",
    "signup": "10/m/ip",
    "login_failed": "10/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "creasol.accounts.forms.AddKeyForm",
    "edit_webauthn": "creasol.accounts.forms.RenameKeyForm",
}
MFA_TOTP_ISSUER = "Création solidaire"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

TASKS = {"default": {"BACKEND": "creasol.jobs.backend.DatabaseBackend", "QUEUES": []}}
EMBEDDED_WORKER = os.environ.get("CREASOL_EMBEDDED_WORKER", "1") == "1"  # started by wsgi.py alone

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # what is counted against floods is not pushed out by a flood
    }
}
PAGE_CACHE = os.environ.get("CREASOL_PAGE_CACHE", "1") == "1"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 30
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "creasol.foundation.storage.VersionedStaticFiles"},
}
MEDIA_ROOT = DATA / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 40_000  # a territory may be made of all the communes of France


def mail(url: str | None) -> dict:
    """Return Django's mail settings for ``url``; without one, mails are files in the data folder."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": DATA / "mails",
        }
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.scheme not in {"smtp", "smtps"}:  # a provider that anymail knows: brevo, mailjet, postmark…
        return {
            "EMAIL_BACKEND": f"anymail.backends.{parts.scheme}.EmailBackend",
            "ANYMAIL": {f"{parts.scheme}_{name}".upper(): value for name, value in query.items()},
        }
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": query.get("tls") == "1",
        "EMAIL_TIMEOUT": 10,
    }


MAIL_URL = os.environ.get("CREASOL_MAIL_URL")
globals().update(mail(MAIL_URL))
DEFAULT_FROM_EMAIL = os.environ.get(
    "CREASOL_MAIL_FROM", "Création solidaire <bonjour@creation-solidaire.example>"
)

CONTACT = os.environ.get("CREASOL_CONTACT") or parseaddr(os.environ.get("CREASOL_MAIL_FROM", ""))[1]
PUBLISHER = os.environ.get("CREASOL_PUBLISHER", "")
HOSTING = os.environ.get("CREASOL_HOSTING", "")

if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SILENCED_SYSTEM_CHECKS: list[str] = []
