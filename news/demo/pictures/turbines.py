"""Wind turbines on the hills."""

from collections.abc import Sequence
from math import cos, pi, sin
from random import Random

from PIL import Image

from .canvas import HEIGHT, WIDTH, Canvas, Colour, Point, curve, mix, outline


def turbine(canvas: Canvas, x: float, y: float, height: float, angle: float, haze: Colour, share: float = 0.0) -> None:
    """A wind turbine, its foot at (x, y)."""
    light, dark = mix((250, 250, 246), haze, share), mix((184, 198, 204), haze, share)
    top, wide = y - height, height * 0.03
    canvas.shade([(x - wide, y), (x - wide * 0.45, top), (x, top), (x, y)], light, mix(light, haze, 0.3))
    canvas.shade([(x, y), (x, top), (x + wide * 0.45, top), (x + wide, y)], dark, mix(dark, haze, 0.3))
    blade = curve([(-0.012, 0.0), (-0.03, 0.09), (-0.018, 0.3), (-0.004, 0.62)])
    edge = [(0.012, 0.0), (0.012, 0.3), (0.0, 0.62)]
    for turn in (0, 120, 240):
        spin = (angle + turn) * pi / 180

        def at(points: Sequence[Point], spin: float = spin) -> list[Point]:
            turned = [(a * cos(spin) - b * sin(spin), a * sin(spin) + b * cos(spin)) for a, b in points]
            return [(x + a * height, top - b * height) for a, b in turned]

        canvas.polygon(at([*blade, *reversed(edge)]), light)
        canvas.polygon(at([(0.002, 0.02), (0.012, 0.0), (0.012, 0.3), (0.0, 0.62)]), dark)
    canvas.ellipse(x, top, height * 0.022, height * 0.022, light)
    canvas.ellipse(x, top, height * 0.01, height * 0.01, dark)


def turbines() -> Image.Image:
    x: float
    y: float
    haze = (236, 232, 208)
    canvas = Canvas((0, (104, 158, 184)), (0.3, (164, 198, 202)), (0.6, (244, 232, 200)))
    canvas.clouds(30, 420, (250, 246, 232), 0.62, 41, cells=(3, 8), cover=0.48)
    canvas.sun(1500, 520, 40, (255, 250, 230), (255, 234, 186))
    canvas.ridge(640, 260, (164, 192, 192), haze, 5, length=1500, depth=170)
    canvas.fog(460, 760, haze, 0.5)
    for x, y, height, angle in (
        (250, 640, 190, 14),
        (520, 650, 205, 75),
        (1250, 650, 190, 40),
        (1640, 640, 200, 100),
        (1830, 630, 180, 22),
    ):
        turbine(canvas, x, y, height, angle, haze, 0.5)
    canvas.ridge(760, 230, (126, 166, 152), (216, 218, 190), 17, length=1300, depth=190)
    canvas.fog(620, 860, haze, 0.42)
    for x, y, height, angle in ((640, 800, 430, 52), (1440, 810, 440, 8), (200, 800, 410, 90)):
        turbine(canvas, x, y, height, angle, haze, 0.2)
    canvas.ridge(850, 190, (92, 142, 116), (190, 200, 158), 26, length=1500, depth=200)
    canvas.fog(760, 960, haze, 0.3)
    turbine(canvas, 1010, 930, 550, 31, haze, 0.02)
    near = outline(950, 150, 33, length=2100, detail=3)
    canvas.shade([*near, (WIDTH, HEIGHT + 40), (0, HEIGHT + 40)], (92, 136, 88), (38, 84, 66))
    for number in range(1, 9):
        share = number / 9
        furrow = [(x, y + (HEIGHT + 120 - y) * share**1.5 + 4 * sin(x / 190 + number)) for x, y in near[::6]]
        canvas.stroke(furrow, 3 + 5 * share, 6 + 8 * share, (150, 176, 108, 54))
    random = Random(9)
    for _ in range(46):
        x, y = random.choice(near)
        size = random.uniform(7, 20)
        canvas.foliage(x, y - size * 0.3, size * 1.2, size * 0.8, [(40, 88, 68), (62, 110, 78), (98, 140, 92)], x, 3)
    for _ in range(900):
        x, y = random.uniform(0, WIDTH), HEIGHT - abs(random.gauss(0, 26))
        reach = random.uniform(14, 46)
        lean = random.uniform(-10, 14)
        tone = mix((30, 74, 60), (122, 156, 94), random.random() ** 1.6)
        canvas.polygon([(x - 1.6, y + 20), (x + 1.6, y + 20), (x + lean, y - reach)], tone)
    return canvas.finish(4)
