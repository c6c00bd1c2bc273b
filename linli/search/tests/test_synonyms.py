"""The desk of synonyms."""

import pytest

from linli.areas.api import Level
from linli.areas.tests.factories import make_area
from linli.common.errors import UserError
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_post
from linli.search.actions.synonyms import save_group
from linli.search.models import Synonym
from linli.search.queries import synonym_groups

from . import factories
from .factories import ask, put, subjects

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return make_post(body=make_body(BodyKind.DISTRICT, make_area(Level.DISTRICT)), role=Role.OPERATOR)


def test_a_new_group_works_at_once(operator):
    factories.register()
    put(1, "移动公厕")
    assert subjects(ask("卫生间")) == []
    save_group(group=None, text="公厕，厕所、卫生间", by=actor_of(operator.person), now=NOW)
    assert subjects(ask("卫生间")) == ["1"]


def test_a_word_stands_in_one_group_only(operator):
    with pytest.raises(UserError):
        save_group(group=None, text="业委会，业主会", by=actor_of(operator.person), now=NOW)
    assert not Synonym.objects.filter(word="业主会").exists()


def test_an_emptied_group_is_gone():
    group, words = synonym_groups()[0]
    assert save_group(group=group, text="", by=None, now=NOW) is None
    assert not Synonym.objects.filter(word__in=words).exists()


@pytest.mark.parametrize("text", ["一个词", "字", "，，", "a" * 500, "甲乙，" + "丙" * 21, "，".join(f"词{n}" for n in range(7))])
def test_a_useless_group_is_refused(text):
    with pytest.raises(UserError):
        save_group(group=None, text=text, by=None, now=NOW)


def test_the_page_lists_edits_and_keeps_what_was_typed(client, operator):
    client.force_login(operator.person)
    assert "业主委员会" in client.get("/desk/synonyms/").content.decode()
    response = client.post("/desk/synonyms/", {"words": "业委会，业主会"})
    assert response.status_code == 200 and "业委会，业主会" in response.content.decode()
    assert client.post("/desk/synonyms/", {"words": "公厕，厕所"}).status_code == 302
    group = Synonym.objects.get(word="公厕").group
    assert "公厕，厕所" in client.get(f"/desk/synonyms/?group={group}").content.decode()
    client.post("/desk/synonyms/", {"group": group, "words": "公厕，厕所", "remove": "1"})
    assert not Synonym.objects.filter(group=group).exists()
