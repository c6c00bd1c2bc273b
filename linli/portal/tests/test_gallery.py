"""The directory's own parts stand in the living gallery, from their own data."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_gallery_shows_the_directorys_row_and_the_plan(client):
    html = client.get(reverse("design:gallery_page", args=["places"])).content.decode()
    assert 'id="c-directory-row"' in html and 'id="c-plan"' in html and "portal/directory.css" in html
    assert "苗师傅修理铺" in html and 'class="road"' in html and "号码可能过时" in html
    other = client.get(reverse("design:gallery_page", args=["words"])).content.decode()
    assert "c-plan" not in other and "portal/directory.css" not in other
