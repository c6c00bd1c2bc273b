"""Three streets × two communities × two compounds with confusable keys, an actor for every role, canaries everywhere."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator

from linli.areas.api import Area, Home, Level, create_area, set_cell
from linli.areas.models import HomesDraft
from linli.common import clock
from linli.common.ids import uuid7
from linli.files.models import File
from linli.messaging.api import Channel, Free, tell
from linli.messaging.models import Delivery
from linli.people.models import (
    Body,
    BodyPlace,
    Guardianship,
    Identifier,
    Mandate,
    Person,
    Post,
    Residency,
    ResidencyEvent,
    RollEntry,
)  # fmt: skip
from linli.people.rules import BodyKind, MandateHow, ResidencyKind, ResidencyState, Role
from linli.portal.models import (
    Album,
    AlbumPicture,
    BlogPost,
    BlogVersion,
    DirectoryDraft,
    DirectoryEntry,
    DirectoryPhone,
    DirectoryReport,
    DutyLine,
    Notice,
    PictureReport,
)
from linli.portal.notice_rules import NoticeState
from linli.sites.api import GroupApplication, Site, SiteKind, open_group_site, site_of
from linli.studio.api import LibraryFile, write_guide
from tests.policy import (
    api_keys,
    cases,
    cases_desk,
    events,
    forms,
    forum,
    moderation,
    questions,
    reading,
    services,
)

# Keys are chosen so that the path of one is the beginning of the other's, but for the slash.
STREETS = (7, 8, 9)
COMMUNITIES = {7: (71, 710), 8: (81, 82), 9: (91, 92)}
COMPOUNDS = {71: (711, 7110), 710: (7101, 7102), 81: (811, 812), 82: (821, 822), 91: (911, 912), 92: (921, 922)}
ORIGIN = 711  # the compound around which the actors stand: compound 711, community 71, street 7, district 5
PLACE_OF_ROLE = {
    Role.OWNERS_COMMITTEE: 711, Role.PROPERTY_COMPANY: 711, Role.RESIDENTS_COMMITTEE: 71, Role.SERVICE_STATION: 71,
    Role.SITE_EDITOR: 71, Role.MEDIATOR: 71, Role.PROVIDER: 71, Role.STREET_OFFICE: 7, Role.CALL_AGENT: 7,
    Role.DISTRICT: 5, Role.AUDITOR: 5, Role.OPERATOR: 5,
}  # fmt: skip
BODY_OF_ROLE = {
    Role.OWNERS_COMMITTEE: BodyKind.OWNERS_COMMITTEE, Role.PROPERTY_COMPANY: BodyKind.PROPERTY_COMPANY,
    Role.RESIDENTS_COMMITTEE: BodyKind.RESIDENTS_COMMITTEE, Role.SERVICE_STATION: BodyKind.SERVICE_STATION,
    Role.SITE_EDITOR: BodyKind.RESIDENTS_COMMITTEE, Role.MEDIATOR: BodyKind.SOCIAL_ORG, Role.PROVIDER: BodyKind.MERCHANT,
    Role.STREET_OFFICE: BodyKind.STREET_OFFICE, Role.CALL_AGENT: BodyKind.STREET_OFFICE,
    Role.DISTRICT: BodyKind.DISTRICT, Role.AUDITOR: BodyKind.DISTRICT, Role.OPERATOR: BodyKind.DISTRICT,
}  # fmt: skip
HEADS = {Role.DISTRICT, Role.OPERATOR, Role.STREET_OFFICE, Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION,
         Role.OWNERS_COMMITTEE, Role.PROPERTY_COMPANY, Role.PROVIDER}  # fmt: skip
WRITING = {Role.STREET_OFFICE, Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION, Role.OWNERS_COMMITTEE, Role.PROPERTY_COMPANY}
LONG_AGO = date(2020, 1, 1)
DRAFT = json.dumps([["楼栋", "单元", "房号"], [[2, ["1 幢", "1 单元", "102"]]]])


@dataclass
class Spot:
    """One compound of the world with everything that stands in it, by object kind."""

    path: str
    objects: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    spots: list[Spot] = field(default_factory=list)
    actors: dict[str, Person] = field(default_factory=dict)
    place_of: dict[str, Area] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    canaries: dict[str, str] = field(default_factory=dict)


def build() -> World:
    world, areas = World(), {}
    areas[5] = create_area(parent=None, level=Level.DISTRICT, name="区", pk=5)
    set_cell(areas[5])
    for street in STREETS:
        areas[street] = create_area(parent=areas[5], level=Level.STREET, name=f"街{street}", pk=street)
        for community in COMMUNITIES[street]:
            areas[community] = create_area(
                parent=areas[street], level=Level.COMMUNITY, name=f"社{community}", pk=community
            )
            for compound in COMPOUNDS[community]:
                areas[compound] = create_area(
                    parent=areas[community], level=Level.COMPOUND, name=f"区{compound}", pk=compound
                )
    for pk, area in list(areas.items()):
        world.spots.append(_spot(world, pk, area))
    for role in Role:
        _actor(world, role, areas)
    _guide(areas[ORIGIN])
    return world


def person(world: World, who: str, owner: str = "") -> Person:
    """A person whose every protected field holds a canary that names him."""
    now = clock.now()
    number = len(world.canaries)
    legal, phone, mail = f"金丝雀{who}名", f"1990000{number:04d}", f"canary-{who}-{number}@example.org"
    row = Person.objects.create(display_name=f"人{who}", legal_name=legal, born=f"1950-01-{number % 28 + 1:02d}", created_at=now)
    for kind, value in (("phone", f"+86{phone}"), ("email", mail)):
        Identifier.objects.create(person=row, kind=kind, value=value, verified_at=now)
    for canary in (legal, phone, mail):
        world.canaries[canary] = owner or str(row.pk)
    return row


def _on_site(spot: Spot, pk: int, area: Area, site: Site, body: Body, holder: Person) -> None:
    """What stands on the site of a place."""
    now = clock.now()
    spot.objects["site"] = site
    spot.objects |= _notices(site, body, holder)
    spot.objects["duty_line"] = DutyLine.objects.create(site=site, name=f"值{pk}", role="居委会", changed_at=now)
    spot.objects["library_file"] = LibraryFile.objects.create(site=site, title=f"表{pk}", type="pdf", at=now, file=uuid7())
    spot.objects |= events.at_spot(area, body, holder) | questions.at_spot(area, body, holder)
    spot.objects |= cases.at_spot(area, body)
    spot.objects |= _blog(site, holder) | _group(body, area, holder)
    spot.objects |= forum.at_spot(area, holder) | services.at_spot(area, body)
    spot.objects |= services.papers_of(holder, body)
    spot.objects["shown_paper"] = spot.objects["paper_share"]
    spot.objects |= reading.at_spot(spot.objects, holder)
    spot.objects |= moderation.at_spot(spot.objects, holder, person_who_reports())


def _spot(world: World, pk: int, area: Area) -> Spot:
    """A place with a body in it, and, where it is a compound, a home with people, a claim and a roll."""
    now, today = clock.now(), clock.local_date(clock.now())
    spot = Spot(area.path, {"place": area})
    body = Body.objects.create(kind=BodyKind.SOCIAL_ORG, name=f"体{pk}", valid_from=LONG_AGO)
    BodyPlace.objects.create(body=body, area=area, since=LONG_AGO)
    holder = person(world, f"任{pk}")
    spot.objects |= {"body": body, "post": Post.objects.create(
        person=holder, body=body, role=Role.SITE_EDITOR, title="编辑", since=LONG_AGO
    )}  # fmt: skip
    free = Free(f"信{pk}", "明天停水", holder, f"体{pk}")
    spot.objects["message"] = tell(person=holder, template="free", key=f"spot {pk}", place=area, free=free, now=now)
    spot.objects |= api_keys.of_spot(body, holder)
    site = site_of(area)
    if site is not None:
        _on_site(spot, pk, area, site, body, holder)
    spot.objects |= _directory(area, holder) | cases_desk.at_spot(area, body)
    spot.objects |= forms.at_spot(area, body, holder, spot.objects["post"])
    if area.level != Level.COMPOUND:
        return spot
    building = create_area(parent=area, level=Level.BUILDING, name="1 幢")
    entrance = create_area(parent=building, level=Level.ENTRANCE, name="1 单元")
    home = create_area(parent=entrance, level=Level.HOME, name="101")
    Home.objects.create(area=home, floor=1, floor_area=60_000)
    owner, claimant = person(world, f"住{pk}"), person(world, f"申{pk}")
    dates = {"claimed_at": now, "since": today - timedelta(days=30)}
    stay = Residency.objects.create(
        person=owner, area=home, kind=ResidencyKind.OWNER, state=ResidencyState.VERIFIED, **dates
    )
    note = f"金丝雀说明{pk}"
    claim = Residency.objects.create(person=claimant, area=home, kind=ResidencyKind.TENANT, note=note, **dates)
    for row in (stay, claim):
        ResidencyEvent.objects.create(residency=row, at=now, event="claim", state=ResidencyState.CLAIMED)
    roll = RollEntry(home=home, kind=ResidencyKind.OWNER, name=f"金丝雀册{pk}", phone=f"+8619911{pk:06d}", imported_at=now)
    roll.save()
    mandate = Mandate.objects.create(
        principal=owner, agent=claimant, scopes=["all"], how=MandateHow.IN_PERSON, since=today - timedelta(days=1),
        until=today + timedelta(days=100), recorded_by=owner, recorded_at=now,
    )  # fmt: skip
    for canary, whose in ((note, claimant), (f"金丝雀册{pk}", None), (f"19911{pk:06d}", None)):
        world.canaries[canary] = str(whose.pk) if whose else ""
    spot.objects |= {
        "building": building, "entrance": entrance, "home": home, "residency": stay, "claim": claim, "person": owner,
        "mandate": mandate,
        "compound": area, "identifier": owner.identifiers.first(), "passkey": _passkey(owner),
        "draft": HomesDraft.objects.create(compound=area, by=owner.pk, at=now, name="房屋.csv", content=DRAFT),
        "proof": _proof(claim),
        "letter": _letter(world, owner, f"金丝雀说明{pk}000"),
    }  # fmt: skip
    return spot


def _proof(claim: Residency) -> File:
    """A photo that lies with a claim; its bytes are told of in the tests of files."""
    sizes = {"large": [1, 1, 1], "small": [1, 1, 1]}
    return File.objects.create(
        owner_kind="claim.proof", owner_id=str(claim.pk), by=claim.person_id, purpose="claim", at=claim.claimed_at, type="picture",
        name="合同.jpg", alt="租房合同", folder=f"00/{claim.pk.hex}", sizes=sizes, total=1, sha256="0" * 64,
    )  # fmt: skip


def _letter(world: World, reader: Person, text: str) -> Delivery:
    """A letter in the inbox whose words are the reader's alone."""
    world.canaries[text] = str(reader.pk)
    message = tell(person=reader, template="free", key=text, free=Free("信", text), wants_ack=True, now=clock.now())
    return Delivery.objects.get(message=message, channel=Channel.INBOX)


