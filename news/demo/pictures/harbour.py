"""A container harbour at dusk."""

from collections.abc import Sequence
from random import Random

from PIL import Image

from .canvas import WIDTH, Canvas, Colour, Point, curve, mix


def crane(canvas: Canvas, x: float, ground: float, size: float, colour: Colour, raised: bool = False) -> None:
    """A ship-to-shore gantry crane, its boom out over the water to the left."""

    def at(right: float, up: float) -> Point:
        return x + right * size, ground - up * size

    def beam(one: Point, other: Point, width: float) -> None:
        canvas.line([at(*one), at(*other)], width * size, colour, caps=False)

    for leg in (0, 62):
        beam((leg, 0), (leg, 190), 6)
    beam((0, 62), (62, 62), 5)
    beam((0, 62), (62, 190), 3)
    beam((62, 62), (0, 190), 3)
    beam((-6, 190), (118, 190), 10)
    beam((0, 190), (24, 262), 5)
    beam((62, 190), (24, 262), 4)
    tip = (-84, 330) if raised else (-186, 190)
    beam((0, 190), tip, 8)
    beam((24, 262), (tip[0] * 0.92, 190 + (tip[1] - 190) * 0.92), 2)
    beam((24, 262), (tip[0] * 0.5, 190 + (tip[1] - 190) * 0.5), 2)
    beam((24, 262), (112, 190), 2)
    canvas.rect(*at(70, 212), 34 * size, 18 * size, colour)
    if not raised:
        canvas.rect(*at(-112, 186), 22 * size, 9 * size, colour)
        for side in (-108, -96):
            beam((side, 180), (side, 104), 1)
        canvas.rect(*at(-116, 108), 28 * size, 9 * size, mix(colour, (214, 120, 78), 0.7))


def containers(
    canvas: Canvas,
    x: float,
    floor: float,
    columns: int,
    rows: int,
    box: tuple[float, float],
    tones: Sequence[Colour],
    random: Random,
    haze: Colour,
    share: float = 0.0,
) -> None:
    wide, tall = box
    for column in range(columns):
        stack = rows - random.choice((0, 0, 0, 1, 1, 2))
        for level in range(stack):
            tone = mix(random.choice(tones), haze, share + random.uniform(0, 0.10))
            left, top = x + column * wide, floor - (level + 1) * tall
            canvas.rect(left, top, wide - 0.8, tall - 0.8, tone)
            canvas.rect(left, top, wide - 0.8, 1.2, (*mix(tone, (255, 232, 200), 0.5), 150))
            for rib in range(1, int(wide / 5)):
                canvas.rect(left + rib * 5, top + 2, 0.8, tall - 4, (10, 20, 36, 34))


def ship(canvas: Canvas, x: float, water: float, tones: Sequence[Colour], random: Random, haze: Colour) -> None:
    """A container ship, bow to the left."""
    hull = curve([(x, water - 92), (x + 20, water - 60), (x + 36, water - 24), (x + 42, water)])
    hull += [(x + 800, water), (x + 812, water - 30), (x + 812, water - 70), (x + 90, water - 70)]
    containers(canvas, x + 112, water - 70, 11, 6, (40, 17), tones, random, haze)
    containers(canvas, x + 662, water - 70, 3, 5, (40, 17), tones, random, haze)
    canvas.rect(x + 572, water - 226, 74, 160, (226, 216, 204))
    canvas.rect(x + 618, water - 226, 28, 160, (186, 176, 174))
    canvas.rect(x + 564, water - 238, 90, 16, (206, 196, 188))
    for deck in range(6):
        canvas.rect(x + 578, water - 214 + deck * 21, 62, 6, (84, 96, 116))
    canvas.line([(x + 606, water - 238), (x + 606, water - 284)], 3, (120, 116, 122), caps=False)
    canvas.shade(hull, (44, 66, 90), (34, 48, 70))
    canvas.polygon([(x + 37, water - 14), (x + 806, water - 14), (x + 800, water), (x + 42, water)], (142, 66, 54))


def harbour() -> Image.Image:
    haze = (236, 178, 146)
    canvas = Canvas((0, (54, 78, 112)), (0.3, (112, 122, 146)), (0.55, (222, 168, 142)), (0.68, (248, 200, 156)))
    canvas.clouds(40, 520, (250, 196, 160), 0.62, 14, cells=(3, 11), cover=0.5)
    canvas.clouds(20, 330, (70, 88, 122), 0.45, 5, cells=(3, 9), cover=0.45)
    canvas.sun(560, 612, 40, (255, 238, 204), (255, 206, 150))
    canvas.ridge(650, 210, (154, 140, 156), (232, 180, 152), 8, length=1300, depth=90)
    canvas.ridge(706, 150, (126, 116, 138), (222, 170, 148), 15, length=900, depth=50)
    canvas.fog(560, 730, haze, 0.5)
    tones = [
        (154, 76, 60),
        (52, 104, 106),
        (204, 152, 88),
        (66, 88, 126),
        (186, 178, 168),
        (110, 66, 70),
        (70, 122, 110),
    ]
    random = Random(11)
    for x in (1120, 1310, 1500, 1690, 1880):
        crane(canvas, x, 730, 0.62, mix((86, 84, 110), haze, 0.36), raised=x == 1500)
    containers(canvas, 1010, 730, 34, 4, (28, 12), tones, random, haze, 0.42)
    canvas.fog(600, 732, haze, 0.45)
    canvas.rect(980, 728, WIDTH, 14, (112, 98, 112))
    for x in (1030, 1290, 1560):
        crane(canvas, x, 768, 1.5, (38, 50, 74), raised=x == 1560)
    containers(canvas, 1310, 768, 16, 3, (44, 18), tones, random, haze, 0.14)
    canvas.rect(1176, 764, WIDTH, 16, (56, 60, 80))
    ship(canvas, 420, 782, tones, random, haze)
    canvas.mirror(780, 1080, (58, 78, 108), (0.22, 0.66), 6, 4)
    canvas.clouds(786, 1100, (250, 190, 150), 0.34, 31, cells=(3, 30), cover=0.5)
    canvas.glints(786, 1076, 560, 150, (255, 222, 180), 300, 3, 150)
    canvas.polygon(curve([(150, 868), (166, 896), (300, 898), (318, 872), (232, 876)], closed=True), (34, 46, 66))
    canvas.rect(206, 838, 54, 38, (214, 198, 182), 4)
    canvas.rect(212, 846, 42, 10, (60, 80, 104))
    canvas.rect(226, 816, 12, 24, (160, 76, 58))
    canvas.ellipse(236, 902, 120, 4, (255, 226, 196, 70))
    return canvas.finish(2)
