"""What a street is made of: vehicles, house fronts, trees."""

from math import cos, pi, sin
from random import Random

from .canvas import Canvas, Colour, Lens, Point, curve, mix

GLASS, FRAME, CREAM = (52, 82, 96), (34, 50, 60), (244, 238, 224)


class Block:
    """A long vehicle seen at an angle: its side along the street at `edge`, its front at `near`."""

    def __init__(self, canvas: Canvas, lens: Lens, edge: float, other: float, near: float) -> None:
        self.canvas, self.lens, self.edge, self.other, self.near = canvas, lens, edge, other, near

    def side(
        self,
        start: float,
        end: float,
        low: float,
        high: float,
        colour: Colour,
        to: Colour | None = None,
        slant: float = 0.0,
    ) -> None:
        """A panel on the side, `start` and `end` metres behind the front."""
        z1, z2 = self.near + start, self.near + end
        quad = [
            self.lens(self.edge, high, z1 + slant),
            self.lens(self.edge, high, z2),
            self.lens(self.edge, low, z2),
            self.lens(self.edge, low, z1),
        ]
        if to:
            self.canvas.shade(quad, colour, to)
        else:
            self.canvas.polygon(quad, colour)

    def front(
        self,
        start: float,
        end: float,
        low: float,
        high: float,
        colour: Colour,
        to: Colour | None = None,
        round_off: float = 0.0,
    ) -> None:
        """A panel on the front, from `start` to `end` as shares of its width."""
        wide = self.other - self.edge
        a, b = self.edge + wide * start, self.edge + wide * end
        x1, y1 = self.lens(a, high, self.near)
        x2, y2 = self.lens(b, low, self.near)
        x1, x2 = min(x1, x2), max(x1, x2)
        if to:
            self.canvas.shade([(x1, y1), (x2, y1), (x2, y2), (x1, y2)], colour, to)
        else:
            self.canvas.rect(x1, y1, x2 - x1, y2 - y1, colour, round_off * self.lens.focal / self.near)

    def wheel(self, place: float, radius: float) -> None:
        for share, tone in ((1.28, FRAME), (1, (30, 34, 38)), (0.56, (150, 158, 160)), (0.2, (80, 90, 96))):
            ring = [(radius * share * cos(n * pi / 20), radius * share * sin(n * pi / 20)) for n in range(40)]
            if share > 1.1:
                ring = [(a, max(b, -0.2 * radius)) for a, b in ring]
            self.canvas.polygon([self.lens(self.edge, radius + b, self.near + place + a) for a, b in ring], tone)

    def driver(self, place: float, sill: float) -> None:
        """Someone at the wheel, behind the windscreen whose lower edge is at `sill`."""
        x, y = self.lens(self.edge + (self.other - self.edge) * place, sill, self.near)
        unit = self.lens.focal / self.near
        shirt = curve([(-0.3, 0), (-0.27, 0.22), (-0.12, 0.34), (0.12, 0.34), (0.27, 0.22), (0.3, 0)])
        self.canvas.polygon([(x + a * unit, y - b * unit) for a, b in shirt], (66, 92, 106))
        self.canvas.ellipse(x, y - unit * 0.36, unit * 0.06, unit * 0.09, (150, 120, 104))
        self.canvas.ellipse(x, y - unit * 0.5, unit * 0.105, unit * 0.14, (168, 134, 114))
        hair = curve(
            [(-0.115, 0.5), (-0.11, 0.62), (0, 0.67), (0.11, 0.62), (0.115, 0.5), (0.07, 0.58), (-0.07, 0.58)], True
        )
        self.canvas.polygon([(x + a * unit, y - b * unit) for a, b in hair], (40, 50, 58))

    def shadow(self, length: float) -> None:
        for grow, alpha in ((0.5, 40), (0.25, 60), (0.0, 90)):
            turn = 1 if self.other > self.edge else -1
            left, right = self.edge - turn * grow, self.other + turn * grow
            corners = [(left, -grow), (right, -grow), (right, length + grow), (left, length + grow)]
            self.canvas.polygon([self.lens(x, 0, self.near + z) for x, z in corners], (26, 34, 40, alpha))


def facade(
    canvas: Canvas,
    lens: Lens,
    x: float,
    near: float,
    far: float,
    height: float,
    wall: Colour,
    haze: Colour,
    floors: int,
    bays: int,
    shop: bool = True,
) -> None:
    """A house front along the street."""
    fade = min(0.8, (near + far) / 2 / 130)
    tone, dark = mix(wall, haze, fade), mix(mix(wall, (58, 80, 92), 0.55), haze, fade)

    def quad(z1: float, z2: float, low: float, high: float) -> list[Point]:
        return [lens(x, high, z1), lens(x, high, z2), lens(x, low, z2), lens(x, low, z1)]

    canvas.polygon(quad(near, far, 0, height), tone)
    canvas.polygon(quad(near, far, height - 0.5, height), mix(tone, (255, 250, 236), 0.35))
    storey, bay = (height - 4.6) / floors, (far - near) / bays
    for number in range(bays):
        z = near + number * bay
        for floor in range(floors):
            low = 4.6 + floor * storey
            canvas.polygon(quad(z + bay * 0.26, z + bay * 0.74, low, low + storey * 0.66), dark)
            canvas.polygon(
                quad(z + bay * 0.5, z + bay * 0.74, low + storey * 0.3, low + storey * 0.66), mix(dark, haze, 0.25)
            )
            canvas.polygon(quad(z + bay * 0.2, z + bay * 0.8, low - 0.16, low), mix(tone, (255, 250, 236), 0.4))
        if shop:
            canvas.polygon(quad(z + bay * 0.1, z + bay * 0.9, 0.2, 3.3), mix(dark, (30, 50, 60), 0.25))
            canvas.polygon(quad(z + bay * 0.14, z + bay * 0.5, 0.5, 2.8), mix(dark, (250, 214, 160), 0.35))


def tree(canvas: Canvas, lens: Lens, x: float, away: float, size: float, haze: Colour, seed: float) -> None:
    """A street tree: a trunk, limbs, a crown in lobes."""
    unit, fade, random = lens.focal / away, min(0.74, away / 85), Random(seed)
    tones = [mix(t, haze, fade) for t in ((34, 78, 64), (48, 100, 72), (78, 128, 82), (118, 158, 98), (164, 188, 122))]
    bark = mix((84, 72, 66), haze, fade)
    foot, fork = lens(x, 0, away), lens(x, 3.1 * size, away)
    canvas.ellipse(foot[0] + unit * 0.8, foot[1], unit * 1.9, unit * 0.16, (40, 56, 60, 50))
    canvas.stroke([foot, fork, (fork[0], fork[1] - unit)], unit * 0.42 * size, unit * 0.22 * size, bark)
    for side in (-1.3, -0.5, 0.6, 1.4):
        canvas.stroke(
            [fork, (fork[0] + side * unit * 0.9 * size, fork[1] - unit * 1.3 * size)],
            unit * 0.2 * size,
            unit * 0.08,
            bark,
        )
    lobes = [(-1.5, 4.5), (1.5, 4.6), (-0.7, 5.9), (0.9, 6.0), (0, 4.9), (0.1, 6.7)]
    for right, up in lobes:
        right, up = right + random.uniform(-0.2, 0.2), up + random.uniform(-0.2, 0.2)
        spot = lens(x + right * size, up * size, away)
        canvas.foliage(*spot, unit * 1.45 * size, unit * 1.05 * size, tones, random.random())
