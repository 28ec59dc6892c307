"""People, simplified: passers-by seen whole, an audience seen from behind, a face in half profile."""

from collections.abc import Sequence
from random import Random

from .canvas import Canvas, Colour, Point, curve, mix

SKIN = [(206, 160, 130), (186, 138, 108), (222, 180, 150)]
HAIR = [(38, 34, 38), (58, 46, 42), (30, 32, 40)]
CLOTHES = [(58, 92, 102), (196, 112, 84), (220, 202, 172), (84, 104, 88), (66, 76, 104), (206, 160, 96)]


def walker(
    canvas: Canvas,
    x: float,
    y: float,
    height: float,
    seed: float,
    haze: Colour = (230, 226, 214),
    share: float = 0.0,
    stride: float = 1.0,
) -> None:
    """Someone walking, feet at (x, y)."""
    random = Random(seed)
    turn = random.choice((-1, 1))

    def at(*points: Point) -> list[Point]:
        return [(x + turn * right * height, y - up * height) for right, up in points]

    coat, legs = mix(random.choice(CLOTHES), haze, share), mix(random.choice(((44, 52, 66), (72, 70, 72))), haze, share)
    skin, hair = mix(random.choice(SKIN), haze, share), mix(random.choice(HAIR), haze, share)
    canvas.ellipse(x + height * 0.1, y, height * 0.24, height * 0.022, (40, 50, 56, 46))
    step = 0.1 * stride
    canvas.stroke(
        at((-0.01, 0.5), (-0.03, 0.26), (-step * 1.1, 0.02)), height * 0.09, height * 0.045, mix(legs, (0, 0, 0), 0.2)
    )
    canvas.stroke(at((0.015, 0.5), (0.05, 0.27), (step, 0.015)), height * 0.09, height * 0.045, legs)
    canvas.polygon(at((step - 0.02, 0.03), (step + 0.055, 0.012), (step + 0.055, 0), (step - 0.02, 0)), hair)
    back = curve(
        [(-0.06, 0.83), (0.03, 0.84), (0.075, 0.78), (0.075, 0.6), (0.085, 0.44), (-0.075, 0.44), (-0.08, 0.7)], True
    )
    canvas.polygon(at(*back), coat)
    canvas.stroke(
        at(*curve([(-0.01, 0.8), (-0.035, 0.64), (0.03, 0.48)])),
        height * 0.06,
        height * 0.04,
        mix(coat, (20, 30, 40), 0.22),
    )
    canvas.ellipse(*at((0.034, 0.465))[0], height * 0.02, height * 0.024, skin)
    canvas.stroke(at((0.0, 0.82), (0.012, 0.89)), height * 0.045, height * 0.04, skin)
    canvas.ellipse(*at((0.018, 0.925))[0], height * 0.047, height * 0.062, skin)
    top = curve(
        [(-0.042, 0.9), (-0.044, 0.955), (-0.005, 0.998), (0.05, 0.982), (0.062, 0.95), (0.02, 0.952), (0.0, 0.91)],
        True,
    )
    canvas.polygon(at(*top), hair)
    if random.random() < 0.4:
        canvas.polygon(
            at(*curve([(-0.05, 0.64), (-0.1, 0.62), (-0.11, 0.44), (-0.03, 0.44)], True)), mix(hair, coat, 0.4)
        )


