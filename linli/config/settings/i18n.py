"""Chinese first, English as full equal. Stored in UTC, shown in Shanghai."""

from django.utils.translation import gettext_lazy as _

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LANGUAGE_COOKIE_NAME = "linli_lang"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
