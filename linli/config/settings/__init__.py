"""Settings, split by concern. Each public setting is described in docs/reference/settings.md."""

from .accounts import *  # noqa: F403
from .base import *  # noqa: F403
from .database import *  # noqa: F403
from .i18n import *  # noqa: F403
from .logging import *  # noqa: F403
from .publishing import *  # noqa: F403
from .security import *  # noqa: F403
