"""Which public pages are kept, on what each depends, and that no table is shown or written past its tag."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import linli
from linli.common.pagecache.parts import forget
from linli.people.actions.signin_links import create_administrator
from linli.people.models import Post
from linli.people.rules import Role
from linli.people.tests.factories import NOW

from .test_cached_pages import Site, declared, paths, town

__all__ = ["town"]
pytestmark = pytest.mark.django_db(transaction=True)

BOOK = {"phones", "synonyms", "calendar"}
_KEY = "01890000-0000-7000-8000-000000000000"
# The whole list, by hand: a new cached page is named here with what it shows.
PAGES = {
    "portal:home": {"areas", "bodies", "boxes", "sites", "news"}, "portal:streets": {"areas", "bodies", "boxes", "sites", "news"},
    "portal:site": {"sites", "areas", "news", "bodies", "boxes", "posts", "boards"}, "portal:place": {"areas", "bodies", "boxes", "sites", "news"}, "portal:find": {"areas", "sites"},
    "portal:phones": {"areas", "bodies", *BOOK}, "portal:phone": {"areas", "posts", "sites", *BOOK},
    **{f"portal:{name}": {"sites", "areas", "news", "bodies", *BOOK} for name in ("site_phones", "site_phones_plan")},
    "portal:about": {"areas", "bodies"}, "portal:privacy": {"areas", "bodies"},
    "portal:accessibility": {"areas", "bodies"}, "people:body": {"areas", "bodies", "posts"},
    "portal:notices": {"sites", "areas", "news", "bodies"}, "portal:notice": {"notice:0", "sites", "areas", "bodies"},
    **{f"activities:{name}": {"sites", "areas", "news"} for name in ("coming", "past")}, "activities:event": {"event:0", "sites", "areas", "bodies"},
    **{f"deliberation:{name}": {"sites", "areas", "news", "bodies", "posts", "calendar"} for name in ("questions", "unanswered")},
    "deliberation:question": {f"question:{_KEY}", "questions", "sites", "areas", "bodies", "posts", "calendar"},
    "deliberation:office": {"questions", "sites", "areas", "bodies", "posts", "calendar"},
    **{f"studio:{name}": {"sites", "areas", "news"} for name in ("guides", "guide", "files")},
    "forum:boards": {"sites", "areas", "news", "boards"}, **{f"forum:{name}": {"sites", "areas", "news", "boards"} for name in ("tags", "tagged")},
    **{f"forum:{name}": {f"{name}:0", "sites", "areas", "news", "boards"} for name in ("board", "topic")},
    **{f"forum:{name}": {"boards"} for name in ("post", "history")},
    "forum:log": {"sites", "areas", "news", "bodies", "forum.acts"}, "forum:rules": {"sites", "areas", "news", "bodies", "forum.rules"},
    **{f"casework:{name}": {"sites", "areas", "news", "bodies"} for name in ("public", "rates")},
    "casework:body_rates": {"sites", "areas", "bodies"}, "casework:public_case": {f"case:{_KEY}", "cases", "sites", "areas", "bodies"},
    "services:items": {"sites", "areas", "news"}, "services:item": {f"service:{_KEY}", "sites", "areas", "bodies", "calendar"},
    "openapi:interface": {"bodies"}, **{f"openapi:hsds_{name}": {"areas", *BOOK} for name in ("services", "organizations")},
    "design:gallery": set(), "design:gallery_page": set(),
    "portal:blog": {"sites", "areas", "news", "bodies", "posts"}, "portal:albums": {"sites", "areas", "news", "bodies", "posts"},
    **{f"portal:{name}": {"sites", "areas", "news"} for name in ("blog_post", "blog_history", "blog_author", "album", "album_picture")},
}  # fmt: skip
_NOBODY = {"pk": _KEY}
_SITE = {"slug": "nobody-has-it"}
ARGUMENTS = {
    **dict.fromkeys(("site", "blog", "albums", "notices", "site_phones", "site_phones_plan", "coming", "past", "guides", "files", "questions", "unanswered", "boards", "log", "rules", "tags"), _SITE),
    **dict.fromkeys(("public", "rates", "items"), _SITE), **dict.fromkeys(("public_case", "item"), _NOBODY),
    "tagged": {**_SITE, "word": "停车"}, **{key: {"pk": 0} for key in ("board", "topic", "post", "history")},
    "guide": {**_SITE, "page": "nothing"}, "event": {"pk": 0},
    **dict.fromkeys(("blog_post", "blog_history", "blog_author", "album", "album_picture", "question", "office"), _NOBODY),
    "notice": {"pk": 0},
}  # a site that is there has the tags of its places instead of "news"
# What is shown of each table belongs to this tag.
TAG = {
    "Area": "areas", "AreaName": "areas", "Succession": "areas", "Cell": "areas", "Home": "areas",
    "Body": "bodies", "BodyPlace": "bodies", "BodySuccession": "bodies", "Post": "posts", "Person": "posts",
    "Site": "sites", "Notice": "news", "DirectoryEntry": "phones", "DirectoryPhone": "phones", "StreetPlan": "phones",
    "Synonym": "synonyms", "DayTable": "calendar", "DayRow": "calendar",
}  # fmt: skip
_APPS = ("linli_areas", "linli_people", "linli_sites", "linli_portal", "linli_search", "linli_calendar")
TABLES = {apps.get_model(app, name)._meta.db_table: name for name in TAG for app in _APPS if name.lower() in apps.all_models[app]}
# What stands on a site: whoever changes it moves the tag of its place, and "news".
EVENTS = apps.get_model("linli_activities", "Event")._meta.db_table
TABLES[EVENTS] = "Event"
WRITES = {"create", "bulk_create", "bulk_update", "update", "get_or_create", "update_or_create", "delete", "save"}


def test_the_kept_pages_and_their_tags_are_these():
    found = {}
    for entry in declared():
        spec = entry.callback.page_cache
        found[entry.name] = set(spec.tags_of(ARGUMENTS.get(entry.name, {})))
    assert found == {name.split(":")[1]: tags for name, tags in PAGES.items()}


def test_a_kept_page_reads_no_table_past_its_tags(town):
    site = Site(8 << 20)
    names = dict(zip(paths(town), ["home", "find", "phones", "about", "privacy", "accessibility", "gallery", "place", "place", "place", "body"], strict=True))
    by_name = {name.split(":")[1]: tags for name, tags in PAGES.items()}
    seen = set()
    for path, name in names.items():
        forget()
        with CaptureQueriesContext(connection) as queries:
            assert site.get(path).status == 200
        read = {TABLES[table] for query in queries for table in re.findall(r'"(linli_\w+)"', query["sql"]) if table in TABLES}
        others = {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "?(linli_\w+)', query["sql"])} - set(TABLES)
        assert others <= {"linli_common_cachetag"}, f"{path} shows {others}: give them a tag"
        assert {TAG.get(model, "news") for model in read} <= by_name[name], f"{path} shows {read}"
        seen |= read
    assert {"Area", "Home", "Body", "BodyPlace", "Post", "Person"} <= seen, "the test looks where it should"


def writers():
    """Every function of an app's verbs that writes one of the tables: its place, the tags it ought to move, its module's."""
    root = Path(linli.__path__[0])
    for path in sorted([*root.glob("*/actions/**/*.py"), *root.glob("*/actions.py"), root / "areas/bulk.py"]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        bumped = {
            word.value for call in ast.walk(tree) if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "bump"
            for word in call.args if isinstance(word, ast.Constant)
        }  # fmt: skip
        for function in tree.body:
            if isinstance(function, ast.FunctionDef):
                models = {model for call in ast.walk(function) if isinstance(call, ast.Call) for model in _written(call)}
                if path.is_relative_to(root / "forum"):
                    models.discard("Post")  # one of its own, whose writers move the tags of topic and board: forum/actions/touching.py
                if models:
                    yield f"{path.relative_to(root)}:{function.name}", {TAG[model] for model in models}, bumped


def _written(call):
    """The models of a call such as `Body.objects.filter(…).update(…)` or `Post.objects.create(…)`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES:
        names = {node.id for node in ast.walk(call.func) if isinstance(node, ast.Name)}
        yield from names & set(TAG)


def test_whoever_writes_what_a_kept_page_shows_moves_its_tag():
    found = list(writers())
    assert len(found) >= 10
    # areas brings a table in for people.actions.divisions, which bumps once for both
    theirs = [one for one in found if not one[0].startswith(("areas/bulk.py", "areas/actions/divisions.py"))]
    late = [f"{place} writes {wanted}, its module bumps {bumped}" for place, wanted, bumped in theirs if not wanted <= bumped]
    assert not late, "\n".join(late)


def test_the_first_administrator_stands_on_the_districts_page(town):
    site = Site(8 << 20)
    first = create_administrator(phone="13800000001", name="秦岚", now=NOW)
    page = reverse("people:body", args=[Post.objects.get(person=first, role=Role.DISTRICT).body_id])
    assert "秦岚" in site.get(page).text
    create_administrator(phone="13800000002", name="冯海生", now=NOW)
    assert "冯海生" in site.get(page).text
