"""Solar panels on the roofs of factories."""

from random import Random

from PIL import Image

from .canvas import WIDTH, Canvas, Colour, Lens, between, mix
from .figures import walker
from .skyline import row


def panels(
    canvas: Canvas, lens: Lens, left: float, right: float, front: float, deep: float, roof: float, random: Random
) -> None:
    """One row of tilted panels across the roof."""
    low, high, wide = roof + 0.35, roof + 1.25, 1.15
    right = left + int((right - left) / wide) * wide - 0.06
    far = max(0.0, min(1.0, (front - 18) / 46))
    canvas.polygon(
        [
            lens(left, roof, front - 0.2),
            lens(right, roof, front - 0.2),
            lens(right, roof, front + deep * 1.3),
            lens(left, roof, front + deep * 1.3),
        ],
        (60, 76, 84, 110),
    )
    for number in range(round((right - left) / wide)):
        x = left + number * wide
        quad = [
            lens(x, low, front),
            lens(x + wide - 0.06, low, front),
            lens(x + wide - 0.06, high, front + deep),
            lens(x, high, front + deep),
        ]
        glance = max(0.0, 1 - abs(x - front * 0.12 + 1) / 13)
        tone = mix(
            mix((26, 58, 92), (84, 130, 158), 0.15 + 0.55 * far),
            (214, 206, 188),
            0.42 * glance**2 + random.uniform(0, 0.05),
        )
        canvas.polygon(quad, tone)
        for cell in (1, 2, 3):
            part = cell / 4
            canvas.line(
                [between(quad[0], quad[3], part), between(quad[1], quad[2], part)], 0.7, (190, 212, 220, 90), caps=False
            )
    edge = [lens(left, high, front + deep), lens(right, high, front + deep)]
    canvas.line(edge, 2.2 * 24 / front, (226, 230, 224), caps=False)
    foot = [lens(left, low, front), lens(right, low, front)]
    canvas.line(foot, 2.6 * 24 / front, (206, 212, 210), caps=False)


def sawtooth(
    canvas: Canvas, lens: Lens, left: float, right: float, away: float, count: int, wall: Colour, haze: Colour
) -> None:
    """A factory with a saw-tooth roof."""
    canvas.shade(
        [lens(left, 8, away), lens(right, 8, away), lens(right, -6, away), lens(left, -6, away)],
        wall,
        mix(wall, haze, 0.4),
    )
    step = (right - left) / count
    for number in range(count):
        x = left + number * step
        canvas.polygon([lens(x, 8, away), lens(x, 12, away), lens(x + step, 8, away)], mix(wall, (255, 250, 236), 0.3))
        for part in range(4):
            canvas.rect(
                *lens(x + step * (0.12 + part * 0.21), 5.4, away),
                lens.focal * step * 0.15 / away,
                lens.focal * 1.6 / away,
                mix(wall, (70, 108, 124), 0.62),
            )


def solar() -> Image.Image:
    x: float
    haze, random = (244, 228, 200), Random(7)
    canvas = Canvas((0, (108, 160, 184)), (0.2, (178, 204, 202)), (0.38, (250, 230, 194)))
    canvas.clouds(10, 290, (252, 246, 230), 0.6, 51, cells=(3, 7), cover=0.5)
    canvas.sun(1420, 300, 36, (255, 250, 230), (255, 230, 180))
    canvas.ridge(380, 190, (166, 192, 190), haze, 14, length=1500, depth=120)
    canvas.ridge(430, 110, (136, 172, 162), haze, 8, length=1000, depth=110)
    row(canvas, 13, 470, -10, 900, (20, 36), (60, 190), (160, 184, 186), haze, None, (6, 60), (360, 500))
    canvas.fog(330, 500, haze, 0.6)
    for x in range(-20, WIDTH + 40, 40):
        size = random.uniform(26, 46)
        canvas.foliage(
            x,
            486,
            size,
            size * 0.5,
            [mix(tone, haze, 0.4) for tone in ((58, 104, 84), (86, 132, 96), (128, 160, 112))],
            x,
            4,
        )
    lens = Lens(1120, 330, 1500, 17)
    sawtooth(canvas, lens, -70, -12, 128, 6, (196, 172, 150), haze)
    sawtooth(canvas, lens, 10, 60, 116, 5, (178, 182, 174), haze)
    for x, tall in ((4, 26), (7.5, 22)):
        foot, top = lens(x, 0, 130), lens(x, tall, 130)
        canvas.shade(
            [(top[0] - 7, top[1]), (top[0] + 7, top[1]), (foot[0] + 10, foot[1]), (foot[0] - 10, foot[1])],
            (200, 178, 160),
            haze,
        )
        canvas.rect(top[0] - 8, top[1] + 12, 16, 9, (190, 110, 84))
    canvas.fog(400, 560, haze, 0.4)
    roof = 6
    canvas.shade(
        [lens(-60, roof, 66), lens(46, roof, 66), lens(46, roof, 15), lens(-60, roof, 15)],
        (222, 214, 196),
        (176, 176, 166),
    )
    canvas.polygon(
        [lens(-60, roof + 0.8, 66), lens(46, roof + 0.8, 66), lens(46, roof, 66), lens(-60, roof, 66)], (240, 232, 214)
    )
    front = 61.0
    while front > 15:
        for left, right in ((-58, -8.6), (-6.4, 6.6), (8.8, 44)):
            panels(canvas, lens, left, right, front, 2.1, roof, random)
        if 34 < front < 38:
            for x in (-7.9, 7.3):
                a, b = lens(x, roof + 1.3, front), lens(x + 1.1, roof, front)
                canvas.rect(a[0], a[1], b[0] - a[0], b[1] - a[1], (204, 206, 198), 3)
        if 25 < front < 29:
            foot = lens(-7.5, roof, front)
            walker(canvas, *foot, 1.75 * lens.focal / front, 8, stride=0.8)
        front -= 3.9
    canvas.glow(1420, 330, 900, (255, 232, 186), 0.3, 1.6)
    return canvas.finish(5)
