"""A conference hall, seen from the back rows."""

from math import sin
from random import Random

from PIL import Image

from .canvas import WIDTH, Canvas, Lens, Point, curve, mix, outline
from .figures import listener


def screen(canvas: Canvas, lens: Lens, away: float) -> None:
    """What is shown on the stage: a rising line over pale hills."""
    (left, top), (right, bottom) = lens(-7.4, 8.2, away), lens(7.4, 2.3, away)
    wide, tall = right - left, bottom - top
    canvas.rect(left - 7, top - 7, wide + 14, tall + 14, (22, 38, 48))
    canvas.shade([(left, top), (right, top), (right, bottom), (left, bottom)], (206, 226, 222), (246, 232, 204))
    for level, high, tone, seed in (
        (0.86, 70, (170, 200, 196), 3),
        (0.94, 56, (120, 164, 160), 8),
        (1.0, 40, (70, 122, 122), 12),
    ):
        ridge = outline(top + tall * level, high, seed, length=420, left=round(left), right=round(right) - 6)
        canvas.polygon([*ridge, (right, bottom), (left, bottom)], tone)
    canvas.ellipse(left + wide * 0.76, top + tall * 0.34, 26, 26, (240, 178, 120))
    canvas.rect(left + wide * 0.07, top + tall * 0.14, wide * 0.34, 15, (44, 84, 92))
    canvas.rect(left + wide * 0.07, top + tall * 0.24, wide * 0.22, 8, (110, 146, 148))
    trend = [
        (left + wide * (0.08 + 0.8 * n / 20), bottom - tall * (0.16 + 0.36 * (n / 20) ** 1.7 + 0.02 * sin(n)))
        for n in range(21)
    ]
    canvas.line(trend, 4, (206, 104, 74))
    canvas.ellipse(*trend[-1], 7, 7, (206, 104, 74))


def hall() -> Image.Image:
    x: float
    away: float
    canvas = Canvas((0, (18, 32, 42)), (1, (26, 42, 50)))
    lens, random, away = Lens(960, 500, 1500, 3.3), Random(6), 30
    wall, far = (46, 72, 80), 30
    for side in (-1, 1):  # slatted timber walls
        x = 15 * side
        canvas.polygon([lens(x, 10, far), lens(x, 10, 5), lens(x, 0, 5), lens(x, 0, far)], (58, 52, 50))
        z = float(far)
        while z > 6:
            tone = mix((150, 108, 78), (50, 44, 46), min(1, max(0, (30 - z) / 22)))
            canvas.polygon([lens(x, 9.2, z), lens(x, 9.2, z * 0.985), lens(x, 0.8, z * 0.985), lens(x, 0.8, z)], tone)
            z *= 0.97
    canvas.polygon([lens(-15, 10, far), lens(15, 10, far), lens(15, 10, 5), lens(-15, 10, 5)], (24, 40, 50))
    for number in range(7):  # coves of light across the ceiling
        z = 28.5 - number * 3.2
        tone = mix((252, 226, 180), (90, 96, 96), number / 8)
        canvas.polygon(
            [lens(-12.5, 10, z), lens(12.5, 10, z), lens(12.5, 10, z - 0.45), lens(-12.5, 10, z - 0.45)], tone
        )
        canvas.glow(960, lens(0, 10, z)[1], 1500 * 14 / z, (250, 220, 170), 0.12, 1.6, 0.16)
    canvas.shade(
        [lens(-15, 10, far), lens(15, 10, far), lens(15, 0, far), lens(-15, 0, far)], mix(wall, (20, 34, 44), 0.4), wall
    )
    for number in range(31):
        x, y = lens(-15 + number, 10, far)
        canvas.rect(x, y, 1.5, lens(0, 0, far)[1] - y, (20, 36, 46, 120))
    canvas.glow(960, 390, 820, (176, 206, 204), 0.5, 1.5, 0.8)
    screen(canvas, lens, 29.6)
    canvas.shade(
        [lens(-12, 0.95, 29.8), lens(12, 0.95, 29.8), lens(12.6, 0.95, 25.5), lens(-12.6, 0.95, 25.5)],
        (196, 152, 112),
        (176, 130, 94),
    )
    canvas.shade(
        [lens(-12.6, 0.95, 25.5), lens(12.6, 0.95, 25.5), lens(12.6, 0, 25.5), lens(-12.6, 0, 25.5)],
        (96, 74, 66),
        (54, 50, 54),
    )
    canvas.line([lens(-12.6, 0.95, 25.5), lens(12.6, 0.95, 25.5)], 2.4, (252, 222, 176), caps=False)
    canvas.shade([lens(-15, 0, 25.5), lens(15, 0, 25.5), lens(15, 0, 5), lens(-15, 0, 5)], (52, 62, 68), (22, 32, 40))
    speaker(canvas, lens, 27)
    for x in (4.6, 6.0, 7.4):  # a panel waiting in armchairs
        seat = lens(x, 0.95, 27.5)
        canvas.rect(seat[0] - 26, seat[1] - 50, 52, 44, (190, 112, 84), 10)
        canvas.ellipse(seat[0], seat[1] - 74, 8, 10.5, (176, 130, 104))
        canvas.ellipse(seat[0], seat[1] - 78, 8.5, 8.5, (40, 36, 40))
        canvas.rect(seat[0] - 15, seat[1] - 63, 30, 44, mix((60, 84, 100), (220, 206, 180), random.random()), 9)
        canvas.rect(seat[0] - 32, seat[1] - 34, 11, 30, (170, 98, 76), 5)
        canvas.rect(seat[0] + 21, seat[1] - 34, 11, 30, (170, 98, 76), 5)
    canvas.glow(960, 650, 900, (240, 214, 174), 0.28, 1.5, 0.3)
    coats = [(52, 70, 84), (74, 64, 68), (40, 58, 66), (88, 84, 82), (60, 74, 70), (96, 70, 62)]
    for number in range(11):
        away = 22.5 * 0.855**number
        dark = min(1.0, number / 9)
        unit, shift = lens.focal / away, (number % 2) * 0.42
        rim = mix((250, 220, 178), (150, 176, 180), dark)
        x = -11.5 + shift
        while x < 11.5:
            aisle = abs(x) < 0.62 + 0.02 * number
            px, py = lens(x + random.uniform(-0.1, 0.1), 1.26 + random.uniform(-0.06, 0.07), away)
            x += 0.84
            if aisle or not -120 < px < WIDTH + 120 or random.random() < 0.07:
                continue
            coat = mix(random.choice(coats), (16, 26, 34), 0.2 + 0.55 * dark)
            hair = mix(
                random.choice(((48, 40, 42), (70, 56, 50), (96, 90, 90), (36, 38, 46))), (14, 22, 30), 0.15 + 0.5 * dark
            )
            canvas.rect(
                px - 0.3 * unit,
                py + 0.46 * unit,
                0.6 * unit,
                0.8 * unit,
                mix((96, 60, 54), (18, 26, 34), 0.3 + 0.5 * dark),
                0.08 * unit,
            )
            listener(canvas, px, py, 0.2 * unit, coat, hair, rim, random.random())
            canvas.rect(
                px - 0.29 * unit,
                py + 0.52 * unit,
                0.58 * unit,
                0.8 * unit,
                mix((110, 66, 56), (18, 26, 34), 0.3 + 0.5 * dark),
                0.1 * unit,
            )
        canvas.fog(lens(0, 1.4, away)[1], lens(0, 0, away)[1] + 10, (16, 26, 34), 0.16)
    return canvas.finish(9, vignette=0.34, shadow=(6, 12, 18))