def _passkey(who: Person) -> Authenticator:
    return Authenticator.objects.create(user=who, type=Authenticator.Type.WEBAUTHN, data={"name": "钥匙", "credential": {}})


def _actor(world: World, role: Role, areas: dict[int, Area]) -> None:
    now, today = clock.now(), clock.local_date(clock.now())
    who = world.actors[role] = person(world, f"角{role}")
    world.own[role] = {"person": who, "letter": _letter(world, who, f"金丝雀说明{len(world.canaries)}001")}
    world.own[role] |= forms.of_person(who)
    if role in (Role.RESIDENT, Role.OWNER):
        world.own[role] |= forum.own_of(areas[ORIGIN], who)
        world.own[role] |= reading.at_spot(world.own[role], who)
    if role in BODY_OF_ROLE:
        place = areas[PLACE_OF_ROLE[role]]
        body = Body.objects.create(kind=BODY_OF_ROLE[role], name=f"机构{role}", valid_from=LONG_AGO)
        BodyPlace.objects.create(body=body, area=place, since=LONG_AGO)
        post = Post.objects.create(
            person=who, body=body, role=role, title="岗", is_head=role in HEADS, since=LONG_AGO
        )
        world.place_of[role] = place
        world.own[role] |= forms.of_body(role, place, body, who, post)
        world.own[role] |= {"post": post, "body": body} | events.of_body(role, place, body) | questions.of_body(role, place, body, who)
        world.own[role] |= api_keys.of_body(role, body, who)
        world.own[role] |= cases_desk.of_body(role, place, body)
        world.own[role] |= cases.of_body(role, place, body)
        world.own[role] |= services.papers_of(who, body) | services.shown_to(body, person_who_reports())
        if role in WRITING:
            world.own[role]["desk_notice"] = _notice(site_of(place), body, who, NoticeState.DRAFT)
        if role in {Role.RESIDENTS_COMMITTEE, Role.STREET_OFFICE}:
            world.own[role]["phones_draft"] = _phones_draft(place, who)
            world.own[role]["draft"] = HomesDraft.objects.create(
                compound=areas[ORIGIN], by=who.pk, at=now, name="房屋.csv", content=DRAFT
            )
        return
    world.place_of[role] = areas[71] if role == Role.MEMBER else areas[ORIGIN]
    if role == Role.UNVERIFIED:
        return
    home = Area.objects.get(path__under=areas[ORIGIN].path, level=Level.HOME)
    kind, area = {
        Role.MEMBER: (ResidencyKind.WORKS_HERE, areas[71]),
        Role.RESIDENT: (ResidencyKind.FAMILY, home),
        Role.OWNER: (ResidencyKind.OWNER, home),
    }[role]
    stay = Residency.objects.create(
        person=who, area=area, kind=kind, state=ResidencyState.VERIFIED, claimed_at=now, since=today - timedelta(days=9)
    )
    other = person(world, f"托{role}", owner=str(who.pk))
    mandate = Mandate.objects.create(
        principal=who, agent=other, scopes=["all"], how=MandateHow.PAPER, since=today - timedelta(days=1),
        until=today + timedelta(days=9), recorded_by=other, recorded_at=now,
    )  # fmt: skip
    ward = person(world, f"童{role}", owner=str(who.pk))
    Guardianship.objects.create(
        child=ward, guardian=who, since=today - timedelta(days=9), until=today + timedelta(days=900), consented_at=now
    )
    world.own[role] |= {"residency": stay, "mandate": mandate}
    world.own[role] |= questions.of_person(areas[ORIGIN], Body.objects.filter(places__area=areas[ORIGIN]).first(), who)
    site = site_of(areas[ORIGIN])
    if role != Role.MEMBER and site is not None:
        world.own[role] |= {key: thing for key, thing in _blog(site, who).items() if key in ("blog_post", "album")}


