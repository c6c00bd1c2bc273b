"""Service items for tests. Not collected by pytest."""

from datetime import timedelta
from itertools import count

from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW, TODAY, actor_of, make_body, make_person, make_post
from linli.services.actions.items import create_item, publish_item, save_draft
from linli.services.content import Amount, Basis, Condition, Content, Faq, Material, Question, Step
from linli.services.models import Item
from linli.services.rules import Audience, LifeEvent, Pace, Source

_n = count(1)
OWN, OTHER = "who=本人来", "who=别人代办"


def make_content(**more) -> Content:
    """A whole document: an allowance for the old."""
    values = {
        "name": "高龄津贴申领", "lead": "年满 80 周岁的老人，每月领一笔", "also": ("尊老金",), "audiences": (Audience.OLD,),
        "events": (LifeEvent.RETIRE,), "pace": Pace.PROMISED, "promised_amount": 5, "legal_amount": 20, "visits": 1,
        "ask_phone": "555 0100", "result_name": "每月 100 元",
        "conditions": (Condition("年满 80 周岁"), Condition("户口在本市")),
        "amounts": (Amount("80—89 岁", "每月 100 元"),),
        "questions": (Question("who", "谁来办？", ("本人来", "别人代办")),),
        "materials": (
            Material("m1", "身份证", source=Source.BASE), Material("m2", "银行卡", form="both"), Material("m3", "委托书", when=(OTHER,)),
        ),
        "steps": (Step("受理", "社区当场收下"), Step("审核", "街道", 3)),
        "bases": (Basis("市老年人优待办法", "第十一条", "2024-01-01"),),
        "faqs": (Faq("自己来不了怎么办？", "家人代办，或者请人上门。"),),
        **more,
    }  # fmt: skip
    return Content(**values)


def make_item(place, body=None, *, published=True, code="", by=None, now=NOW, **more) -> Item:
    body = body or make_body(
        BodyKind.STREET_OFFICE, place, phone="555 0100", hours="周一至周五 8:30—17:00", address="柳渡路 1 号"
    )
    content = make_content(offices=(str(body.pk),), **more)
    item = create_item(
        place=place,
        body=body,
        scheme="own",
        code=code or f"LD-{next(_n):04d}",
        name=content.name,
        by=by,
        now=now,
    )
    item = save_draft(item=item, content=content, revision=item.revision, by=by, now=now)
    return publish_item(item=item, revision=item.revision, why="", by=by, now=now) if published else item


def publish_again(item, why="换了标准", now=NOW, **more) -> Item:
    """A further version with these changes."""
    from dataclasses import replace

    item = save_draft(
        item=item, content=replace(item.newest, **more), revision=item.revision, by=None, now=now
    )
    return publish_item(item=item, revision=item.revision, why=why, by=None, now=now)


def make_clerk(place, kind=BodyKind.STREET_OFFICE, role=Role.STREET_OFFICE):
    body = make_body(kind, place, phone="555 0100", hours="周一至周五 8:30—17:00")
    return make_post(make_person("李敏"), body, role).person


__all__ = [
    "NOW",
    "OTHER",
    "OWN",
    "TODAY",
    "actor_of",
    "make_clerk",
    "make_content",
    "make_item",
    "publish_again",
    "timedelta",
]
