"""A garden on a roof, among towers."""

from collections.abc import Sequence
from random import Random

from PIL import Image

from .canvas import WIDTH, Canvas, Colour, Lens, curve, mix
from .figures import sitter, walker
from .skyline import row


def grasses(
    canvas: Canvas,
    x: float,
    y: float,
    spread: float,
    height: float,
    tones: Sequence[Colour],
    random: Random,
    count: int,
) -> None:
    for _ in range(count):
        foot, reach = x + random.uniform(-spread, spread), height * random.uniform(0.45, 1)
        lean = random.gauss(0, 0.28) * reach
        blade = curve([(foot, y), (foot + lean * 0.3, y - reach * 0.6), (foot + lean, y - reach)], steps=4)
        canvas.stroke(blade, max(2, height * 0.035), 0.5, random.choice(tones))


def planter(
    canvas: Canvas, lens: Lens, left: float, right: float, near: float, far: float, random: Random, side: int
) -> None:
    """A raised bed along the terrace, planted, drawn from far to near."""
    inner = left if side > 0 else right
    canvas.shade(
        [lens(inner, 0.6, far), lens(inner, 0.6, near), lens(inner, 0, near), lens(inner, 0, far)],
        (190, 172, 150),
        (150, 136, 122),
    )
    canvas.polygon(
        [lens(left, 0.6, far), lens(right, 0.6, far), lens(right, 0.6, near), lens(left, 0.6, near)], (92, 84, 74)
    )
    away = far
    while away > near:
        fade = max(0.0, min(0.45, (away - 6) / 40))
        tones = [
            mix(tone, (222, 226, 208), fade)
            for tone in ((30, 76, 62), (46, 98, 70), (78, 128, 80), (126, 160, 98), (168, 184, 118))
        ]
        if right - left > 6:
            x = random.uniform(left + 0.3, right - 0.3)
        else:  # most of them near the path
            x = inner + side * (0.45 + random.random() ** 2 * 2.8)
        x, y = lens(x, 0.6, away)
        unit = lens.focal / away
        kind = random.random()
        if kind < 0.5:
            size = random.uniform(0.5, 0.85) * unit
            canvas.foliage(x, y - size * 0.7, size * 0.8, size * 0.75, tones, random.random())
        else:
            grasses(canvas, x, y, 0.5 * unit, random.uniform(0.7, 1.2) * unit, tones, random, 40)
            if kind > 0.75:
                for _ in range(14):
                    bloom = random.choice(((222, 130, 100), (240, 214, 160), (236, 226, 214)))
                    canvas.ellipse(
                        x + random.uniform(-0.5, 0.5) * unit,
                        y - random.uniform(0.5, 1) * unit,
                        0.045 * unit,
                        0.04 * unit,
                        mix(bloom, (222, 226, 208), fade),
                    )
        away -= 0.06 * away**0.75


def rooftop() -> Image.Image:
    haze, random = (238, 230, 210), Random(17)
    canvas = Canvas((0, (122, 172, 190)), (0.35, (190, 214, 208)), (0.62, (248, 234, 206)))
    canvas.clouds(20, 420, (252, 248, 236), 0.6, 61, cells=(3, 8), cover=0.5)
    canvas.glow(700, 480, 700, (255, 244, 212), 0.7)
    canvas.ridge(600, 220, (170, 196, 192), haze, 19, length=1400, depth=90)
    row(canvas, 23, 690, -20, WIDTH, (44, 84), (220, 480), (166, 190, 192), haze, None, (4, 50))
    canvas.fog(360, 690, haze, 0.55)
    row(canvas, 6, 694, -60, 640, (90, 150), (330, 640), (128, 160, 166), haze, None, (24, 90))
    row(canvas, 9, 694, 1330, WIDTH + 60, (90, 150), (330, 660), (122, 154, 162), haze, None, (24, 90))
    canvas.fog(440, 694, haze, 0.5)
    lens = Lens(960, 590, 1250, 1.9)
    canvas.shade([lens(-9, 0, 24), lens(9, 0, 24), lens(9, 0, 3.2), lens(-9, 0, 3.2)], (226, 206, 178), (176, 144, 116))
    for number in range(-36, 37):
        x = number * 0.25
        canvas.line([lens(x, 0, 24), lens(x, 0, 4.4)], 0.9, (120, 92, 74, 70), caps=False)
    canvas.polygon([lens(-9, 1.1, 24), lens(9, 1.1, 24), lens(9, 0, 24), lens(-9, 0, 24)], (214, 226, 222, 150))
    canvas.line([lens(-9, 1.1, 24), lens(9, 1.1, 24)], 3, (240, 236, 224), caps=False)
    planter(canvas, lens, -8, 8, 21.6, 22.8, random, 1)
    wood, dark = (178, 132, 100), (136, 98, 78)
    for x in (-3.4, 3.4):
        for away in (20.5, 14.5):
            a, b = lens(x - 0.09, 2.9, away), lens(x + 0.09, 0, away)
            canvas.rect(a[0], a[1], b[0] - a[0], b[1] - a[1], dark if away > 18 else wood)
    for number in range(14):
        away = 20.6 - number * 0.48
        a, b = lens(-3.9, 3.08, away), lens(3.9, 2.94, away)
        canvas.rect(a[0], a[1], b[0] - a[0], b[1] - a[1], mix(wood, haze, 0.3 - number * 0.02))
    for x in (-3.4, 3.4):
        canvas.polygon(
            [lens(x - 0.1, 2.95, 21), lens(x + 0.1, 2.95, 21), lens(x + 0.1, 2.95, 14), lens(x - 0.1, 2.95, 14)], dark
        )
    vine = [(48, 98, 74), (82, 130, 84), (130, 164, 104)]
    for x, wide in ((-3.3, 0.9), (-2.2, 0.6), (3.2, 0.8)):
        spot = lens(x, 3.05, 14.3)
        canvas.foliage(spot[0], spot[1], wide * 87, 24, vine, x, 5)
    for x in (-1.7, 1.7):
        a, b = lens(x - 0.9, 0.46, 16.4), lens(x + 0.9, 0.38, 16.4)
        canvas.polygon(
            [lens(x - 0.9, 0, 16.2), lens(x + 1.1, 0, 16.2), lens(x + 1.3, 0, 15.6), lens(x - 0.7, 0, 15.6)],
            (110, 86, 70, 60),
        )
        canvas.rect(a[0], a[1], b[0] - a[0], b[1] - a[1], (232, 222, 204))
        for leg in (-0.75, 0.7):
            canvas.rect(*lens(x + leg, 0.4, 16.4), 5, 0.4 * 76, dark)
    for x, seed, turn in ((-2.0, 3, 1), (-1.1, 11, -1), (1.8, 5, -1)):
        sitter(canvas, *lens(x, 0.46, 16.3), 1.7 * 76, seed, turn)
    planter(canvas, lens, -7.6, -3.9, 3.2, 19, random, -1)
    planter(canvas, lens, 3.9, 7.6, 3.2, 19, random, 1)
    walker(canvas, *lens(1.5, 0, 10.5), 1.7 * 1250 / 10.5, 9, stride=0.8)
    canvas.glow(700, 560, 800, (255, 242, 208), 0.24, 1.6)
    return canvas.finish(6)
