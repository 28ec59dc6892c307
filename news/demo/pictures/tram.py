"""A tram crossing a square."""

from random import Random

from PIL import Image

from .canvas import HEIGHT, WIDTH, Canvas, Lens, mix
from .figures import walker
from .skyline import row
from .streets import CREAM, FRAME, GLASS, Block, facade, tree


def tram_car(canvas: Canvas, lens: Lens) -> None:
    tram, red, near = Block(canvas, lens, -4.4, -7.0, 9.5), (176, 76, 58), 9.5
    length, dark = 27.0, (40, 56, 66)
    tram.shadow(length)
    for start, end in ((0, 8.6), (9.3, 17.6), (18.3, length)):
        tram.side(start, end, 0.25, 3.3, (240, 234, 220), (214, 208, 194))
        tram.side(start, end, 0.25, 0.95, red, mix(red, (60, 30, 36), 0.3))
        tram.side(start + 0.2, end - 0.2, 1.2, 2.75, GLASS)
        for place in range(int(start) + 2, int(end), 2):
            tram.side(place - 0.05, place + 0.05, 1.2, 2.75, FRAME)
            tram.side(place - 1.5, place - 0.9, 1.22, 2.73, (196, 218, 218, 44), slant=0.5)
            x, y = lens(-4.4, 1.65, near + place - 0.8)
            unit = lens.focal / (near + place)
            canvas.ellipse(x, y - unit * 0.06, unit * 0.1, unit * 0.14, (44, 70, 84))
            canvas.rect(x - unit * 0.22, y + unit * 0.1, unit * 0.44, unit * 0.35, (44, 70, 84), unit * 0.12)
        door = (start + end) / 2
        for part in (0, 0.72):
            tram.side(door + part, door + part + 0.66, 0.35, 2.85, mix(red, dark, 0.2))
            tram.side(door + part + 0.1, door + part + 0.56, 0.7, 2.7, (74, 108, 120))
        tram.side(start, end, 3.1, 3.3, (250, 246, 236))
        tram.side(start + 1, end - 1, 3.3, 3.62, (170, 174, 170))
    for start in (8.6, 17.6):
        tram.side(start, start + 0.7, 0.3, 3.2, dark)
    tram.front(0, 1, 0.25, 3.32, mix(CREAM, (150, 160, 164), 0.14), mix(CREAM, (130, 140, 146), 0.3), 0.2)
    tram.front(0, 1, 0.25, 1.0, mix(red, (50, 30, 40), 0.16))
    tram.front(0.06, 0.94, 1.15, 2.72, (44, 70, 84), (86, 120, 130))
    tram.front(0.2, 0.8, 2.8, 3.1, FRAME, None, 0.05)
    for number in range(5):
        tram.front(0.38 + number * 0.07, 0.42 + number * 0.07, 2.88, 3.02, (248, 192, 100))
    tram.driver(0.5, 1.15)
    for start in (0.1, 0.74):
        tram.front(start, start + 0.16, 0.62, 0.82, (250, 244, 226), None, 0.08)
        canvas.glow(*lens(-4.4 - 2.6 * (start + 0.08), 0.72, near), 70, (255, 246, 220), 0.7)
    tram.front(-0.01, 1.01, 0.16, 0.36, FRAME, None, 0.05)
    foot, tip = lens(-5.7, 3.6, 21), lens(-5.7, 5.4, 20)
    canvas.line([foot, (foot[0] + 22, (foot[1] + tip[1]) / 2), tip], 2, dark)
    canvas.line([(tip[0] - 26, tip[1]), (tip[0] + 26, tip[1])], 2.4, dark)


def tram() -> Image.Image:
    haze = (240, 226, 204)
    canvas = Canvas((0, (128, 170, 186)), (0.3, (200, 214, 206)), (0.55, (250, 232, 202)))
    canvas.clouds(20, 440, (252, 246, 232), 0.6, 71, cells=(3, 8), cover=0.5)
    lens = Lens(1500, 600, 1300, 1.75)
    canvas.glow(1420, 520, 700, (255, 244, 212), 0.8)
    row(canvas, 14, 620, 900, WIDTH, (34, 60), (120, 330), (176, 192, 190), haze, None, (6, 40), (1450, 500))
    canvas.fog(380, 620, haze, 0.6)
    canvas.shade([(0, 600), (WIDTH, 600), (WIDTH, HEIGHT), (0, HEIGHT)], (236, 222, 196), (186, 166, 146))
    walls = [(222, 194, 160), (208, 168, 138), (230, 216, 190), (196, 190, 172), (214, 180, 150)]
    far = 118.0
    for number in range(7):
        near = far * 0.7
        facade(canvas, lens, -19, near, far, 17 + (number * 3) % 4 * 1.6, walls[number % 5], haze, 4, 5)
        if near > 26:
            facade(canvas, lens, 15, near, far, 16 + (number * 5) % 4 * 1.5, walls[(number + 2) % 5], haze, 4, 5)
        far = near
    canvas.glow(1500, 610, 760, haze, 0.55, 1.4, 0.22)
    for number in range(-16, 14):
        canvas.line([lens(number * 2, 0, 70), lens(number * 2, 0, 2.6)], 1, (150, 128, 110, 60), caps=False)
    away = 60.0
    while away > 3.6:
        canvas.line([lens(-32, 0, away), lens(14, 0, away)], 1, (150, 128, 110, 55), caps=False)
        away *= 0.86
    for x in (-6.4, -5.0, -1.9, -0.5):
        canvas.polygon(
            [lens(x - 0.035, 0, 110), lens(x + 0.035, 0, 110), lens(x + 0.035, 0, 3), lens(x - 0.035, 0, 3)],
            (112, 108, 106),
        )
    for away in (60, 46, 34, 25):
        tree(canvas, lens, 8.5, away, 0.95, haze, away)
    for away, x in ((30, -14), (24, -12.5), (19, -12)):
        walker(canvas, *lens(x, 0, away), 1.7 * lens.focal / away, away, haze, 0.25)
    tram_car(canvas, lens)
    for away in (56, 38, 26, 17):
        foot, top = lens(-3.4, 0, away), lens(-3.4, 7, away)
        canvas.line([foot, top], max(2, 110 / away), mix((70, 84, 90), haze, min(0.7, away / 80)), caps=False)
        canvas.line(
            [lens(-6, 6.6, away), lens(-0.9, 6.6, away)],
            max(1.2, 60 / away),
            mix((70, 84, 90), haze, min(0.7, away / 80)),
            caps=False,
        )
    for x in (-5.7, -1.2):
        canvas.line([lens(x, 5.5, 110), lens(x, 5.5, 3)], 1.1, (84, 96, 100), caps=False)
    random = Random(31)
    crowd = sorted(((random.uniform(14, 42), random.uniform(-3, 9)) for _ in range(14)), reverse=True)
    for away, x in crowd:
        walker(canvas, *lens(x, 0, away), 1.7 * lens.focal / away, random.random(), haze, min(0.6, away / 70))
    for away, x, seed in ((11.5, 0.4, 3), (10.6, -9.6, 15), (10.4, 1.1, 27)):
        walker(canvas, *lens(x, 0, away), 1.7 * lens.focal / away, seed)
    canvas.glow(1420, 560, 900, (255, 240, 206), 0.3, 1.6)
    return canvas.finish(8)
