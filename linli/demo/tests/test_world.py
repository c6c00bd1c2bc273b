"""The invented street is whole, the same every time, and believable."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models, transaction

from linli.areas.api import Area, Home, Level, cell
from linli.common.sealed import BlindIndexField, SealedField
from linli.demo.api import build_world, personas
from linli.demo.personas import POSTS, STAYS
from linli.people.models import Identifier, Person, Post, Residency

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
KEY = re.compile("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the module, rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert build_world(now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("world")
@pytest.mark.django_db
class TestWorld:
    def test_it_is_as_large_as_a_street(self):
        counts = {level: Area.objects.filter(level=level).count() for level in Level}
        assert (counts[Level.COMMUNITY], counts[Level.COMPOUND], counts[Level.BUILDING]) == (3, 7, 24)
        assert Home.objects.count() == counts[Level.HOME] == 1680
        assert 3800 < Person.objects.count() < 4600
        assert cell().name == "桂江区"

    def test_every_persona_is_there_with_the_posts_and_homes_promised(self):
        keys = {persona.key for persona in personas()}
        assert set(Person.objects.exclude(demo_key="").values_list("demo_key", flat=True)) == keys
        assert Post.objects.filter(person__demo_key__in=keys).count() == len(POSTS)
        assert Residency.objects.filter(person__demo_key__in=keys, state="verified").count() == len(STAYS)

    def test_every_committee_station_and_company_has_a_head(self):
        from linli.people.models import Body

        kinds = ["residents_committee", "service_station", "owners_committee", "property_company", "street_office"]
        for body in Body.objects.filter(kind__in=kinds, valid_to=None):
            assert body.posts.filter(is_head=True).count() == 1, body

    def test_all_numbers_are_of_the_invented_kind(self):
        assert all(row.value.startswith("+861380000") for row in Identifier.objects.all()[:300])

    def test_nothing_lies_in_the_future_and_nobody_moves_in_before_his_claim(self):
        assert not Residency.objects.filter(claimed_at__gt=NOW).exists()
        assert not Residency.objects.filter(since__gt=(NOW + timedelta(days=1)).date()).exists()

    def test_sixty_questions_and_a_hidden_one_stand_in_every_state_with_figures_that_follow_from_their_history(self):
        from linli.deliberation.models import Duty, Question, QuestionStep
        from linli.deliberation.queries.figures import of_office, recompute
        from linli.deliberation.rules import QuestionState
        from linli.people.models import Body

        assert Question.objects.count() == 61 and Question.objects.exclude(hidden_at=None).count() == 1
        assert set(Question.objects.values_list("state", flat=True)) == set(QuestionState.values)
        assert Duty.objects.exclude(paused_at=None).exists() and Question.objects.filter(withdrawn=True).exists()
        assert not QuestionStep.objects.filter(at__gt=NOW).exists()
        for office, row in recompute(NOW).items():
            assert of_office(Body.objects.get(pk=office), NOW) == row

    def test_no_post_is_dated_before_the_one_above_it(self):
        from linli.forum.models import Act, Post

        moved = Act.objects.filter(kind__in=["merge", "split"]).values_list("detail", flat=True)
        rows = Post.objects.exclude(topic__in=[detail["to"] for detail in moved]).order_by("topic_id", "number")
        before = (0, datetime.min.replace(tzinfo=UTC))
        for topic, at in rows.values_list("topic_id", "at"):
            assert topic != before[0] or at >= before[1], topic
            before = (topic, at)

    def test_below_notices_neighbours_ask_and_offices_answer(self):
        from linli.forum.models import Post

        said = Post.objects.filter(topic__source__startswith="notice:", number__gt=1)
        assert said.filter(body=None).count() >= 15 and said.exclude(body=None).exclude(author=None).count() >= 10

    def test_it_is_made_only_once(self):
        assert build_world(now=NOW) is False


def _dump() -> dict[str, list[str]]:
    """All rows of all tables of ours, in the columns that are no keys: keys and ciphers are made anew for each world."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label.startswith("linli_"):
            fields = [field for field in model._meta.concrete_fields if not _is_key(field)]
            rows = model._base_manager.values_list("pk", *(field.name for field in fields))
            found[model._meta.label] = sorted(_said(fields, row[1:]) for row in rows)
    return found


def _is_key(field: models.Field) -> bool:
    kinds = (models.UUIDField, SealedField, BlindIndexField)
    return field.primary_key or field.is_relation or isinstance(field, kinds)


def _said(fields: list[models.Field], row: tuple) -> str:
    return KEY.sub("key", repr([field.get_prep_value(value) for field, value in zip(fields, row, strict=True)]))


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_world_to_the_last_row():
    made = []
    for _n in range(2):
        with transaction.atomic():
            build_world(now=NOW)
            made.append(_dump())
            transaction.set_rollback(True)
    assert sum(map(len, made[0].values())) > 30_000 and made[0].keys() == made[1].keys()
    other = {label: [pair for pair in zip(made[0][label], made[1][label], strict=False) if pair[0] != pair[1]][:2] for label in made[0]}
    assert {label: pairs for label, pairs in other.items() if pairs or len(made[0][label]) != len(made[1][label])} == {}
