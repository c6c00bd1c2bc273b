"""The editor: who comes in, what is open, under which policy."""

import pytest

from linli.people.rules import Role
from linli.people.tests.factories import make_person
from linli.studio.tests.factories import browser, editor_at, guide_form, home_of, make_guide, rich, stream, town
from linli.studio.models import GuidePage, HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    places = town()
    return {
        "places": places,
        "a": places["community_a"],
        "editor": browser(editor_at(places["community_a"])),
        "checker": browser(editor_at(places["community_a"], Role.RESIDENTS_COMMITTEE, "沈玉兰")),
        "other": browser(editor_at(places["community_b"], name="别处的人")),
    }


def test_an_editor_arranges_the_first_page(world):
    answer = world["editor"].post("/desk/site/qingzhuanli/arrange/")
    home = HomePage.objects.get()
    assert answer["Location"] == f"/studio/pages/{home.pk}/edit/"
    page = world["editor"].get(answer["Location"])
    assert page.status_code == 200
    text = page.content.decode()
    assert "http://" not in text.replace("http://www.w3.org", "").replace("http://testserver", "")
    assert world["editor"].get("/studio/").status_code == 200
    assert world["editor"].get(f"/studio/pages/{home.pk}/").status_code == 200
