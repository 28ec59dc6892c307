"""A cable-stayed bridge over a bay, by night."""

from random import Random

from PIL import Image

from .canvas import WIDTH, Canvas
from .skyline import row


def bridge() -> Image.Image:
    haze, warm = (86, 108, 140), (255, 214, 150)
    canvas = Canvas((0, (12, 22, 46)), (0.35, (26, 46, 80)), (0.6, (66, 88, 124)), (0.72, (128, 126, 146)))
    random = Random(20)
    for _ in range(150):
        canvas.ellipse(
            random.uniform(0, WIDTH), random.uniform(0, 420), 0.8, 0.8, (255, 250, 236, random.randint(40, 150))
        )
    canvas.clouds(240, 640, (120, 130, 160), 0.35, 3, cells=(3, 10), cover=0.5)
    canvas.glow(1010, 170, 420, (160, 180, 214), 0.5)
    canvas.ellipse(1010, 170, 32, 32, (244, 240, 224))
    canvas.ridge(690, 230, (54, 74, 108), haze, 6, length=1400, depth=90)
    canvas.glow(960, 775, 1300, (226, 170, 128), 0.55, 1.5, 0.16)
    row(canvas, 9, 792, -10, WIDTH, (26, 52), (80, 220), (48, 68, 102), haze, (warm, 0.3), (2, 20), (300, 900))
    row(canvas, 15, 794, 1200, WIDTH, (34, 58), (100, 250), (38, 56, 90), haze, (warm, 0.32), (4, 24), (1700, 600))
    canvas.fog(660, 796, haze, 0.4)
    canvas.rect(0, 790, WIDTH, 6, (50, 66, 98))
    deck, steel, light = 690, (150, 164, 186), (206, 212, 220)

    def level(x: float) -> float:
        return deck + ((x - 960) / 960) ** 2 * 40

    for centre in (560, 1360):
        for side in (-1, 1):
            for number in range(1, 15):
                x = centre + side * number * 27.5
                y = 262 + (number - 14) * -5.5
                canvas.line([(centre, y), (x, level(x))], 1.1, (*light, 150), caps=False)
        for lean in (-1, 1):
            foot = [
                (centre + lean * 32, 800),
                (centre + lean * 24, level(centre)),
                (centre + lean * 5, 350),
                (centre + lean * 4, 236),
            ]
            tone = light if lean < 0 else steel
            canvas.stroke(foot, 15, 8, tone)
        canvas.rect(centre - 26, level(centre) + 14, 52, 9, steel)
        canvas.rect(centre - 8, 236, 16, 116, light)
        canvas.rect(centre, 236, 8, 116, steel)
        canvas.ellipse(centre, 232, 3, 3, (255, 120, 96))
        canvas.glow(centre, 232, 26, (255, 120, 96), 0.7)
    road = [(x, level(x)) for x in range(0, WIDTH + 20, 20)]
    canvas.polygon([*road, *[(x, y + 15) for x, y in reversed(road)]], (66, 84, 116))
    canvas.polygon([*road, *[(x, y + 4) for x, y in reversed(road)]], (226, 190, 150))
    for x in range(16, WIDTH, 44):
        canvas.line([(x, level(x)), (x, level(x) - 15)], 1, (150, 150, 160), caps=False)
        canvas.glow(x, level(x) - 15, 16, warm, 0.8)
        canvas.ellipse(x, level(x) - 15, 2, 2, (255, 240, 208))
    for x in (70, 240, 1690, 1850):
        canvas.rect(x, level(x) + 12, 15, 120, (70, 88, 120))
    for centre in (560, 1360):
        canvas.rect(centre - 62, 776, 124, 26, (40, 54, 84), 5)
        canvas.rect(centre - 62, 776, 124, 5, (138, 150, 172), 2)
    canvas.mirror(796, 1080, (18, 34, 66), (0.06, 0.66), 7, 7)
    canvas.clouds(800, 1100, (120, 140, 176), 0.22, 9, cells=(3, 30), cover=0.5)
    canvas.glints(800, 1076, 1010, 46, (226, 228, 226), 90, 8, 110)
    canvas.glints(800, 1060, 960, 620, (255, 214, 150), 240, 3, 80)
    return canvas.finish(3, vignette=0.3, shadow=(4, 8, 20))
