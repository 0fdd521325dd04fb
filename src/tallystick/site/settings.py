"""Django's settings, from the environment. A folder, `TALLY_HOME`, holds everything an installation keeps.

| variable | what it says | by default |
|---|---|---|
| TALLY_HOME | the folder of the database, the evidence and the secret | `tally-home` |
| DATABASE_URL | a PostgreSQL database instead of the SQLite file | none |
| TALLY_CODES | keys of the codes it serves, by commas | `sec` |
| TALLY_RULEBOOKS | the folder of their rulebooks | the one beside the program |
| TALLY_UPLOAD_MB | how large a file may be that is sent | `500` |
| TALLY_HOSTS | names that the site answers to, by commas | `localhost,127.0.0.1` |
| TALLY_BEHIND_TLS | `yes` where a proxy in front speaks TLS | `no` |
| EMAIL_URL | how messages leave | written to the log |
| TALLY_LEAKED_PASSWORDS | a list of leaked passwords | `leaked-passwords.txt` in the home, if there |
| TALLY_MAIL_FROM | whom messages come from | `tallystick@localhost` |
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any

import environ

from tallystick.site import database, policy_of_content

SQLITE = database.use_mended_sqlite()
HERE = Path(__file__).parent
ROOMS = HERE.parent

env = environ.Env()
HOME = Path(env.str("TALLY_HOME", "tally-home")).absolute()
STORE = HOME / "store"
RULEBOOKS = Path(env.str("TALLY_RULEBOOKS", str(HERE.parents[2] / "rulebooks")))
CODES: list[str] = env.list("TALLY_CODES", default=["sec"])


def _secret() -> str:
    """Return the installation's secret, made once and readable by its owner alone."""
    file = HOME / "secret"
    if not file.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        aside = file.with_suffix(".part")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
            opened.write(secrets.token_urlsafe(50))
        aside.rename(file)
    return file.read_text(encoding="utf-8")


def leaked_passwords(named: str, home: Path) -> Path | None:
    """Return the list of leaked passwords that is named, or that lies in the home; None where neither is."""
    beside = home / "leaked-passwords.txt"
    return Path(named).absolute() if named else beside if beside.is_file() else None


SECRET_KEY = env.str("TALLY_SECRET", "") or _secret()
DEBUG = False
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
HOSTS: list[str] = env.list("TALLY_HOSTS", default=LOOPBACK)
# A home that is marked so holds made-up people whose codes anybody at the machine can ask for. Its year is
# past, so that its days are counted from the day that the story ends on.
MARK = HOME / "demo.json"
IS_DEMO = MARK.is_file()
DEMO_DAY = json.loads(MARK.read_text(encoding="utf-8")).get("day") if IS_DEMO else None
ALLOWED_HOSTS: list[str] = LOOPBACK if IS_DEMO else HOSTS
BEHIND_TLS = env.str("TALLY_BEHIND_TLS", "no") == "yes"

ROOT_URLCONF = "tallystick.site.urls"
WSGI_APPLICATION = "tallystick.site.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "tallystick.journal",
    "tallystick.parties",
    "tallystick.decisions",
    "tallystick.processes",
    "tallystick.runs",
    "tallystick.risks",
    "tallystick.assessments",
    "tallystick.cases",
    "tallystick.challenges",
    "tallystick.derogations",
    "tallystick.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tallystick.site.read_only.ReadOnlyMiddleware",
    "tallystick.site.zero_bytes.NoZeroBytesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tallystick.site.acting.ActingMiddleware",
    "tallystick.site.leave.LeaveMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            HERE / "templates",
            ROOMS / "parties" / "templates",
            ROOMS / "decisions" / "templates",
            ROOMS / "derogations" / "templates",
            ROOMS / "cases" / "templates",
            ROOMS / "challenges" / "templates",
            ROOMS / "assessments" / "templates",
            ROOMS / "risks" / "templates",
            ROOMS / "processes" / "templates",
            ROOMS / "runs" / "templates",
            ROOMS / "month" / "templates",
        ],
        "OPTIONS": {
            "environment": "tallystick.site.pages.environment",
            "context_processors": ["tallystick.site.pages.shell"],
        },
    },
    {
        # The messages that allauth sends are written in Django's own language.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "notices"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# Which challenges leave what a body decided without effect is known to a room above: who tells, by name.
DECISIONS_WITHOUT_EFFECT = ["tallystick.challenges.suspending.without_effect"]
# Likewise what the plan of a period leaves of its risks, which the register of risks shows.
PLANNED_SCORES = "tallystick.assessments.planning.planned.planned_scores"
# Likewise which issues of parties are open, by which a league ranks them.
OPEN_ISSUES = "tallystick.cases.open_issues.open_issues"
# Likewise who sets back what was carried out, where the decision is changed: by the process of the matter.
CARRIERS = {
    "case": "tallystick.cases.operations.ladder.CARRIER",
    "derogation": "tallystick.derogations.operations.returning.CARRIER",
}

DATABASES = {
    "default": database.postgres(env.db("DATABASE_URL"))
    if env.str("DATABASE_URL", "")
    else database.sqlite(HOME / "tally.sqlite3", SQLITE)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = False

AUTH_USER_MODEL = "parties.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "tallystick.site.passwords.NotOfTheTrade"},
    {"NAME": "tallystick.site.passwords.NotLeaked"},
]
# One that is named has to be there; `tally serve` says so.
LEAKED_PASSWORDS = leaked_passwords(env.str("TALLY_LEAKED_PASSWORDS", ""), HOME)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tallystick.site.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
MFA_ADAPTER = "tallystick.site.sign_in.SecondFactor"
# Recovery codes are our own: the library keeps a secret that they can all be worked out from.
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_FORMS = {
    "authenticate": "tallystick.site.code_forms.SignInCode",
    "reauthenticate": "tallystick.site.code_forms.ConfirmingCode",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tallystick"
# An account's address was proved by the invitation that went there; allauth keeps no second record of it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_FORMS = {"reset_password": "tallystick.site.sign_in.ResetForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tallystick: "
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS else 0

SESSION_COOKIE_AGE = 8 * 3600
# The prefix lets a browser refuse a cookie that another host of the same domain set.
SESSION_COOKIE_NAME = "__Host-tally" if BEHIND_TLS else "tally"
BROWSER_COOKIE_NAME = "__Host-tally-browser" if BEHIND_TLS else "tally-browser"
CSRF_COOKIE_NAME = "__Host-tally-form" if BEHIND_TLS else "tally-form"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = policy_of_content.CONTENT_SECURITY_POLICY

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# The parts that show figures look the same on a page and in the report.
STATICFILES_DIRS = [("month", ROOMS / "month" / "assets")]
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20  # a form of a message says itself how many it takes
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_TEMP_DIR = None
# Of one file that is sent, and of all that one person has waiting to be taken in.
UPLOAD_BYTES = env.int("TALLY_UPLOAD_MB", 500) * 1_000_000
UPLOADS_OF_ONE = 4 * UPLOAD_BYTES

# Throttling counts, and one-time codes that were used, have to be seen by every process: a table keeps them.
# With too few entries allowed, a flood of made-up names would push out the counts of real ones.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_throttle",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost", EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(EMAIL_CONFIG.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(EMAIL_CONFIG.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 10  # a page waits for no mail server longer than this
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("TALLY_MAIL_FROM", "tallystick@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "tallystick.site.logs.WithoutContent"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"tallystick.sign_in": {"level": "INFO"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
