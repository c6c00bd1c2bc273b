"""Pictures of the demo, drawn: houses and things seen straight from the front, flat tones, no people. Same seed, same picture."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

WIDTH, HEIGHT, GROUND = 800, 600, 500
INK, WALL, PAPER, SUNK = (26, 31, 34), (242, 244, 240), (255, 255, 255), (222, 228, 219)
ENAMELS = [(9, 74, 132), (14, 87, 57), (133, 45, 24), (0, 83, 95), (91, 56, 125), (106, 66, 11), (128, 40, 72)]
GREEN, LEAF, WATER, LAMP, STONE = (104, 142, 104), (222, 178, 74), (150, 182, 190), (240, 166, 52), (176, 180, 172)
NIGHT, DARK = (28, 36, 46), (52, 62, 74)


@dataclass
class Sheet:
    """What a motif draws on: the pen, the dice, one enamel, and whether it is evening."""

    pen: ImageDraw.ImageDraw
    dice: random.Random
    enamel: tuple[int, int, int]
    evening: bool

    @property
    def paper(self) -> tuple[int, int, int]:
        return DARK if self.evening else PAPER

    def box(self, x: float, y: float, w: float, h: float, fill: tuple[int, int, int], line: int = 3) -> None:
        self.pen.rectangle((x, y, x + w, y + h), fill=fill, outline=INK, width=line)

    def disc(self, x: float, y: float, r: float, fill: tuple[int, int, int] | None, line: int = 3) -> None:
        self.pen.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=INK, width=line)

    def line(self, *points: tuple[float, float], width: int = 4, fill: tuple[int, int, int] = INK) -> None:
        self.pen.line(points, fill=fill, width=width, joint="curve")


def draw(motif: str, seed: int, *, evening: bool = False) -> io.BytesIO:
    """A PNG of the motif. Raises KeyError for an unknown one."""
    image = Image.new("RGB", (WIDTH, HEIGHT), NIGHT if evening else WALL)
    dice = random.Random(f"{motif} {seed}")
    sheet = Sheet(ImageDraw.Draw(image), dice, dice.choice(ENAMELS), evening)
    sheet.pen.rectangle((0, GROUND, WIDTH, HEIGHT), fill=(40, 50, 60) if evening else SUNK)
    MOTIFS[motif](sheet)
    sheet.line((0, GROUND), (WIDTH, GROUND), width=5)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    out.seek(0)
    out.name = f"{motif}-{seed}.png"
    return out


def _house(s: Sheet, x: int, w: int, floors: int, columns: int) -> None:
    step = 58
    top = GROUND - floors * step - 20
    s.box(x, top, w, GROUND - top, s.paper)
    s.line((x - 12, top), (x + w + 12, top), width=7)
    gap = w / columns
    for floor in range(floors):
        for column in range(columns):
            lit = s.dice.random() < (0.5 if s.evening else 0.1)
            tone = LAMP if lit else (s.enamel if s.dice.random() < 0.2 else SUNK if not s.evening else NIGHT)
            s.box(x + gap * column + gap * 0.24, top + 18 + floor * step, gap * 0.52, 30, tone, 2)
    s.box(x + w / 2 - 17, GROUND - 46, 34, 46, s.enamel)
    s.box(x + w / 2 - 4, GROUND - 58, 8, 8, LAMP, 1)


def _tree(s: Sheet, x: float, size: float, tone: tuple[int, int, int] = GREEN) -> None:
    s.line((x, GROUND), (x, GROUND - size * 1.6), width=7)
    for dx, dy, r in ((0, 2.1, 0.62), (-0.55, 1.7, 0.5), (0.55, 1.7, 0.5), (0, 1.5, 0.5)):
        s.pen.ellipse((x + (dx - r) * size, GROUND - (dy + r) * size, x + (dx + r) * size, GROUND - (dy - r) * size), fill=tone)


def houses(s: Sheet) -> None:
    x = 40
    while x < 620:
        columns = s.dice.choice((3, 4, 5))
        w = columns * 44
        _house(s, x, w, s.dice.choice((3, 5, 6)), columns)
        x += w + s.dice.choice((60, 90))
        _tree(s, x - 40, 50)


def ginkgo(s: Sheet) -> None:
    _house(s, 470, 220, 5, 4)
    _tree(s, 250, 170, LEAF)
    for _n in range(60):
        x, y = s.dice.randrange(60, 480), s.dice.randrange(GROUND + 8, HEIGHT - 12)
        s.pen.ellipse((x, y, x + 12, y + 7), fill=LEAF)
    s.box(330, GROUND - 40, 130, 10, s.enamel)
    s.line((345, GROUND - 30), (345, GROUND), width=6)
    s.line((445, GROUND - 30), (445, GROUND), width=6)


def bridge(s: Sheet) -> None:
    _house(s, 40, 176, 3, 4)
    _house(s, 600, 150, 2, 3)
    s.pen.rectangle((0, GROUND - 30, WIDTH, HEIGHT), fill=WATER if not s.evening else (44, 66, 82))
    s.pen.polygon([(180, GROUND - 20), (330, 340), (480, 340), (630, GROUND - 20)], fill=STONE, outline=INK)
    s.pen.pieslice((290, 370, 520, 620), 180, 360, fill=WATER if not s.evening else (44, 66, 82), outline=INK, width=3)
    for x in range(210, 620, 42):
        y = 340 if 330 <= x <= 480 else 340 + abs(x - (330 if x < 330 else 480)) * 0.96
        s.line((x, y), (x, y - 30))
    s.line((185, GROUND - 50), (330, 312), (480, 312), (625, GROUND - 50), width=5)
    for n in range(14):
        x, y = s.dice.randrange(20, 740), GROUND - 10 + n * 8
        s.line((x, y), (x + 40, y), width=2, fill=PAPER)


def stall(s: Sheet) -> None:
    _house(s, 90, 620, 4, 10)
    s.box(170, GROUND - 120, 460, 120, PAPER)
    for n in range(10):
        s.box(150 + n * 50, GROUND - 210, 50, 46, s.enamel if n % 2 else PAPER, 2)
    s.line((160, GROUND - 164), (160, GROUND), width=6)
    s.line((640, GROUND - 164), (640, GROUND), width=6)
    for n in range(3):
        x = 220 + n * 130
        for k in range(s.dice.choice((2, 3, 4))):
            s.box(x, GROUND - 146 - k * 24, 90, 24, (214, 186, 132), 2)
        s.line((x + 40, GROUND - 240), (x + 50, GROUND - 258), (x + 40, GROUND - 276), width=4, fill=STONE)


def pots(s: Sheet) -> None:
    s.box(60, 90, 680, 330, SUNK if not s.evening else DARK)
    for n in range(3):
        s.box(110 + n * 210, 130, 150, 230, LAMP if s.evening else PAPER)
        s.line((185 + n * 210, 130), (185 + n * 210, 360), width=3)
    s.box(40, 420, 720, 18, s.enamel)
    for n in range(6):
        x = 90 + n * 115
        s.pen.polygon([(x, GROUND - 62), (x + 64, GROUND - 62), (x + 54, GROUND), (x + 10, GROUND)], fill=(166, 92, 58), outline=INK)
        for _k in range(7):
            dx, dy = s.dice.randrange(2, 62), s.dice.randrange(10, 74)
            s.line((x + 32, GROUND - 62), (x + dx, GROUND - 62 - dy), width=3, fill=GREEN)
            s.disc(x + dx, GROUND - 62 - dy, s.dice.choice((7, 9, 11)), s.dice.choice([(198, 74, 92), LAMP, PAPER, GREEN]), 2)


def sewing(s: Sheet) -> None:
    s.box(60, 60, 680, 300, PAPER if not s.evening else DARK)
    for n in range(7):
        s.box(90 + n * 90, 100, 70, s.dice.randrange(90, 200), s.dice.choice(ENAMELS), 2)
    s.line((60, 96), (740, 96), width=5)
    s.box(110, GROUND - 60, 580, 20, (170, 120, 74))
    s.line((140, GROUND - 40), (140, GROUND), width=8)
    s.line((660, GROUND - 40), (660, GROUND), width=8)
    s.box(270, GROUND - 84, 220, 24, INK)
    s.box(270, GROUND - 170, 200, 44, s.enamel)
    s.box(430, GROUND - 170, 44, 110, s.enamel)
    s.box(284, GROUND - 126, 14, 40, STONE, 2)
    s.disc(492, GROUND - 140, 26, STONE)
    for n in range(4):
        s.box(540 + n * 34, GROUND - 96, 24, 36, ENAMELS[(n * 2) % 7], 2)


def lamps(s: Sheet) -> None:
    _house(s, 40, 264, 6, 6)
    for x in (380, 540, 700):
        s.line((x, GROUND), (x, 230), width=7)
        s.line((x, 232), (x + 44, 232), width=5)
        s.box(x + 26, 234, 40, 14, LAMP)
        if s.evening:
            s.pen.polygon([(x + 26, 250), (x + 66, 250), (x + 96, GROUND), (x - 6, GROUND)], fill=(92, 84, 62))
    s.pen.polygon([(300, HEIGHT), (520, GROUND), (600, GROUND), (800, HEIGHT)], fill=STONE)


def bikes(s: Sheet) -> None:
    s.box(60, 200, 680, 24, s.enamel)
    for x in (80, 390, 700):
        s.line((x, 224), (x, GROUND), width=8)
    for n in range(4):
        x = 120 + n * 160
        for dx in (0, 92):
            s.disc(x + dx, GROUND - 40, 38, None, 5)
        s.line((x, GROUND - 40), (x + 34, GROUND - 100), (x + 74, GROUND - 100), (x + 92, GROUND - 40), width=5, fill=ENAMELS[(n + s.dice.randrange(7)) % 7])
        s.line((x + 40, GROUND - 40), (x + 74, GROUND - 100), (x + 70, GROUND - 124), (x + 92, GROUND - 126), width=5)
        s.box(x + 16, GROUND - 112, 34, 9, INK, 1)


def chess(s: Sheet) -> None:
    _tree(s, 150, 120)
    _tree(s, 660, 100)
    s.pen.polygon([(250, 330), (550, 330), (610, 410), (190, 410)], fill=STONE, outline=INK)
    for n in range(1, 8):
        s.line((250 + 37.5 * n, 330), (190 + 52.5 * n, 410), width=2)
    for y in (350, 370, 390):
        s.line((250 - (y - 330) * 0.75, y), (550 + (y - 330) * 0.75, y), width=2)
    for n in range(9):
        s.disc(250 + s.dice.randrange(0, 300), 342 + s.dice.randrange(0, 56), 11, PAPER if n % 2 else (198, 92, 74), 2)
    s.box(380, 410, 40, 90, STONE)
    for x in (110, 620):
        s.box(x, 440, 80, 60, s.enamel)


def boats(s: Sheet) -> None:
    for x, floors in ((30, 3), (250, 2), (480, 4)):
        _house(s, x, 176, floors, 4)
    water = WATER if not s.evening else (44, 66, 82)
    s.pen.rectangle((0, GROUND - 10, WIDTH, HEIGHT), fill=water)
    for n in range(2):
        x = 110 + n * 330 + s.dice.randrange(40)
        s.pen.polygon([(x, 520), (x + 240, 520), (x + 210, 566), (x + 30, 566)], fill=s.enamel if n else (106, 66, 11), outline=INK)
        s.box(x + 70, 486, 100, 36, PAPER)
        s.box(x + 100, 496, 14, 14, LAMP, 1)


def laundry(s: Sheet) -> None:
    _house(s, 60, 308, 5, 7)
    _house(s, 500, 220, 6, 5)
    s.line((90, GROUND), (90, 330), width=7)
    s.line((720, GROUND), (720, 330), width=7)
    s.line((90, 340), (400, 362), (720, 340), width=4)
    for n in range(6):
        x = 120 + n * 98
        s.box(x, 352 + s.dice.randrange(6), 76, s.dice.randrange(70, 120), s.dice.choice([*ENAMELS, PAPER, LEAF]), 2)


def shelf(s: Sheet) -> None:
    s.box(110, 70, 580, 430, (196, 152, 100))
    for row in range(4):
        y = 90 + row * 102
        s.box(130, y, 540, 88, WALL if not s.evening else DARK)
        x = 140
        while x < 640:
            w, h = s.dice.randrange(14, 34), s.dice.randrange(48, 80)
            s.box(x, y + 88 - h, w, h, s.dice.choice([*ENAMELS, LEAF, STONE, PAPER]), 2)
            x += w + (s.dice.choice((0, 0, 0, 26)))


def vegetables(s: Sheet) -> None:
    s.box(50, 120, 700, 60, s.enamel)
    for n in range(3):
        x = 90 + n * 220
        s.box(x, 330, 190, 170, (196, 152, 100))
        tone = [(94, 140, 74), (206, 84, 62), (228, 176, 70)][n]
        for _k in range(26):
            s.disc(x + s.dice.randrange(14, 176), 330 - s.dice.randrange(0, 56), 17, tone, 2)
        s.box(x + 50, 380, 90, 50, PAPER, 2)
    for x in (70, 730):
        s.line((x, 180), (x, GROUND), width=8)


MOTIFS: dict[str, Callable[[Sheet], None]] = {
    one.__name__: one
    for one in (houses, ginkgo, bridge, stall, pots, sewing, lamps, bikes, chess, boats, laundry, shelf, vegetables)
}