def relation(actor_place: Area, path: str) -> str:
    """How a place stands to the actor's, by its path alone."""
    mine = actor_place.path
    if path == mine:
        return "own"
    if path.startswith(mine):
        return "below"
    if mine.startswith(path):
        return "above"
    parent = mine.rstrip("/").rsplit("/", 1)[0] + "/"
    if path.startswith(mine.rstrip("/")):
        return "confusable"
    rest = path.removeprefix(parent)
    if path.startswith(parent) and rest.count("/") == 1:
        return "beside"
    return "foreign"


def _notices(site: Site, body: Body, writer: Person) -> dict[str, Notice]:
    """One that everybody reads, and one that waits on the desk."""
    return {
        "notice": _notice(site, body, writer, NoticeState.PUBLISHED),
        "desk_notice": _notice(site, body, writer, NoticeState.WAITING),
    }


def _notice(site: Site, body: Body, writer: Person, state: str) -> Notice:
    now = clock.now()
    return Notice.objects.create(
        site=site, place=site.place, issuer=body, kind="other", title="开门时间", text="照常。", state=state, writer=writer,
        created_at=now, valid_until=now + timedelta(days=9), published_at=now if state == NoticeState.PUBLISHED else None,
    )  # fmt: skip


def _blog(site: Site, author: Person) -> dict[str, Any]:
    """A post and an album with a picture that somebody reported."""
    now = clock.now()
    post = BlogPost.objects.create(
        site=site, author=author, title="早点摊", text="豆浆两块", state="published", created_at=now, changed_at=now, published_at=now
    )
    BlogVersion.objects.create(post=post, at=now, event="publish", state="published", by=author, title=post.title, text=post.text)
    album = Album.objects.create(site=site, author=author, title="河边", created_at=now, changed_at=now)
    file = File.objects.create(
        owner_kind="album", owner_id=str(album.pk), by=author.pk, purpose="album", at=now, type="picture", name="河.png",
        folder=f"00/{album.pk.hex}", sizes={size: [9, 4, 3] for size in ("small", "medium", "large")}, total=27, sha256="0" * 64,
    )  # fmt: skip
    picture = AlbumPicture.objects.create(album=album, file=file, nth=1, alt="河")
    report = PictureReport.objects.create(album=album, picture=picture, by=person_who_reports(), at=now, reason="看得清门牌")
    return {"blog_post": post, "album": album, "album_picture": picture, "picture_report": report}


