"""The invented street is whole, the same every time, and believable."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.areas.api import Area, Home, Level, cell
from linli.demo.api import build_world, personas
from linli.demo.personas import POSTS, STAYS
from linli.people.models import Identifier, Person, Post, Residency

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the module, rolled back after it."""
    from django.db import transaction

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

    def test_sixty_questions_stand_in_every_state_with_figures_that_follow_from_their_history(self):
        from linli.deliberation.models import Duty, Question, QuestionStep
        from linli.deliberation.queries.figures import of_office, recompute
        from linli.deliberation.rules import QuestionState
        from linli.people.models import Body

        assert Question.objects.count() == 60
        assert set(Question.objects.values_list("state", flat=True)) == set(QuestionState.values)
        assert Duty.objects.exclude(paused_at=None).exists() and Question.objects.filter(withdrawn=True).exists()
        assert not QuestionStep.objects.filter(at__gt=NOW).exists()
        for office, row in recompute(NOW).items():
            assert of_office(Body.objects.get(pk=office), NOW) == row

    def test_it_is_made_only_once(self):
        assert build_world(now=NOW) is False


def _signature() -> list[tuple[str, ...]]:
    return list(Residency.objects.order_by("area_id", "claimed_at").values_list("person__display_name", "kind", "state"))


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_street():
    from django.db import transaction

    made = []
    for _n in range(2):
        with transaction.atomic():
            build_world(now=NOW)
            made.append([row[0] for row in _signature()])
            transaction.set_rollback(True)
    assert made[0] == made[1]
