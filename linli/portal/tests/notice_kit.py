"""Small worlds with notices for tests. Not collected by pytest."""

import re
from datetime import timedelta
from uuid import uuid4

from linli.areas.api import Level, create_area
from linli.areas.tests.factories import make_cell, make_home
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post, make_residency
from linli.portal.actions import notices as verbs
from linli.portal.actions.notices import Words
from linli.portal.models import Notice
from linli.sites.api import site_of


def make_town():
    """The cell, its committee with a writer and a checker, a company, the street office, and residents of two buildings."""
    town = make_cell()
    town["building2"] = create_area(parent=town["compound_a1"], level=Level.BUILDING, name="4 幢")
    town["far_home"] = make_home(
        create_area(parent=town["building2"], level=Level.ENTRANCE, name="1 单元"), "101"
    )
    other = create_area(parent=town["compound_a2"], level=Level.BUILDING, name="1 幢")
    town["next_home"] = make_home(create_area(parent=other, level=Level.ENTRANCE, name="1 单元"), "101")
    town["committee"] = make_body(
        BodyKind.RESIDENTS_COMMITTEE, town["community_a"], name="青砖里居委会", phone="555 0110"
    )
    town["company"] = make_body(BodyKind.PROPERTY_COMPANY, town["compound_a1"], name="邻安物业")
    town["office"] = make_body(BodyKind.STREET_OFFICE, town["street"], name="柳渡街道办")
    for key, name, body, role in (
        ("editor", "蒋小满", "committee", Role.SITE_EDITOR),
        ("chair", "沈玉兰", "committee", Role.RESIDENTS_COMMITTEE),
        ("manager", "唐惠民", "company", Role.PROPERTY_COMPANY),
        ("director", "李敏", "office", Role.STREET_OFFICE),
    ):
        person = make_person(name)
        make_post(person, town[body], role)
        town[key] = actor_of(person)
    for key, name, home in (
        ("he", "何立群", "home"),
        ("zhou", "周秀英", "far_home"),
        ("hu", "胡雨桐", "next_home"),
    ):
        town[key] = make_person(name)
        make_residency(town[key], town[home])
    return town


def words(place, **given):
    values = {
        "site": site_of(place), "kind": "outage", "level": "ordinary", "title": "更换单元门禁，旧卡可换新卡",
        "text": "带上旧卡，到物业前台换。\n\n- 每户两张\n- 不收钱", "valid_until": NOW + timedelta(days=10),
    }  # fmt: skip
    return Words(**{**values, **given})


def write(town, place="compound_a1", by="editor", now=NOW, **given):
    return verbs.write_notice(by=town[by], key=uuid4(), words=words(town[place], **given), now=now)


def put_up(town, place="compound_a1", by="editor", checker="chair", now=NOW, **given):
    """A notice that was written, checked and, where it is due, published."""
    notice = write(town, place, by, now, **given)
    verbs.submit_notice(by=town[by], pk=notice.pk, now=now)
    verbs.check_notice(by=town[checker], pk=notice.pk, version=1, now=now)
    return Notice.objects.select_related("place", "issuer", "site").get(pk=notice.pk)


def text(response):
    return re.sub(r'<span class="nb">(.*?)</span>', r"\1", response.content.decode()).replace("\xa0", " ")
