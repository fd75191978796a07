"""Settings of the site. Everything that differs between machines comes from the environment (README, “For real”)."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR = Path(env.str("TRESSE_VAR", default=str(ROOT / "var")))
"""Where a running Tresse keeps its own files: the SQLite database, the secret key, collected static files."""
(VAR / "static").mkdir(parents=True, exist_ok=True)


def kept_secret() -> str:
    """The key of this installation: from the environment, else made once and kept in a file of its owner alone.

    The file is linked into place whole, so that two processes that start together read the same key.
    """
    if key := env.str("TRESSE_SECRET_KEY", default=""):
        return key
    file, draft = VAR / "secret-key", VAR / f"secret-key.{os.getpid()}"
    if not file.exists():
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text(encoding="ascii")


SECRET_KEY = kept_secret()
DEBUG = False
DEMONSTRATION = env.bool("TRESSE_DEMONSTRATION", default=False)
"""Alone in this setting ready-made users exist and can sign in; never switch it on with real money."""

SITE_URL = env.str("TRESSE_SITE_URL", default="http://127.0.0.1:8000")
ALLOWED_HOSTS = env.list("TRESSE_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "ledger",
    "allocation",
    "fund",
    "djmoney",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "fund.urls"
WSGI_APPLICATION = "fund.wsgi.application"
AUTH_USER_MODEL = "fund.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'tresse.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer takes its place in the queue at once instead of failing half-way.
    # recursive_triggers: without it INSERT OR REPLACE walks around the guards against deletion.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA recursive_triggers=ON"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A statement that was sent five times is planned once more and then kept. A pooler that hands a session from client
    # to client must know prepared statements, or this is None.
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options.setdefault("prepare_threshold", env.int("TRESSE_PREPARE_THRESHOLD", default=5) or None)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

_MAIL = env.str("TRESSE_MAIL", default="") or ("consolemail://" if DEMONSTRATION else "")
MAIL_IS_SENT = bool(_MAIL)
"""Without an address of a mail server mails stay in the outbox, and the site says so."""
for _name, _value in env.email_url_config(_MAIL or "dummymail://").items():
    if _name.startswith("EMAIL_"):
        globals()[_name] = _value
EMAIL_TIMEOUT = 10  # seconds; on SQLite a mail under way holds the writers up, who wait for twice that
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("TRESSE_MAIL_FROM", default="Tresse <tresse@localhost>")

OPEN_DATA_LICENCE = {
    "name": env.str("TRESSE_OPEN_DATA_LICENCE", default="") or "Licence Ouverte 2.0 / Etalab",
    "url": env.str("TRESSE_OPEN_DATA_LICENCE_URL", default="")
    or "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
"""Under which the public files of every fund of this installation may be used again."""

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "fund" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "fund" / "static"]
WHITENOISE_USE_FINDERS = True

FILE_UPLOAD_HANDLERS = ["fund.web.uploads.ShortFiles"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
if SITE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "fund.web.discreet_logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