def sitter(canvas: Canvas, x: float, y: float, height: float, seed: int, turn: float = 1) -> None:
    """Someone on a bench, the seat at (x, y); `height` as if standing."""
    random = Random(seed)

    def at(*points: Point) -> list[Point]:
        return [(x + turn * right * height, y - up * height) for right, up in points]

    coat, skin, hair = random.choice(CLOTHES), random.choice(SKIN), random.choice(HAIR)
    canvas.stroke(at((0.0, 0.03), (0.24, 0.04)), height * 0.1, height * 0.08, (52, 60, 76))
    canvas.stroke(at((0.235, 0.06), (0.25, -0.24)), height * 0.075, height * 0.045, (52, 60, 76))
    canvas.polygon(at((0.225, -0.23), (0.32, -0.25), (0.32, -0.265), (0.225, -0.265)), hair)
    canvas.polygon(
        at(*curve([(-0.07, 0.0), (-0.085, 0.2), (-0.05, 0.35), (0.03, 0.36), (0.07, 0.22), (0.07, 0.0)], True)), coat
    )
    arm = mix(coat, (20, 30, 40), 0.2)
    canvas.stroke(at(*curve([(-0.01, 0.31), (0.0, 0.16), (0.16, 0.12)])), height * 0.058, height * 0.042, arm)
    canvas.ellipse(*at((0.17, 0.12))[0], height * 0.022, height * 0.02, skin)
    canvas.stroke(at((0.0, 0.34), (0.015, 0.42)), height * 0.045, height * 0.04, skin)
    canvas.ellipse(*at((0.024, 0.445))[0], height * 0.048, height * 0.062, skin)
    top = curve(
        [(-0.045, 0.4), (-0.042, 0.48), (0.0, 0.518), (0.055, 0.5), (0.066, 0.472), (0.024, 0.474), (0.004, 0.43)], True
    )
    canvas.polygon(at(*top), hair)


def listener(
    canvas: Canvas, x: float, y: float, size: float, coat: Colour, hair: Colour, rim: Colour, seed: float
) -> None:
    """Someone in the audience, from behind: (x, y) the middle of the head, `size` its width."""
    random = Random(seed)
    tilt, bun = random.uniform(-0.08, 0.08) * size, random.random() < 0.3
    shoulders = curve(
        [(-1.5, 2.6), (-1.42, 1.45), (-1.0, 1.0), (-0.3, 0.82), (0.3, 0.82), (1.0, 1.0), (1.42, 1.45), (1.5, 2.6)]
    )
    canvas.polygon([(x + a * size, y + b * size - 0.045 * size) for a, b in shoulders], mix(coat, rim, 0.4))
    canvas.polygon([(x + a * size, y + b * size + 0.02 * size) for a, b in shoulders], coat)
    canvas.polygon(
        [
            (x - 0.24 * size, y + 0.3 * size),
            (x + 0.24 * size, y + 0.3 * size),
            (x + 0.34 * size, y + 0.95 * size),
            (x - 0.34 * size, y + 0.95 * size),
        ],
        mix(coat, (150, 104, 84), 0.35),
    )
    for side in (-1, 1):
        canvas.ellipse(
            x + tilt + side * 0.5 * size, y + 0.08 * size, 0.07 * size, 0.14 * size, mix(hair, (170, 118, 94), 0.6)
        )
    canvas.ellipse(x + tilt, y - 0.03 * size, 0.5 * size, 0.63 * size, mix(hair, rim, 0.5))
    canvas.ellipse(x + tilt, y + 0.025 * size, 0.485 * size, 0.61 * size, hair)
    if bun:
        long = curve([(-0.48, 0.0), (-0.54, 0.7), (-0.4, 1.15), (0.4, 1.15), (0.54, 0.7), (0.48, 0.0)], True)
        canvas.polygon([(x + tilt + a * size, y + b * size) for a, b in long], hair)


