"""The kinds of messages, one file each. Upper apps add theirs with `register`."""

from . import deadline_moved, free, post_began, post_ended, residency_refused, residency_verified
from .port import Said, Template, say

_templates: dict[str, Template] = {}


def register(template: Template) -> Template:
    """Raises ValueError for a key that is taken."""
    if _templates.setdefault(template.key, template) is not template:
        raise ValueError(f"two templates are called {template.key}")
    return template


def get(key: str) -> Template:
    """Raises LookupError for an unknown key."""
    if key not in _templates:
        raise LookupError(key)
    return _templates[key]


def all_templates() -> list[Template]:
    return [_templates[key] for key in sorted(_templates)]


for _one in (free, residency_verified, residency_refused, post_began, post_ended, deadline_moved):
    register(_one.TEMPLATE)

__all__ = ["Said", "Template", "all_templates", "get", "register", "say"]
