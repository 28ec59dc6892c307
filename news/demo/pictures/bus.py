"""An electric double-decker in a street lined with trees."""

from random import Random

from PIL import Image

from .canvas import HEIGHT, WIDTH, Canvas, Lens, mix
from .figures import walker
from .skyline import row
from .streets import CREAM, FRAME, GLASS, Block, facade, tree


def double_decker(canvas: Canvas, lens: Lens) -> None:
    bus, green = Block(canvas, lens, 4.6, 7.1, 9), (38, 112, 104)
    length, pale = 10.8, (214, 222, 212)
    bus.shadow(length)
    bus.side(0, length, 0.32, 4.25, CREAM, (222, 220, 208))
    bus.side(0, length, 0.32, 1.12, green, mix(green, (20, 40, 48), 0.3))
    bus.side(3.4, length, 1.12, 2.9, green, slant=2.4)
    bus.side(0.2, length - 0.5, 1.32, 2.12, GLASS, slant=0.12)
    bus.side(0.2, length - 0.25, 2.86, 3.72, GLASS, slant=0.12)
    for level, high, gap in ((1.32, 2.12, 1.55), (2.86, 3.72, 1.55)):
        for number in range(1, 7):
            place = number * gap
            bus.side(place - 0.05, place + 0.05, level, high, FRAME)
            bus.side(place - 1.2, place - 0.7, level + 0.02, high - 0.02, (190, 214, 214, 44), slant=0.4)
            if number in (2, 3, 5, 6):
                x, y = lens(4.6, level + 0.2, bus.near + place - 0.6)
                unit = lens.focal / (bus.near + place)
                canvas.ellipse(x, y - unit * 0.12, unit * 0.075, unit * 0.11, (38, 62, 76))
                canvas.rect(x - unit * 0.14, y, unit * 0.28, unit * 0.16, (38, 62, 76), unit * 0.08)
    bus.side(0.0, length, 4.05, 4.25, (250, 246, 234))
    for place in (2.55, 8.6):
        bus.wheel(place, 0.5)
    bus.front(0, 1, 0.32, 4.25, mix(CREAM, (150, 166, 168), 0.18), mix(CREAM, (120, 140, 146), 0.36), 0.1)
    bus.front(0, 1, 0.32, 1.05, mix(green, (20, 40, 48), 0.2))
    bus.front(0.05, 0.95, 2.86, 3.78, (46, 74, 88), (92, 128, 138))
    bus.front(0.05, 0.95, 1.22, 2.3, (44, 70, 84), (84, 116, 126))
    bus.front(0.1, 0.9, 2.4, 2.76, FRAME, None, 0.04)
    for number in range(8):
        bus.front(0.36 + number * 0.058, 0.40 + number * 0.058, 2.5, 2.66, (248, 190, 96))
    bus.front(0.16, 0.28, 2.48, 2.68, (248, 190, 96), None, 0.03)
    bus.front(0.493, 0.507, 1.22, 2.3, FRAME)
    bus.driver(0.26, 1.22)
    for start in (0.06, 0.72):
        bus.front(start, start + 0.22, 0.72, 0.94, (226, 232, 228), None, 0.09)
        glow = lens(4.6 + 2.5 * (start + 0.11), 0.83, 9)
        canvas.glow(*glow, 60, (255, 246, 220), 0.7)
    bus.front(0.36, 0.64, 0.5, 0.68, pale, None, 0.03)
    bus.front(-0.02, 1.02, 0.3, 0.42, FRAME)
    for start in (-0.1, 1.02):
        bus.front(start, start + 0.08, 1.75, 2.3, FRAME, None, 0.05)


def bus() -> Image.Image:
    haze = (240, 232, 204)
    canvas, random = Canvas((0, (150, 190, 194)), (0.3, (214, 224, 206)), (0.52, (250, 236, 202))), Random(5)
    lens = Lens(330, 560, 1300, 1.7)
    canvas.glow(330, 470, 620, (255, 246, 214), 0.8)
    row(canvas, 4, 575, 60, 720, (30, 56), (100, 330), (170, 192, 190), haze, None, (4, 26), (330, 420))
    canvas.fog(330, 580, haze, 0.7)
    canvas.shade([(0, 560), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)], (226, 216, 194), (134, 140, 140))
    walls = [(214, 178, 146), (228, 214, 188), (178, 186, 172), (206, 156, 128), (222, 200, 170), (190, 196, 190)]
    far = 130.0
    for number in range(8):
        near = far * 0.7
        for x in (-8.5, 13.5):
            facade(
                canvas,
                lens,
                x,
                near,
                far,
                13 + (number * 5 + (x > 0)) % 4 * 2.2,
                walls[(number + (x > 0) * 3) % 6],
                haze,
                4,
                4,
            )
        far = near
    for left, right, tone in ((-8.5, -3.6, (214, 204, 184)), (9.2, 13.5, (208, 198, 178))):
        canvas.shade([lens(left, 0, 130), lens(right, 0, 130), lens(right, 0, 3.2), lens(left, 0, 3.2)], haze, tone)
    canvas.polygon([lens(9.2, 0.14, 130), lens(9.2, 0.14, 3.2), lens(9.2, 0, 3.2), lens(9.2, 0, 130)], (176, 168, 154))
    canvas.glow(330, 570, 620, haze, 0.6, 1.4, 0.24)
    away = 60.0
    while away > 3.6:
        for x in (2.7, 2.95):
            canvas.polygon(
                [lens(x, 0, away), lens(x + 0.09, 0, away), lens(x + 0.09, 0, away * 0.94), lens(x, 0, away * 0.94)],
                (246, 240, 224, 190),
            )
        away *= 0.91
    order = [(away, x) for away in (62, 48, 37, 28, 21.5, 16) for x in (-5.4, 10.6)]
    for away, x in order:
        if away == 16 and x < 0:
            continue
        tree(canvas, lens, x, away, 1.1, haze, away + x)
        if random.random() < 0.75:
            place = x + random.choice((-1.6, 1.3))
            walker(
                canvas,
                *lens(place, 0, away - 2),
                1.7 * lens.focal / (away - 2),
                random.random(),
                haze,
                min(0.6, away / 80),
            )
    double_decker(canvas, lens)
    tree(canvas, lens, 11.6, 9.6, 1.05, haze, 77)
    for x, away, seed in ((10.4, 8.6, 5), (11.0, 8.2, 12)):
        walker(canvas, *lens(x, 0.1, away), 1.68 * lens.focal / away, seed)
    canvas.glow(330, 520, 900, (255, 244, 208), 0.34, 1.5)
    return canvas.finish(7)
