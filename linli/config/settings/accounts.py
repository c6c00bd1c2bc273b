"""Sign-in by django-allauth: phone and code, password, passkey, TOTP."""

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "linli.people.adapters.AccountAdapter"
MFA_ADAPTER = "linli.people.adapters.MFAAdapter"
