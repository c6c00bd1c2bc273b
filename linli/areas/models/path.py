"""The materialised path column and its one lookup."""

from typing import Any

from django.db import models
from django.db.models.lookups import BuiltinLookup


class PathField(models.CharField):
    """`/1/12/`: keys of all ancestors and the place itself, each segment closed by a slash."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        kw.setdefault("max_length", 120)
        super().__init__(*args, **kw)


@PathField.register_lookup
class Under(BuiltinLookup):
    """`path__under="/1/12/"`: the place itself and everything below it, by index on both databases.

    A path ends with a slash and "0" is the character after "/", so the subtree is the range [path, path with
    its last slash replaced by "0"); SQLite compares bytes, PostgreSQL uses the pattern index of LIKE.
    """

    lookup_name = "under"

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        low = str(self.rhs)
        return f"({left} >= %s AND {left} < %s)", [*params, low, *params, low[:-1] + "0"]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", [*params, f"{self.rhs}%"]
