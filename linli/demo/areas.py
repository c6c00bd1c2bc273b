"""桂江区 柳渡街道: three communities, seven compounds, 24 buildings, 1,680 homes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linli.areas.api import Area, Home, HomeUse, Level, Plate, create_area, create_areas, set_cell

if TYPE_CHECKING:
    from .world import World

COMMUNITIES = [
    ("青砖里", "QINGZHUANLI", "柳渡路 218 弄", Plate.LAN, "990102001001"),
    ("运河湾", "YUNHE WAN", "滨河东路 301 号", Plate.DAI, "990102001002"),
    ("丁香新村", "DINGXIANG XINCUN", "丁香路 12 弄", Plate.ZI, "990102001003"),
]

# community, compound, latin, address, plate, buildings, floors, entrances, doors a floor and entrance, door areas (0.001 m²)
COMPOUNDS = [
    ("青砖里", "纺机新村", "FANGJI XINCUN", "柳渡路 218 弄", Plate.LAN, 8, 6, 3, 2, (54_320, 67_480)),
    ("青砖里", "银杏苑", "YINXING YUAN", "银杏巷 6 号", Plate.LV, 3, 20, 2, 2, (88_650, 121_070)),
    ("青砖里", "石桥头", "SHIQIAOTOU", "石桥路 88 号", Plate.ZHUAN, 3, 5, 2, 2, (42_900, 48_150)),
    ("运河湾", "运河湾一期", "YUNHE WAN 1", "滨河东路 301 号", Plate.DAI, 3, 26, 1, 4, (89_330, 105_210, 105_210, 128_440)),
    ("运河湾", "运河湾二期", "YUNHE WAN 2", "滨河东路 333 号", Plate.TIE, 3, 33, 1, 4, (78_020, 98_760, 98_760, 118_900)),
    ("丁香新村", "丁香雅居", "DINGXIANG YAJU", "丁香路 12 弄", Plate.ZI, 2, 18, 2, 4, (72_110, 86_540, 86_540, 99_870)),
    ("丁香新村", "机厂家属院", "JICHANG JIASHUYUAN", "机厂路 100 号", Plate.TONG, 2, 6, 4, 2, (51_060, 60_730)),
]


def build(world: World) -> None:
    """Make all places and homes; the street and everything named goes into `world.places`."""
    places = world.places
    province = create_area(parent=None, level=Level.PROVINCE, name="南江省", code="990000000000")
    city = create_area(parent=province, level=Level.CITY, name="江州市", code="990100000000")
    places["桂江区"] = create_area(parent=city, level=Level.DISTRICT, name="桂江区", code="990102000000", latin="GUIJIANG")
    set_cell(places["桂江区"])
    places["柳渡街道"] = street = create_area(
        parent=places["桂江区"],
        level=Level.STREET,
        name="柳渡街道",
        latin="LIUDU SUBDISTRICT",
        code="990102001000",
        address="柳渡路 1 号",
    )
    for n, (name, latin, address, plate, code) in enumerate(COMMUNITIES):
        places[name] = create_area(
            parent=street, level=Level.COMMUNITY, name=name, official_name=f"{name}社区居委会",
            latin=latin, address=address, plate=plate, code=code, sort=n,
        )  # fmt: skip
    for n, spec in enumerate(COMPOUNDS):
        _compound(world, n, *spec)


def _compound(
    world: World, n: int, community: str, name: str, latin: str, address: str, plate: str,
    buildings: int, floors: int, entrances: int, doors: int, sizes: tuple[int, ...],
) -> None:  # fmt: skip
    compound = create_area(
        parent=world.places[community], level=Level.COMPOUND, name=name, latin=latin, address=address, plate=plate, sort=n
    )
    world.places[name] = compound
    blocks = create_areas(
        [Area(parent=compound, level=Level.BUILDING, name=f"{b} 幢", plate=plate, sort=b) for b in range(1, buildings + 1)]
    )
    ways = create_areas(
        [Area(parent=block, level=Level.ENTRANCE, name=f"{e} 单元", sort=e) for block in blocks for e in range(1, entrances + 1)]
    )
    world.places.update({f"{name}{block.name}": block for block in blocks})
    doorways = [(way, floor, column) for way in ways for floor in range(1, floors + 1) for column in range(1, doors + 1)]
    # Rooms are numbered through the whole floor, as on the chart: 3 entrances of 2 doors give 401 to 406.
    areas = create_areas(
        [
            Area(
                parent=way, level=Level.HOME, name=f"{floor}{(way.sort - 1) * doors + column:02d}",
                sort=floor * 100 + (way.sort - 1) * doors + column,
            )
            for way, floor, column in doorways
        ]
    )  # fmt: skip
    homes = [
        Home(area=area, floor=floor, column=column, floor_area=sizes[(column - 1) % len(sizes)], use=_use(name, floor, column))
        for area, (_way, floor, column) in zip(areas, doorways, strict=True)
    ]
    world.homes += Home.objects.bulk_create(homes)


def _use(compound: str, floor: int, column: int) -> str:
    """The ground floor of 石桥头 has two shops an entrance side, as old riverside houses do."""
    return HomeUse.SHOP if compound == "石桥头" and floor == 1 and column == 1 else HomeUse.DWELLING