def speaker(canvas: Canvas, lens: Lens, away: float) -> None:
    unit, (x, y) = lens.focal / away, lens(-4.6, 0.95, away)

    def at(*points: Point) -> list[Point]:
        return [(x + a * unit, y - b * unit) for a, b in points]

    canvas.glow(x, y - unit, 130, (255, 236, 200), 0.5)
    canvas.polygon(
        at(
            *curve(
                [
                    (-0.26, 1.5),
                    (0.26, 1.5),
                    (0.34, 1.2),
                    (0.28, 0.6),
                    (0.26, 0.0),
                    (-0.26, 0.0),
                    (-0.28, 0.6),
                    (-0.34, 1.2),
                ],
                True,
            )
        ),
        (44, 62, 80),
    )
    canvas.polygon(at((-0.08, 1.53), (0.08, 1.53), (0.0, 1.2)), (240, 236, 226))
    canvas.stroke(at(*curve([(0.24, 1.42), (0.52, 1.24), (0.62, 1.5)])), 0.15 * unit, 0.1 * unit, (56, 76, 94))
    canvas.ellipse(*at((0.63, 1.53))[0], 3.4, 3.8, (196, 148, 120))
    canvas.ellipse(*at((0, 1.7))[0], 0.115 * unit, 0.15 * unit, (196, 148, 120))
    canvas.polygon(
        at(
            *curve(
                [(-0.13, 1.68), (-0.13, 1.84), (0.0, 1.9), (0.13, 1.84), (0.13, 1.7), (0.06, 1.79), (-0.07, 1.8)], True
            )
        ),
        (40, 36, 40),
    )
    canvas.shade(at((-0.42, 1.12), (0.42, 1.12), (0.32, 0.0), (-0.32, 0.0)), (206, 160, 118), (150, 110, 84))
    canvas.polygon(at((-0.48, 1.18), (0.48, 1.18), (0.44, 1.08), (-0.44, 1.08)), (228, 190, 148))