def engineer(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    turn: float,
    coat: Colour,
    skin: Colour,
    hair: Colour,
    hands: Sequence[tuple[Point, Point, Point]],
    long: bool = False,
) -> None:
    """Someone behind a bench, to the waist: (x, y) the chin, `size` the head's height, looking `turn`."""

    def at(*points: Point) -> list[Point]:
        return [(x + turn * right * size, y - up * size) for right, up in points]

    shade = mix(coat, (44, 66, 84), 0.2)
    if long:
        canvas.polygon(
            at(*curve([(-0.42, 0.8), (-0.5, 0.3), (-0.52, -0.3), (-0.2, -0.4), (0.0, 0.1), (0.0, 0.8)], True)), hair
        )
    body = curve(
        [
            (-0.22, -0.2),
            (-0.72, -0.42),
            (-0.92, -0.75),
            (-0.86, -2.0),
            (-0.8, -3.4),
            (0.72, -3.4),
            (0.66, -2.0),
            (0.74, -0.85),
            (0.56, -0.42),
            (0.2, -0.2),
        ],
        True,
    )
    canvas.polygon(at(*body), coat)
    canvas.polygon(at(*curve([(-0.92, -0.75), (-0.86, -2.0), (-0.8, -3.4), (-0.5, -3.4), (-0.56, -1.6)], True)), shade)
    canvas.polygon(at((-0.2, -0.2), (0.24, -0.2), (0.16, -1.25)), (88, 122, 134))
    canvas.polygon(at((-0.26, -0.16), (-0.1, -0.2), (0.14, -1.3), (-0.24, -0.8)), shade)
    canvas.line(at((0.15, -1.25), (0.12, -3.3)), size * 0.025, mix(shade, (40, 60, 80), 0.25), caps=False)
    canvas.polygon(
        at((-0.2, 0.3), (0.16, 0.2), (0.2, -0.24), (0.02, -0.42), (-0.2, -0.22)), mix(skin, (120, 70, 56), 0.22)
    )
    face = curve(
        [
            (-0.3, 0.5),
            (-0.2, 0.92),
            (0.14, 1.0),
            (0.37, 0.84),
            (0.385, 0.62),
            (0.47, 0.44),
            (0.385, 0.38),
            (0.38, 0.12),
            (0.24, 0.0),
            (0.02, 0.06),
            (-0.16, 0.26),
        ],
        True,
    )
    canvas.polygon(at(*face), skin)
    crown = curve(
        [
            (-0.34, 0.3),
            (-0.44, 0.7),
            (-0.28, 1.06),
            (0.1, 1.16),
            (0.4, 1.02),
            (0.42, 0.84),
            (0.2, 0.88),
            (0.0, 0.78),
            (-0.04, 0.56),
            (-0.14, 0.5),
            (-0.18, 0.24),
        ],
        True,
    )
    canvas.polygon(at(*crown), hair)
    canvas.ellipse(*at((-0.06, 0.44))[0], size * 0.065, size * 0.1, mix(skin, (120, 70, 56), 0.18))
    canvas.line(
        at(*curve([(0.17, 0.675), (0.26, 0.71), (0.345, 0.68)])), size * 0.028, mix(hair, skin, 0.2), caps=False
    )
    canvas.line(
        at(*curve([(0.25, 0.235), (0.3, 0.2), (0.375, 0.22)])), size * 0.022, mix(skin, (120, 50, 44), 0.6), caps=False
    )
    if not long:
        spot = at((0.275, 0.555))[0]
        canvas.ellipse(*spot, size * 0.085, size * 0.09, (236, 242, 240, 56))
        canvas.line(at((0.19, 0.57), (-0.05, 0.56)), size * 0.022, (54, 64, 74), caps=False)
    canvas.ellipse(*at((0.27, 0.56))[0], size * 0.022, size * 0.032, (44, 40, 44))
    for shoulder, elbow, hand in hands:
        tone = coat if shoulder[0] > 0 else mix(coat, (44, 66, 84), 0.1)
        outer = curve([shoulder, elbow, hand])
        canvas.stroke(at(*outer), size * 0.5, size * 0.3, mix(tone, (44, 66, 84), 0.14))
        canvas.stroke(at(*[(a + 0.03, b + 0.035) for a, b in outer]), size * 0.44, size * 0.26, tone)
        canvas.ellipse(*at((hand[0] + 0.1, hand[1] + 0.01))[0], size * 0.17, size * 0.14, skin)
