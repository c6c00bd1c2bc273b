from .group import GroupApplication, GroupEvent
from .site import FormerSlug, Site

__all__ = ["FormerSlug", "GroupApplication", "GroupEvent", "Site"]
