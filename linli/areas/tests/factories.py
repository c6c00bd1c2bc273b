"""Small worlds for tests. Not collected by pytest."""

from datetime import UTC, date, datetime
from itertools import count

from linli.areas.api import Area, Home, Level, create_area, set_cell

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
TODAY = date(2026, 5, 19)
_n = count(1)


def make_area(level=Level.COMPOUND, parent=None, name=None, **fields) -> Area:
    return create_area(parent=parent, level=level, name=name or f"{Level(level).label}{next(_n)}", **fields)


def make_home(parent=None, name="101", floor=1, column=1, floor_area=67480, **fields) -> Area:
    """A home; without a parent in a building of its own."""
    parent = parent or make_area(Level.ENTRANCE, make_area(Level.BUILDING, make_area(Level.COMPOUND)), "1 单元")
    area = create_area(parent=parent, level=Level.HOME, name=name)
    Home.objects.create(area=area, floor=floor, column=column, floor_area=floor_area, **fields)
    return area


def make_cell() -> dict[str, Area]:
    """One district with a street, two communities, three compounds and a building with two homes, as the cell."""
    places = {}
    places["district"] = create_area(parent=None, level=Level.DISTRICT, name="桂江区", code="990102")
    set_cell(places["district"])
    places["street"] = create_area(parent=places["district"], level=Level.STREET, name="柳渡街道", code="990102001")
    for key, name, code in (("a", "青砖里", "990102001001"), ("b", "银杏巷", "990102001002")):
        places[f"community_{key}"] = create_area(
            parent=places["street"], level=Level.COMMUNITY, name=name, official_name=f"{name}社区居委会", code=code
        )
    for key, parent, name in (("a1", "community_a", "纺机新村"), ("a2", "community_a", "银杏苑"), ("b1", "community_b", "巷口小区")):
        places[f"compound_{key}"] = create_area(parent=places[parent], level=Level.COMPOUND, name=name)
    places["building"] = create_area(parent=places["compound_a1"], level=Level.BUILDING, name="3 幢")
    places["entrance"] = create_area(parent=places["building"], level=Level.ENTRANCE, name="1 单元")
    places["home"] = make_home(places["entrance"], "101", 1, 1)
    places["home2"] = make_home(places["entrance"], "201", 2, 1, 88120)
    return places
