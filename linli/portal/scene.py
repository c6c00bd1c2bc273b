"""A place seen straight from the front: its houses drawn from what is known of them. Pure and deterministic.

The drawing is 1200 × 320 with the ground at 320. Windows are home columns × floors as they are; only where a house
would not fit are columns left out.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from linli.areas.api import House

WIDTH, GROUND, TOP = 1200, 320, 64
MOST_WINDOWS = 520
TREES = 40, 30, 36


@dataclass
class Scene:
    """Path data by tone: walls, far houses, windows lit and dark, doors, lamps, roofs, crowns and trunks of trees."""

    far: list[str] = field(default_factory=list)
    walls: list[str] = field(default_factory=list)
    bright: list[str] = field(default_factory=list)
    dim: list[str] = field(default_factory=list)
    doors: list[str] = field(default_factory=list)
    lamps: list[str] = field(default_factory=list)
    roofs: list[str] = field(default_factory=list)
    crowns: list[str] = field(default_factory=list)
    trunks: list[str] = field(default_factory=list)

    def paths(self) -> dict[str, str]:
        return {name: "".join(parts) for name, parts in vars(self).items()}


def draw(houses: Sequence[House], seed: int) -> Scene | None:
    """The scene of a place, the same for the same houses; None where no house is known."""
    chosen = _choose(houses)
    if not chosen:
        return None
    dice = random.Random(seed)  # noqa: S311 - a drawing
    scene = Scene()
    widths = [_width(house) for house in chosen]
    while sum(widths) + 60 * (len(chosen) + 1) > WIDTH and len(chosen) > 1:
        chosen.pop()
        widths.pop()
    gap = (WIDTH - sum(widths)) // (len(chosen) + 1)
    tallest = max(house.floors for house in chosen)
    left = gap
    _far_houses(scene, dice)
    for house, width in zip(chosen, widths, strict=True):
        _house(scene, dice, house, left, width, tallest)
        _tree(scene, left - gap // 2, dice)
        left += width + gap
    _tree(scene, left - gap // 2, dice)
    return scene


def _choose(houses: Sequence[House]) -> list[House]:
    """Up to five houses, as different as the place has them, in their order."""
    kinds: dict[tuple[int, int], list[House]] = {}
    for house in houses:
        kinds.setdefault((house.floors, house.columns), []).append(house)
    chosen: list[House] = []
    while len(chosen) < min(5, len(houses)):
        chosen += [group.pop(0) for group in kinds.values() if group]
    order = {house.id: n for n, house in enumerate(houses)}
    return sorted(chosen[:5], key=lambda house: order[house.id])


def _width(house: House) -> int:
    columns = min(house.columns, 12)
    return columns * (36 if house.floors <= 9 else 30) + 32


def _house(scene: Scene, dice: random.Random, house: House, left: int, width: int, tallest: int) -> None:
    room = GROUND - TOP
    step = min(40, max(room / tallest, min(24, 150 / house.floors)))
    top = GROUND - round(step * house.floors) - 12
    scene.walls.append(f"M{left} {top}h{width}v{GROUND - top}h-{width}z")
    scene.roofs.append(f"M{left - 10} {top}h{width + 20}")
    columns = min(house.columns, 12)
    pitch = (width - 24) / columns
    wide, high = min(20, round(pitch * 0.55)), max(4, min(24, round(step * 0.6)))
    bar = f"m0 {round(high * 0.38)}h{wide}" if high > 12 else ""
    doors = _door_columns(columns, house.entrances)
    door_high = max(12, min(52, round(step * 0.95)))
    for floor in range(house.floors):
        y = top + 12 + round(step * floor + (step - high) / 2)
        for column in range(columns):
            if column in doors and floor == house.floors - 1:
                continue
            x = round(left + 12 + pitch * column + (pitch - wide) / 2)
            tone = scene.bright if dice.random() < 0.45 else scene.dim
            if len(scene.bright) + len(scene.dim) < MOST_WINDOWS:
                tone.append(f"M{x} {y}h{wide}v{high}h-{wide}z{bar}")
    for column in doors:
        middle = round(left + 12 + pitch * column + pitch / 2)
        half = max(7, min(17, round(pitch * 0.4)))
        scene.doors.append(f"M{middle - half} {GROUND - door_high}h{2 * half}v{door_high}h-{2 * half}z")
        scene.lamps.append(f"M{middle - 3} {GROUND - door_high - 8}h6v6h-6z")


def _door_columns(columns: int, entrances: int) -> set[int]:
    """Where the entrances stand: in the middle of their share of the columns."""
    number = max(1, min(entrances, columns))
    return {(2 * n + 1) * columns // (2 * number) for n in range(number)}


def _far_houses(scene: Scene, dice: random.Random) -> None:
    left = -20
    while left < WIDTH:
        width, high = dice.randrange(90, 190), dice.randrange(90, 200)
        scene.far.append(f"M{left} {GROUND - high}h{width}v{high}h-{width}z")
        left += width + dice.randrange(10, 70)


def _tree(scene: Scene, middle: int, dice: random.Random) -> None:
    r = dice.choice(TREES)
    y = GROUND - r * 2 - dice.randrange(20, 44)
    left, bottom = middle - round(r * 0.8), y + round(r * 1.55)
    arcs = ((0.85, 0.1, -1.55), (1.0, 1.65, 0.15), (0.8, -0.2, 1.5))
    crown = "".join(f"a{round(r * k)} {round(r * k)} 0 0 1 {round(r * dx)} {round(r * dy)}" for k, dx, dy in arcs)
    scene.crowns.append(f"M{left} {bottom}{crown}z")
    scene.trunks.append(f"M{middle} {GROUND}V{y + r}M{middle} {y + round(r * 1.9)}l{r // 3} -{r // 3}")
