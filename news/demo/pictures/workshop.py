"""Two engineers at a battery test bench."""

from math import exp, sin

from PIL import Image

from .canvas import HEIGHT, WIDTH, Canvas, curve, mix
from .figures import engineer
from .skyline import row


def bench(canvas: Canvas, top: float) -> None:
    """The test bench: the pack under test, its leads, instruments."""
    canvas.shade([(250, top), (1670, top), (1740, top + 62), (180, top + 62)], (226, 214, 192), (206, 192, 168))
    canvas.rect(180, top + 62, 1560, 20, (176, 160, 138))
    canvas.shade([(220, top + 82), (1700, top + 82), (1700, HEIGHT), (220, HEIGHT)], (92, 112, 118), (70, 90, 98))
    for number in range(4):
        x = 260 + number * 364
        canvas.rect(x, top + 112, 330, 190, (106, 128, 132), 6)
        canvas.rect(x + 130, top + 132, 70, 8, (190, 196, 190), 4)
    canvas.rect(180, top + 82, 1560, 16, (50, 66, 74, 90))
    canvas.rect(690, top + 24, 560, 14, (60, 60, 60, 70), 7)
    canvas.shade([(700, top - 70), (1240, top - 70), (1240, top + 30), (700, top + 30)], (72, 92, 104), (52, 70, 82))
    canvas.rect(690, top - 82, 560, 18, (104, 126, 136), 5)
    for number in range(9):
        x = 716 + number * 57
        canvas.shade(
            [(x, top - 52), (x + 46, top - 52), (x + 46, top + 18), (x, top + 18)], (96, 156, 148), (58, 108, 108)
        )
        canvas.rect(x + 6, top - 46, 34, 5, (180, 216, 204))
        canvas.rect(x + 8, top - 92, 9, 14, (214, 112, 70), 2)
        canvas.rect(x + 29, top - 92, 9, 14, (60, 66, 72), 2)
    for one, other, tone in (
        ((736, top - 88), (560, top + 6), (224, 124, 66)),
        ((1206, top - 88), (1360, top - 20), (224, 124, 66)),
        ((1220, top - 88), (1372, top - 8), (54, 62, 70)),
    ):
        middle = ((one[0] + other[0]) / 2, one[1] - 66)
        canvas.line(curve([one, (one[0] * 0.8 + middle[0] * 0.2, one[1] - 40), middle, other], steps=16), 7, tone)
    canvas.rect(1340, top - 160, 250, 188, (232, 226, 212), 10)
    canvas.rect(1356, top - 144, 150, 104, (32, 60, 68), 5)
    trace = [(1362 + n * 3.4, top - 70 - 52 * (1 - exp(-n / 11)) + 5 * sin(n * 0.9)) for n in range(42)]
    canvas.line(trace, 2.6, (150, 224, 196), caps=False)
    for number in range(3):
        canvas.ellipse(1550, top - 124 + number * 44, 14, 14, (96, 112, 118))
    for number in range(4):
        canvas.ellipse(1374 + number * 36, top - 12, 8, 8, ((214, 112, 70), (88, 104, 110))[number % 2])
    canvas.rect(330, top - 56, 210, 86, (86, 106, 116), 8)
    for number in range(3):
        canvas.rect(348, top - 42 + number * 22, 100, 11, (46, 66, 76), 3)
        canvas.ellipse(500, top - 36 + number * 22, 5, 5, ((132, 214, 170), (132, 214, 170), (244, 190, 100))[number])


def workshop() -> Image.Image:
    haze = (236, 230, 212)
    canvas = Canvas((0, (150, 190, 196)), (0.5, (240, 232, 208)))
    canvas.glow(1260, 260, 640, (255, 246, 216), 0.8)
    canvas.ridge(470, 180, (170, 196, 192), haze, 4, length=1000)
    row(canvas, 5, 620, 0, WIDTH, (50, 96), (120, 330), (158, 184, 186), haze, None, (10, 60))
    canvas.fog(300, 620, haze, 0.6)
    frame, wall = (88, 108, 114), (206, 200, 184)
    for x in range(-60, WIDTH, 168):
        canvas.rect(x, 80, 9, 520, frame)
    for y in (80, 210, 340, 470):
        canvas.rect(0, y, WIDTH, 6, frame)
    canvas.shade([(0, 0), (WIDTH, 0), (WIDTH, 84), (0, 84)], (150, 158, 152), (176, 180, 170))
    canvas.shade([(0, 560), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)], wall, (150, 150, 142))
    canvas.rect(0, 556, WIDTH, 10, (232, 226, 210))
    for x in (-20, 1640):
        canvas.rect(x, 130, 300, 700, (118, 136, 138))
        for shelf in range(4):
            y = 150 + shelf * 168
            canvas.rect(x + 12, y, 276, 150, (72, 92, 100))
            for item in range(4):
                tone = mix(
                    ((96, 150, 144), (206, 132, 92), (214, 200, 170), (90, 116, 132))[(item + shelf) % 4],
                    (72, 92, 100),
                    0.3,
                )
                tall = 70 + (item * 37 + shelf * 23) % 56
                canvas.rect(x + 24 + item * 66, y + 150 - tall, 56, tall, tone, 4)
                canvas.rect(x + 32 + item * 66, y + 162 - tall, 40, 5, mix(tone, (255, 250, 236), 0.45))
    canvas.blur(3.0)
    for x in (480, 960, 1440):
        canvas.line([(x, 0), (x, 86)], 3, (60, 72, 78), caps=False)
        canvas.polygon(curve([(x - 16, 84), (x + 16, 84), (x + 74, 138), (x - 74, 138)], True, 4), (70, 88, 94))
        canvas.glow(x, 150, 150, (255, 240, 204), 0.7)
        canvas.ellipse(x, 141, 60, 7, (255, 246, 220))
    top = 760
    engineer(
        canvas,
        600,
        470,
        150,
        1,
        (232, 230, 220),
        (204, 156, 126),
        (40, 38, 44),
        [((0.36, -0.75), (0.62, -1.72), (1.32, -1.38))],
        True,
    )
    engineer(
        canvas,
        1290,
        440,
        156,
        -1,
        (92, 128, 138),
        (190, 140, 110),
        (34, 34, 40),
        [((0.3, -0.75), (0.5, -1.6), (1.06, -1.3))],
    )
    bench(canvas, top)
    canvas.line([(1108, 640), (1060, 668)], 7, (206, 92, 62))
    canvas.line([(1060, 668), (1050, 676)], 3, (60, 66, 72))
    canvas.polygon([(756, 590), (866, 560), (884, 664), (776, 696)], (50, 64, 72))
    canvas.polygon([(764, 596), (860, 570), (876, 656), (782, 686)], (174, 214, 210))
    canvas.ellipse(800, 676, 24, 18, (204, 156, 126))
    canvas.glow(1260, 240, 900, (255, 242, 210), 0.3, 1.5)
    return canvas.finish(10)
