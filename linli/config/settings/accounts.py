"""Sign-in by django-allauth: phone and code, password or card, passkey, TOTP. Its own limits are off: ours count in the database."""

import os

AUTHENTICATION_BACKENDS = ["linli.people.backends.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:account"

ACCOUNT_ADAPTER = "linli.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {"reauthenticate": "linli.people.forms.factor.PasswordAgainForm"}

MFA_ADAPTER = "linli.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "linli.people.forms.factor.FactorForm",
    "reauthenticate": "linli.people.forms.factor.FactorAgainForm",
    "activate_totp": "linli.people.forms.factor.NewFactorForm",
    "add_webauthn": "linli.people.forms.factor.NewPasskeyForm",
    "edit_webauthn": "linli.people.forms.factor.PasskeyNameForm",
}

# How many proxies of ours stand before the server; only then is X-Forwarded-For believed, counted from its end.
LINLI_PROXIES = int(os.environ.get("LINLI_PROXIES") or 0)
if LINLI_PROXIES:  # each of the examples under deploy/ sets it, whatever the client wrote
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