def person_who_reports() -> Person:
    return Person.objects.filter(display_name="报图的人").first() or Person.objects.create(display_name="报图的人", created_at=clock.now())


def _group(body: Body, area: Area, leader: Person) -> dict[str, Any]:
    """A group with its site, and a wish for another."""
    now = clock.now()
    site = open_group_site(body=body, place=area, kind=SiteKind.CLUB, lead="", slug=f"group-{area.pk}", now=now)
    words = {"kind": SiteKind.CLUB, "place": area, "purpose": "教锁边", "contact": "周六", "by": leader, "at": now}
    GroupApplication.objects.create(name=body.name, state="opened", site=site, **words)
    return {"group_site": site, "group_wish": GroupApplication.objects.create(name="象棋角", **words)}


def _guide(place: Area) -> None:
    """The one guide whose address the tables name."""
    guide = write_guide(site=site_of(place), title="guide", kind="affairs", intro="一句话", steps=[], body=[], by=None, now=clock.now())
    assert guide.slug == "guide"


def _directory(area: Area, uploader: Person) -> dict[str, Any]:
    """An entry of the directory of phones, what a reader says of it, and an uploaded table."""
    entry = DirectoryEntry.objects.create(name=f"店{area.pk}", group="everyday", place=area, changed_at=clock.now())
    DirectoryPhone.objects.create(entry=entry, number="5550100")
    report = DirectoryReport.objects.create(entry=entry, kind="number", once=uuid7(), at=clock.now())
    return {"phone": entry, "phone_report": report, "phones_draft": _phones_draft(area, uploader)}


def _phones_draft(area: Area, by: Person) -> DirectoryDraft:
    content = {"form": "sheet", "rows": [[2, ["新店", "5550199"]]], "columns": {"name": 0, "phones": 1}, "place": area.pk}
    return DirectoryDraft.objects.create(by=by.pk, at=clock.now(), name="电话.xlsx", content=json.dumps(content))
