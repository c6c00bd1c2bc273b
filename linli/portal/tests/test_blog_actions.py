"""Blog posts: who may write where, drafts, publishing, changing, withdrawing, and what becomes of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.events.people import AccountClosed
from linli.files import storage
from linli.files.models import File
from linli.files.tests.factories import PDF, huge_png, uploaded
from linli.messaging.models import Delivery
from linli.people.account_export import collect
from linli.people.actions.account_close import close_account
from linli.people.policy import Actor
from linli.people.rules import BodyKind, ResidencyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post, make_residency
from linli.portal.actions.blog import PrivateFound, discard_draft, save_post, withdraw_post
from linli.portal.blog_permissions import B, may_write
from linli.portal.models import BlogPost, BlogVersion
from linli.portal.subscribers_blog import on_author_closed
from linli.search.models import SearchEntry
from linli.sites.api import SiteKind, open_group_site

from .blog_kit import make_town, small, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(monkeypatch, tmp_path):
    monkeypatch.setattr(storage, "root", lambda: tmp_path / "files")
    return make_town()


def found(post):
    return SearchEntry.objects.filter(kind="blog", subject=str(post.pk)).exists()


def test_a_resident_writes_where_his_home_lies_and_nowhere_else(town):
    where = [key for key in town if key.startswith("site_") and may_write(town["resident"], B.BLOG_WRITE, town[key])]
    assert where == ["site_street", "site_community_a", "site_compound_a1"]
    with pytest.raises(NotAllowed):
        write(town["resident"], town["site_compound_a2"])


def test_posts_write_inside_their_places_and_others_not_at_all(town):
    def at(who):
        return [key[5:] for key in town if key.startswith("site_") and may_write(town[who], B.BLOG_WRITE, town[key])]

    assert at("committee") == at("editor") == ["community_a", "compound_a1", "compound_a2"]
    assert at("property") == ["compound_a1"]
    assert at("stranger") == at("auditor") == []
    member = make_person("苗青")
    make_residency(member, town["community_a"], kind=ResidencyKind.WORKS_HERE)
    assert not may_write(actor_of(member), B.BLOG_WRITE, town["site_community_a"])


def test_nobody_writes_in_anothers_name(town):
    actor = Actor(person=town["stranger"].person, stays=town["resident"].stays, mandate=object())
    assert not may_write(actor, B.BLOG_WRITE, town["site_compound_a1"])


def test_a_groups_editor_writes_at_his_groups_site_and_not_at_the_place_where_it_stands(town):
    body = make_body(BodyKind.SOCIAL_ORG, town["community_a"], name="缝纫小组")
    editor = actor_of(make_post(make_person("裘丽萍"), body, Role.SITE_EDITOR).person)
    site = open_group_site(body=body, place=town["community_a"], kind=SiteKind.CLUB, lead="", now=NOW)
    assert may_write(editor, B.BLOG_WRITE, site) and not may_write(editor, B.BLOG_WRITE, town["site_community_a"])
    assert not may_write(town["resident"], B.BLOG_WRITE, site) and may_write(town["committee"], B.BLOG_WRITE, site)


def test_a_draft_may_be_empty_and_is_nobody_elses(town):
    post = write(town["resident"], town["site_compound_a1"], title="", text="", publish=False)
    assert post.state == "draft" and not found(post) and not post.versions.exists()
    with pytest.raises(NotAllowed):
        save_post(by=town["committee"], site=post.site, post=post, title="x", text="y", now=NOW)
    save_post(by=town["resident"], site=post.site, post=post, title="桥头", text="早", now=NOW, uploads=[(small(), "桥")])
    discard_draft(by=town["resident"], post=post)
    assert not BlogPost.objects.exists() and not File.objects.exists()


def test_a_published_post_is_found_has_its_history_and_cannot_be_thrown_away(town):
    post = write(town["resident"], town["site_compound_a1"])
    assert post.state == "published" and post.published_at == NOW and found(post)
    later = NOW + timedelta(hours=1)
    save_post(by=town["resident"], site=post.site, post=post, title=post.title, text="豆浆涨到两块五。", now=later)
    assert [(row.event, row.text) for row in post.versions.order_by("pk")] == [
        ("publish", "六点半开门，豆浆两块。"), ("edit", "豆浆涨到两块五。"),
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        discard_draft(by=town["resident"], post=post)
    with pytest.raises((IntegrityError, Exception)), transaction.atomic():  # the table refuses at the database itself
        BlogVersion.objects.update(text="改了")


def test_saving_again_without_a_change_leaves_no_version(town):
    post = write(town["resident"], town["site_compound_a1"])
    save_post(by=town["resident"], site=post.site, post=post, title=post.title, text=post.text, now=NOW)
    assert post.versions.count() == 1


def test_an_office_signs_with_its_name_and_its_colleagues_may_go_on(town):
    post = write(town["property"], town["site_compound_a1"], as_office=True)
    assert post.by == "单位property"
    colleague = actor_of(make_post(make_person("周海宁"), post.body, Role.PROPERTY_COMPANY).person)
    changed = save_post(by=colleague, site=post.site, post=post, title=post.title, text="换过了。", now=NOW)
    assert changed.text == "换过了。"


def test_a_moderator_withdraws_with_a_reason_and_the_author_is_told(town):
    post = write(town["resident"], town["site_compound_a1"])
    with pytest.raises(UserError) as refused:
        withdraw_post(by=town["committee"], post=post, reason=" ", now=NOW)
    assert refused.value.field == "reason"
    for who in ("stranger", "property", "auditor"):
        with pytest.raises(NotAllowed):
            withdraw_post(by=town[who], post=post, reason="不喜欢", now=NOW)
    post = withdraw_post(by=town["committee"], post=post, reason="写了别人家的事", now=NOW)
    assert post.state == "withdrawn" and not found(post)
    assert Delivery.objects.filter(person=town["resident"].person, channel="inbox").count() == 1
    with pytest.raises((NotAllowed, UnknownTransition)):
        withdraw_post(by=town["committee"], post=post, reason="再来", now=NOW)


def test_an_author_withdraws_without_a_reason_and_is_told_nothing(town):
    post = withdraw_post(by=town["resident"], post=write(town["resident"], town["site_compound_a1"]), reason="", now=NOW)
    assert post.state == "withdrawn" and not Delivery.objects.exists()


def test_personal_data_asks_first_and_keeps_nothing_half(town):
    text = "有事打 13812345678。"
    with pytest.raises(PrivateFound) as asked:
        write(town["resident"], town["site_compound_a1"], text=text)
    assert asked.value.field == "private_ok" and "13812345678" not in str(asked.value)
    assert not BlogPost.objects.exists()
    assert write(town["resident"], town["site_compound_a1"], text=text, private_ok=True).state == "published"


@pytest.mark.parametrize(
    ("title", "text", "field"),
    [("", "字", "title"), ("\u202e\u200b", "字", "title"), ("题" * 41, "字", "title"), ("题", "", "text"), ("题", "字" * 20_001, "text")],
)
def test_what_cannot_be_published_is_said_at_its_field(town, title, text, field):
    with pytest.raises(UserError) as refused:
        write(town["resident"], town["site_compound_a1"], title=title, text=text)
    assert refused.value.field == field and not BlogPost.objects.exists()


def test_a_bidi_override_in_a_title_is_gone(town):
    assert write(town["resident"], town["site_compound_a1"], title="通知\u202egnp.exe").title == "通知gnp.exe"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "花.png"), (huge_png(), "大.png"), (PDF, "表.pdf"), (b"", "空.jpg"),
    ],
    ids=["svg named png", "picture bomb", "pdf", "empty"],
)  # fmt: skip
def test_bad_pictures_are_refused_by_name_and_nothing_is_saved(town, content, name):
    with pytest.raises(UserError) as refused:
        write(town["resident"], town["site_compound_a1"], uploads=[(uploaded(content, name), "花")])
    assert refused.value.field == "pictures" and name in str(refused.value)
    assert not BlogPost.objects.exists() and not File.objects.exists()


def test_every_picture_says_what_it_shows(town):
    with pytest.raises(UserError) as refused:
        write(town["resident"], town["site_compound_a1"], uploads=[(small(), "")])
    assert refused.value.field == "new_alt"
    post = write(town["resident"], town["site_compound_a1"], uploads=[(small(), "桥头的摊子")])
    (one,) = post.pictures.all()
    with pytest.raises(UserError) as refused:
        save_post(by=town["resident"], site=post.site, post=post, title="题", text="字", alts={one.pk: ""}, now=NOW)
    assert refused.value.field == f"alt_{one.pk}"
    save_post(by=town["resident"], site=post.site, post=post, title="题", text="字", removed=[one.pk], now=NOW)
    assert not File.objects.exists()


def test_thirteen_pictures_are_too_many(town):
    with pytest.raises(UserError) as refused:
        write(town["resident"], town["site_compound_a1"], uploads=[(small(n), "图") for n in range(13)])
    assert refused.value.field == "pictures"


def test_a_closed_account_takes_its_drafts_along_and_leaves_its_posts_without_its_name(town):
    person = town["resident"].person
    write(town["resident"], town["site_compound_a1"], title="没写完", publish=False, uploads=[(small(), "图")])
    post = write(town["resident"], town["site_compound_a1"])
    close_account(person=person, by=town["resident"], now=NOW)
    on_author_closed(AccountClosed(person.pk), NOW)
    on_author_closed(AccountClosed(person.pk), NOW)  # told twice
    assert list(BlogPost.objects.values_list("pk", flat=True)) == [post.pk] and not File.objects.exists()
    assert BlogPost.objects.get().by == "已注销的账号"


def test_what_one_wrote_is_in_ones_copy(town):
    write(town["resident"], town["site_compound_a1"])
    part = next(part for part in collect(town["resident"].person) if part.key == "linli_portal.BlogPost")
    assert "桥头的早点摊" in str(part.rows)
