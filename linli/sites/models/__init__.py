from .site import FormerSlug, Site

__all__ = ["FormerSlug", "Site"]
