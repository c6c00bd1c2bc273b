"""Secrets, cookies, headers, sign-in. Sources: OWASP ASVS 5.0; domain/trust.md S11-S22."""

import ipaddress
import os
from urllib.parse import urlsplit

from django.utils.csp import CSP

from linli.config import instance

from .base import LINLI_DATA, LINLI_DEMO, LINLI_INSTANCE, PORT

_HAVE_SECRETS = (LINLI_DATA / "secrets" / "django").exists()
# Without an instance only `linli init` and `linli demo` run; they need no lasting key.
SECRET_KEY = instance.read_secret(LINLI_DATA, "django") if _HAVE_SECRETS else os.urandom(32).hex()

ALLOWED_HOSTS = LINLI_INSTANCE.hosts
HTTPS = LINLI_INSTANCE.origin.startswith("https://")
LINLI_ORIGIN = LINLI_INSTANCE.origin or f"http://127.0.0.1:{PORT}"
CSRF_TRUSTED_ORIGINS = [LINLI_INSTANCE.origin] if LINLI_INSTANCE.origin else []

SESSION_ENGINE = "linli.common.sessions"
SESSION_COOKIE_NAME = "__Host-linli" if HTTPS else "linli"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
# A tile server of one's own for the plans of streets: LINLI_TILES=https://tiles.example.cn/{z}/{x}/{y}.png
LINLI_TILES = os.environ.get("LINLI_TILES", "")
if LINLI_TILES:
    SECURE_CSP["img-src"].append("{0.scheme}://{0.netloc}".format(urlsplit(LINLI_TILES)))

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# In the demo anyone may be anyone, at one press of a button; a real instance asks its staff for a second factor.
LINLI_STAFF_SECOND_FACTOR = not LINLI_DEMO
# Networks whose machines may read /metrics, besides this machine itself: LINLI_METRICS_FROM=10.0.0.0/24,fd00::/8
LINLI_METRICS_FROM = [ipaddress.ip_network(text.strip()) for text in os.environ.get("LINLI_METRICS_FROM", "").split(",") if text.strip()]
