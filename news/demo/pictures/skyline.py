"""A city at dawn; and towers, for the other scenes."""

from random import Random

from PIL import Image

from .canvas import WIDTH, Canvas, Colour, mix


def tower(
    canvas: Canvas,
    x: float,
    floor: float,
    width: float,
    height: float,
    colour: Colour,
    haze: Colour,
    random: Random,
    lit: tuple[Colour, float] | None = None,
    kind: str | None = None,
) -> None:
    """A tower block whose foot is lost in haze: a sunlit face, a face in the shade, rows of windows."""
    top, kind = floor - height, kind or random.choice(("flat", "flat", "step", "slant", "crown", "slim"))
    split = width * random.choice((0.36, 0.42, 0.6))
    light, dark = mix(colour, (255, 244, 226), 0.16), mix(colour, (24, 40, 60), 0.10)
    foot_light, foot_dark = mix(light, haze, 0.7), mix(dark, haze, 0.62)
    lift = {"slant": width * 0.45, "slim": width * 0.2}.get(kind, 0)
    canvas.shade([(x, top), (x + split, top - lift), (x + split, floor), (x, floor)], light, foot_light)
    canvas.shade([(x + split, top - lift), (x + width, top), (x + width, floor), (x + split, floor)], dark, foot_dark)
    if kind == "step":
        inset = width * 0.17
        canvas.rect(x + inset, top - 26, split - inset, 26, light)
        canvas.rect(x + split, top - 26, width - split - inset, 26, dark)
    if kind == "crown":
        canvas.rect(x + width * 0.3, top - 12, width * 0.4, 12, dark)
        canvas.line([(x + split, top - 12), (x + split, top - 62)], 1.6, dark, caps=False)
    if kind == "slim":
        canvas.line([(x + split, top - lift), (x + split, top - lift - width * 0.9)], 2, dark, caps=False)
    pitch = max(7, width / 9)
    y = top + 12
    while y < floor - height * 0.18:
        fade = 1 - (y - top) / height
        canvas.rect(x, y, split, 2.6, (*mix(light, (60, 90, 110), 0.5), round(60 * fade)))
        canvas.rect(x + split, y, width - split, 2.6, (*mix(dark, (20, 36, 54), 0.5), round(70 * fade)))
        if lit:
            for slot in range(int(width / pitch)):
                if random.random() < lit[1]:
                    tone = (*lit[0], round(random.uniform(60, 190) * (0.35 + 0.65 * fade)))
                    canvas.rect(x + slot * pitch + 2, y + 3.5, pitch - 3.5, 4, tone)
        y += 9


def row(
    canvas: Canvas,
    seed: int,
    floor: float,
    left: float,
    right: float,
    widths: tuple[int, int],
    heights: tuple[int, int],
    colour: Colour,
    haze: Colour,
    lit: tuple[Colour, float] | None = None,
    gap: tuple[int, int] = (4, 30),
    peak: tuple[float, float] | None = None,
) -> None:
    """A row of towers, highest around `peak`."""
    height: float
    random, x = Random(seed), left
    while x < right:
        width, height = random.randint(*widths), random.randint(*heights)
        if peak:
            height *= 0.5 + 0.6 * max(0.0, 1 - abs(x + width / 2 - peak[0]) / peak[1])
        tone = mix(colour, haze, random.uniform(0, 0.22))
        tower(canvas, x, floor, width, height, tone, haze, random, lit)
        x += width + random.randint(*gap)


def skyline() -> Image.Image:
    haze = (246, 222, 196)
    canvas = Canvas((0, (92, 138, 164)), (0.28, (150, 182, 188)), (0.55, (232, 214, 190)), (0.76, (252, 224, 190)))
    canvas.clouds(60, 430, (255, 240, 222), 0.5, 4, cells=(3, 8), cover=0.45)
    canvas.sun(500, 448, 40, (255, 248, 228), (255, 226, 180))
    canvas.ridge(640, 330, (160, 178, 180), (240, 218, 194), 3, length=1500)
    canvas.ridge(720, 250, (132, 160, 162), (238, 216, 192), 12, length=1150, depth=150)
    canvas.fog(520, 830, haze, 0.55)
    row(canvas, 5, 830, -20, WIDTH, (34, 64), (170, 400), (158, 178, 182), haze, None, (2, 18), (1080, 1300))
    canvas.fog(480, 830, haze, 0.5)
    row(canvas, 21, 832, -30, WIDTH, (48, 84), (200, 520), (112, 146, 158), haze, None, (4, 40), (1000, 900))
    canvas.fog(600, 832, haze, 0.42)
    row(
        canvas,
        34,
        834,
        300,
        1640,
        (62, 104),
        (250, 560),
        (66, 104, 122),
        haze,
        ((255, 226, 170), 0.05),
        (8, 58),
        (960, 760),
    )
    canvas.fog(700, 838, haze, 0.35)
    random = Random(6)
    for x in range(-20, WIDTH + 40, 26):
        size = random.uniform(12, 24)
        tones = [mix((40, 84, 82), haze, share) for share in (0.18, 0.28, 0.4)]
        canvas.foliage(x, 834 - size * 0.4, size * 1.5, size * 0.8, tones, x, 4)
    canvas.rect(0, 838, WIDTH, 5, (92, 116, 116))
    canvas.mirror(842, 1080, (96, 142, 156), (0.16, 0.62), 5, 2)
    canvas.clouds(850, 1090, (255, 230, 200), 0.28, 9, cells=(3, 26), cover=0.5)
    canvas.glints(850, 1076, 500, 150, (255, 240, 212), 260, 3, 130)
    dark = [(20, 52, 52), (26, 64, 60), (36, 80, 70), (54, 98, 80)]
    for x, y, size in ((40, 1050, 150), (190, 1090, 120), (330, 1110, 90), (1880, 1050, 160), (1730, 1096, 110)):
        canvas.foliage(x, y, size, size * 0.62, dark, x, 10)
    return canvas.finish(1)
