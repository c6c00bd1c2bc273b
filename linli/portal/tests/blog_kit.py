"""A small town with those who write. Not collected by pytest."""

from linli.areas.tests.factories import make_cell
from linli.files.tests.factories import picture, uploaded
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post, make_residency
from linli.portal.actions.albums import make_album
from linli.portal.actions.blog import save_post
from linli.sites.api import site_of


def make_town():
    """Places, their sites under `site_<key>`, and actors: resident, stranger, committee, property, editor."""
    town = make_cell()
    for key in ("street", "community_a", "community_b", "compound_a1", "compound_a2"):
        town[f"site_{key}"] = site_of(town[key])
    resident = make_person("丁桂兰")
    make_residency(resident, town["home"])
    town |= {"resident": actor_of(resident), "stranger": actor_of(make_person("林一帆"))}
    for key, kind, role, place in (
        ("committee", BodyKind.RESIDENTS_COMMITTEE, Role.RESIDENTS_COMMITTEE, "community_a"),
        ("property", BodyKind.PROPERTY_COMPANY, Role.PROPERTY_COMPANY, "compound_a1"),
        ("editor", BodyKind.RESIDENTS_COMMITTEE, Role.SITE_EDITOR, "community_a"),
        ("auditor", BodyKind.STREET_OFFICE, Role.AUDITOR, "street"),
    ):  # fmt: skip
        post = make_post(make_person(f"人{key}"), make_body(kind, town[place], name=f"单位{key}"), role, is_head=key == "committee")
        town[key] = actor_of(post.person)
    return town


def write(by, site, title="桥头的早点摊", text="六点半开门，豆浆两块。", now=NOW, publish=True, **more):
    return save_post(by=by, site=site, title=title, text=text, now=now, publish=publish, **more)


def small(n=0):
    """A small picture, different for each number."""
    return uploaded(picture(64 + n, 48), f"图{n}.jpg")


def show(by, site, n=2, title="河边", now=NOW, **more):
    return make_album(by=by, site=site, title=title, lead="", uploads=[(small(k), f"图{k}") for k in range(n)], now=now, **more)
