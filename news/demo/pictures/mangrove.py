"""Mangroves and egrets, the city behind."""

from collections.abc import Sequence
from random import Random

from PIL import Image

from .canvas import WIDTH, Canvas, Colour, Point, curve, mix
from .skyline import row


def egret(
    canvas: Canvas, x: float, y: float, size: float, turn: float = 1, bow: bool = False, flip: bool = False
) -> None:
    """A white egret standing in the shallows, its feet at (x, y)."""

    upward = -0.8 if flip else 1

    def at(points: Sequence[Point]) -> list[Point]:
        return [(x + turn * right * size, y - up * size * upward) for right, up in points]

    white, shade, dark, gold = (252, 250, 244), (212, 220, 216), (54, 60, 62), (216, 160, 70)
    if flip:
        white, shade, dark, gold = (226, 234, 226), (200, 214, 206), (116, 138, 134), (200, 180, 130)
    for leg in ([(-3, 0), (-4, 28), (-6, 46)], [(9, 0), (7, 24), (2, 46)]):
        canvas.line(at(leg), 2.2 * size, dark, caps=False)
    neck = [(18, 66), (34, 76), (26, 98), (36, 118)] if not bow else [(18, 66), (36, 74), (54, 60), (62, 36)]
    head = neck[-1]
    beak = [(head[0], head[1] + 3), (head[0] + 26, head[1] - 3), (head[0], head[1] - 3)]
    if bow:
        beak = [(head[0] - 3, head[1]), (head[0] + 9, head[1] - 26), (head[0] + 4, head[1] + 1)]
    canvas.stroke(at(curve(neck)), 11 * size, 6 * size, white)
    canvas.polygon(at(beak), gold)
    body = curve([(26, 72), (14, 76), (-8, 68), (-34, 46), (-40, 38), (-16, 42), (10, 48), (24, 58)], closed=True)
    canvas.polygon(at(body), white)
    canvas.polygon(at(curve([(2, 62), (-18, 54), (-40, 38), (-12, 44), (8, 52)], closed=True)), shade)
    canvas.ellipse(*at([head])[0], 7 * size, 5 * size, white)
    canvas.ellipse(*at([(head[0] + 2, head[1] + 1)])[0], 1.2 * size, 1.2 * size, dark)


def clump(
    canvas: Canvas, x: float, water: float, size: float, tones: Sequence[Colour], bark: Colour, seed: int
) -> None:
    """A mangrove: a wide crown on arching stilt roots."""
    random = Random(seed)
    for _ in range(15):
        foot, height = random.uniform(-1.0, 1.0) * size, random.uniform(0.4, 0.7) * size
        bend = [(x + foot * 0.25, water - height), (x + foot * 0.66, water - height * 0.62), (x + foot, water + 6)]
        canvas.stroke(curve(bend), size * 0.035, size * 0.02, mix(bark, tones[-1], random.uniform(0, 0.25)))
    for _ in range(5):
        lobe, high = random.uniform(-0.72, 0.72) * size, random.uniform(0.62, 0.95) * size
        wide = size * random.uniform(0.5, 0.7)
        canvas.foliage(x + lobe, water - high, wide, wide * 0.5, tones, random.random(), max(4.0, size * 0.034))


def mangrove() -> Image.Image:
    x: float
    y: float
    size: float
    haze = (226, 230, 216)
    canvas = Canvas((0, (158, 190, 194)), (0.4, (216, 224, 210)), (0.62, (244, 234, 210)))
    canvas.clouds(40, 420, (250, 246, 232), 0.5, 24, cells=(3, 9), cover=0.5)
    canvas.glow(1240, 470, 620, (255, 244, 214), 0.7)
    canvas.ridge(560, 230, (184, 202, 200), haze, 30, length=1300, depth=90)
    row(canvas, 3, 640, -10, WIDTH, (26, 46), (120, 360), (172, 192, 194), haze, None, (4, 60), (1050, 800))
    canvas.fog(330, 640, haze, 0.55)
    row(canvas, 8, 642, 560, 1600, (34, 54), (120, 330), (146, 174, 178), haze, None, (10, 80), (1080, 600))
    canvas.fog(440, 650, haze, 0.7)
    random = Random(2)
    for x in range(-30, WIDTH + 60, 52):
        tones = [mix(tone, haze, 0.52) for tone in ((60, 98, 84), (84, 124, 98), (112, 146, 112))]
        canvas.foliage(x, 640 - random.uniform(0, 16), 58, 27, tones, x + 3, 5)
    canvas.fog(590, 664, haze, 0.5)
    near = [(26, 62, 52), (38, 80, 62), (58, 102, 72), (88, 130, 86), (126, 158, 100)]
    middle = [mix(tone, haze, 0.26) for tone in near]
    for x, size in ((60, 120), (260, 96), (1700, 118), (1880, 130), (1500, 84)):
        clump(canvas, x, 692, size, middle, mix((84, 70, 60), haze, 0.3), x)
    clump(canvas, 1790, 760, 190, near, (66, 54, 48), 4)
    clump(canvas, 150, 768, 240, near, (66, 54, 48), 5)
    canvas.mirror(700, 1080, (150, 178, 170), (0.14, 0.5), 5, 12)
    canvas.clouds(720, 1120, (244, 240, 220), 0.3, 27, cells=(3, 26), cover=0.5)
    for x, y, size, turn, bow in (
        (1290, 742, 0.75, -1, True),
        (800, 770, 0.95, 1, True),
        (1180, 800, 1.25, -1, False),
        (610, 836, 1.5, 1, False),
        (980, 890, 1.85, 1, False),
    ):
        egret(canvas, x, y, size, turn, bow, flip=True)
        for ring in (1.0, 1.7):
            canvas.ellipse(x + 3 * size, y, 26 * size * ring, 3 * size * ring, (250, 250, 240, 60))
        egret(canvas, x, y, size, turn, bow)
    for number in range(70):  # the breathing roots
        x, y = random.choice((random.uniform(-10, 430), random.uniform(1500, 1930))), 770 + number * 4.2
        tall = random.uniform(12, 30) * (y / 900)
        canvas.stroke([(x, y), (x + random.uniform(-4, 4), y - tall)], 5 * y / 900, 2, (70, 66, 60))
        canvas.stroke([(x, y), (x + random.uniform(-4, 4), y + tall * 0.7)], 5 * y / 900, 1, (70, 78, 74, 90))
        canvas.ellipse(x, y, 12 * y / 900, 1.8, (244, 244, 232, 80))
    return canvas.finish(11)
