"""Settings of the portal.

``PORTAL_ENV`` chooses one of four ways to run: ``embedded`` (the default, which needs no server),
``development``, ``test`` and ``production``. Everything else is read from the environment by
typed readers; a fault stops the start and names every variable concerned.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

from portal import environment_rules as rules
from portal.environment import (
    at,
    broker_settings,
    every,
    generated_secret,
    mail_settings,
    stop_on_faults,
    tuned_database,
)

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env(eager=False)
PORTAL_ENV = env.str(
    "PORTAL_ENV",
    "embedded",
    validate=validate.OneOf(["embedded", "development", "test", "production"]),
)
PRODUCTION = PORTAL_ENV == "production"


def in_production(reader, name: str, otherwise=None, rule=None):
    """Read ``name``, which only production must set; an empty value counts as none."""
    if not os.environ.get(name, "").strip():
        os.environ.pop(name, None)
    options = {"validate": rule} if rule else {}
    return reader(name, **options) if PRODUCTION else reader(name, otherwise, **options)


# What a city sets for itself. An empty site name is taken from the strategy that is shown.
SITE_NAMES = {"sl": env.str("PORTAL_SITE_NAME_SL", ""), "en": env.str("PORTAL_SITE_NAME_EN", "")}
SITE_LOGO = env.str("PORTAL_LOGO", "", validate=rules.file_below_static)
BRAND_COLOUR = env.str("PORTAL_BRAND_COLOUR", "")
BRAND_COLOUR_DARK = env.str("PORTAL_BRAND_COLOUR_DARK", "")
CONTACT_EMAIL = in_production(env.str, "PORTAL_CONTACT_EMAIL", "", rules.email_address)
TIME_ZONE = env.str("PORTAL_TIME_ZONE", "Europe/Ljubljana", validate=rules.time_zone)

# Where it runs.
VAR_DIR = env.path("PORTAL_VAR", BASE_DIR / "var").resolve()
BASE_URL = in_production(env.str, "PORTAL_BASE_URL", "", rules.web_address)
SECRET_KEY = in_production(env.str, "PORTAL_SECRET_KEY", "", rules.long_secret)
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = in_production(env.list, "PORTAL_ALLOWED_HOSTS", LOOPBACK, rules.named_hosts)
REDIS_URL = in_production(env.str, "REDIS_URL", "", rules.redis_address)
DATABASE = in_production(env.dj_db_url, "DATABASE_URL", f"sqlite:///{VAR_DIR}/portal.sqlite3")
EMAIL = in_production(env.dj_email_url, "EMAIL_URL", "dummy:")
HTTPS = env.bool("PORTAL_HTTPS", PRODUCTION)
FROM_EMAIL = env.str("PORTAL_FROM_EMAIL", "")
TRUSTED_PROXIES = env.int("PORTAL_TRUSTED_PROXIES", 1 if PRODUCTION else 0)

stop_on_faults(env, PORTAL_ENV)

DEBUG = PORTAL_ENV == "development"
BASE_URL = BASE_URL.rstrip("/")
SECRET_KEY = SECRET_KEY or generated_secret(VAR_DIR / "secret-key")

# Applications, from left to right: an app imports only from what stands before it.
INSTALLED_APPS = [
    "modeltranslation",
    "portal.common",
    "portal.accounts",
    "goals",
    "measures",
    "indicators",
    "consultation",
    "portal.content",
    "portal.progress",
    "portal.search",
    "portal.pages",
    "allauth",
    "allauth.account",
    "import_export",
    "portal.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.common.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages; static files are compressed already. Tokens are masked anew in each answer.
    "django.middleware.gzip.GZipMiddleware",
    "portal.common.middleware.RefuseMalformedRequest",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.common.middleware.TranslateSegments",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.StaffLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.pages.context.site",
            ],
            "builtins": ["portal.common.templatetags.portal"],
        },
    },
]

# Data.
DATABASES = {"default": tuned_database(DATABASE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "portal.common.cache.FallbackRedisCache",
        "LOCATION": REDIS_URL,
        # A hung Redis may hold a request for a moment only.
        "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"

# Background work: Redis as broker where there is one, else files below var/.
vars().update(broker_settings(REDIS_URL, VAR_DIR / "broker"))
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# A killed worker has no second task in hand that would wait for the visibility timeout.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A task that hangs gives its place up, before the broker hands it out a second time.
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_ALWAYS_EAGER = PORTAL_ENV == "test"
CELERY_BEAT_SCHEDULE = {
    "heartbeat": every(30, "portal.common.tasks.beat"),
    "outbox": every(5, "portal.common.tasks.drain_outbox"),
    "mail": every(30, "portal.common.tasks.send_mail"),
    "publish-scheduled": every(60, "portal.content.tasks.publish_scheduled"),
    "share-images": every(60, "portal.pages.tasks.render_share_images"),
    "orphaned-evidence": at(3, 20, "portal.pages.tasks.remove_orphaned_evidence"),
    "reconcile-progress": every(60, "portal.progress.tasks.reconcile_progress"),
    "judge-new-day": at(0, 5, "portal.progress.tasks.judge_new_day"),
    "charts": every(60, "portal.progress.charts.tasks.draw_missing_charts"),
    "reminders": every(600, "portal.progress.freshness.tasks.remind_of_updates"),
}

# Languages. Slovenian is the original; no text ever falls back to the other language.
USE_TZ = True
LANGUAGE_CODE = "sl"
LANGUAGES = [("sl", _("Slovenian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "sl"
MODELTRANSLATION_FALLBACK_LANGUAGES = ()

# Static files.
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "portal.common.finders.BundleFinder",
    "portal.common.finders.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PORTAL_ENV in ("embedded", "production")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Mail: kept as files below var/ unless a server is named.
EMAIL = mail_settings(EMAIL)
vars().update(EMAIL)
EMAIL_TIMEOUT = 10
if not PRODUCTION and EMAIL["EMAIL_BACKEND"].endswith("dummy.EmailBackend"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = FROM_EMAIL or CONTACT_EMAIL or "portal@localhost"

# Accounts: staff sign in with e-mail and password; citizens' accounts come with consultations.
CSRF_FAILURE_VIEW = "portal.pages.errors.csrf_failure"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# Security. The policy holds on every page, the admin included.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The grid of measured values has at most 200 rows of 24 boxes.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
EVIDENCE_MAX_BYTES = 10 * 1024 * 1024
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 63_072_000
    # The portal is one name of the city's domain; what holds for the others is not ours to say.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

if PORTAL_ENV == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DEBUG:
    INSTALLED_APPS.append("debug_toolbar")
    after_compression = MIDDLEWARE.index("django.middleware.gzip.GZipMiddleware") + 1
    MIDDLEWARE.insert(after_compression, "debug_toolbar.middleware.DebugToolbarMiddleware")
    INTERNAL_IPS = ["127.0.0.1", "::1"]
    DEBUG_TOOLBAR_CONFIG = {"SHOW_COLLAPSED": True}
