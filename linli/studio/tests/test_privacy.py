"""Personal data in a page: named before it is published or handed in, and confirmed or taken out."""

import pytest
from wagtail.rich_text import RichText

from linli.people.models import Body
from linli.people.rules import Role
from linli.sites.api import site_of
from linli.studio import privacy
from linli.studio.models import GuidePage, HomePage

from .factories import browser, editor_at, guide_form, home_of, make_guide, rich, stream, town

pytestmark = pytest.mark.django_db
ID, PHONE, HOME = "11010519491231002X", "13800001234", "3幢2单元501室"
BOX = 'name="private_ok"'


@pytest.fixture
def place():
    return town()["community_a"]


@pytest.fixture
def home(place):
    return home_of(place)


@pytest.fixture
def checker(place):
    return browser(editor_at(place, Role.RESIDENTS_COMMITTEE, "沈玉兰"))


@pytest.fixture
def editor(place):
    return browser(editor_at(place))


def send(client, home, act="action-publish", **fields):
    return client.post(
        f"/studio/pages/add/linli_studio/guidepage/{home.pk}/", guide_form(**fields, **{act: "1"})
    )


def token(answer):
    return answer.context["form"].fields["private_ok"].widget.attrs["value"]


@pytest.mark.parametrize("private", [ID, PHONE, HOME])
@pytest.mark.parametrize(
    "fields",
    [
        lambda text: {"title": text},
        lambda text: {"intro": text},
        lambda text: stream("steps", ("step", {"title": "来一趟", "text": text})),
        lambda text: stream("body", ("text", rich(text))),
        lambda text: stream("body", ("note", text)),
    ],
    ids=["title", "intro", "step", "text", "note"],
)
def test_a_checker_is_asked_before_it_is_published(checker, home, fields, private):
    answer = send(checker, home, **fields(f"找 {private}"))
    assert answer.status_code == 200 and not GuidePage.objects.exists()
    html = answer.content.decode()
    assert BOX in html and "请删掉" in html
    again = send(checker, home, **fields(f"找 {private}"), private_ok=token(answer))
    assert again.status_code == 302 and GuidePage.objects.get().live


def test_an_editor_is_asked_when_handing_in_but_not_for_a_draft(editor, home):
    draft = send(editor, home, "no-action", intro=f"找 {PHONE}")
    assert draft.status_code == 302
    guide = GuidePage.objects.get()
    url, form = f"/studio/pages/{guide.pk}/edit/", guide_form(slug=guide.slug, intro=f"找 {PHONE}")
    assert BOX not in editor.get(url).content.decode()
    answer = editor.post(url, form | {"action-submit": "1"})
    assert answer.status_code == 200 and guide.current_workflow_state is None
    errors = answer.context["form"].errors
    assert list(errors) == ["private_ok"] and "“一句话说清”里有个人手机号 138…34" in errors["private_ok"][0]
    editor.post(url, form | {"action-submit": "1", "private_ok": token(answer)})
    assert GuidePage.objects.get().current_workflow_state is not None


def test_whoever_checks_sees_it_named(editor, checker, home):
    asked = send(editor, home, "action-submit", intro=f"找 {PHONE}")
    send(editor, home, "action-submit", intro=f"找 {PHONE}", private_ok=token(asked))
    guide = GuidePage.objects.get()
    assert (
        "交来核对的这一版：“一句话说清”里有个人手机号 138…34"
        in checker.get(f"/studio/pages/{guide.pk}/edit/").content.decode()
    )


def test_what_comes_new_is_asked_about_anew(checker, home):
    answer = send(checker, home, intro=f"找 {PHONE}")
    agreed = token(answer)
    more = send(checker, home, intro=f"找 {PHONE}", title=f"证 {ID}", private_ok=agreed)
    assert more.status_code == 200 and not GuidePage.objects.exists() and token(more) != agreed
    assert "checked" not in more.content.decode().split(BOX)[1].split(">")[0]
    for odd in ("on", "1", "", agreed[:8]):
        assert send(checker, home, intro=f"找 {PHONE}", private_ok=odd).status_code == 200


def test_a_first_page_is_asked_about_too(checker, home):
    form = {"title": home.title, "go_live_at": "", "expire_at": "", "action-publish": "1"} | stream(
        "main", ("text", {"title": "三月起", "text": rich(f"找何老师 {PHONE}")})
    )
    answer = checker.post(f"/studio/pages/{home.pk}/edit/", form | stream("aside"))
    assert answer.status_code == 200 and "“主栏”里有个人手机号" in str(answer.context["form"].errors)
    checker.post(f"/studio/pages/{home.pk}/edit/", form | stream("aside") | {"private_ok": token(answer)})
    assert HomePage.objects.get().live


def test_an_ordinary_page_and_the_phone_of_an_office_ask_nothing(checker, home, place):
    Body.objects.filter(places__area=place).update(phone="138 0000 1234")
    answer = send(
        checker,
        home,
        intro=f"打 {PHONE}，周一到周六",
        **stream("body", ("phone", {"name": "居委会", "number": "555 0110"})),
    )
    assert answer.status_code == 302 and GuidePage.objects.get().live


def test_text_is_found_through_elements_and_lists(place):
    value = RichText("<p>身份证 1101051949<b>1231</b>002X</p><p>138</p><p>00001234</p>")
    found = privacy.find_in({"body": [{"a": ["", value]}], "title": None}, site_of(place))
    assert [str(one) for one in found["body"]] == ["身份证号 110…2X"]
    guide = make_guide(place, body=[("note", f"住 {HOME}")])
    assert privacy.find_in({"body": guide.body}, guide.site)["body"][0].text == HOME
