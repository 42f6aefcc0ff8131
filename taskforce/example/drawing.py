"""The picture of an invented case: drawn here, so that the example needs nobody's photograph."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1500, 1000)
FINER = 2  # drawn larger and made smaller again, which smooths every edge
WALL, SHELF, SHADE = "#eef3ee", "#0f4a3f", "#dbe5dc"
LAMP, LIGHT = "#c97a12", "#fbeed7"
CRUST, CRUMB, CUT = "#b8742c", "#d99a52", "#f6dcae"


def three_loaves() -> BytesIO:
    """Return a drawing of three round loaves on a shelf under a lamp, as PNG."""
    width, height = (side * FINER for side in SIZE)
    picture = Image.new("RGB", (width, height), WALL)
    pen = ImageDraw.Draw(picture)
    _lamp(pen, width // 2, height)
    floor = round(height * 0.78)
    pen.rectangle((0, floor + 60, width, height), fill=SHADE)
    for middle, radius in ((0.24, 0.13), (0.5, 0.16), (0.76, 0.13)):
        _loaf(pen, round(width * middle), floor, round(width * radius))
    pen.rounded_rectangle((width * 0.05, floor, width * 0.95, floor + 60), 30, fill=SHELF)
    written = BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(written, "PNG")
    written.seek(0)
    return written


def _lamp(pen: ImageDraw.ImageDraw, middle: int, height: int) -> None:
    half, top = round(height * 0.11), round(height * 0.2)
    pen.polygon(
        (
            (middle - half, top),
            (middle + half, top),
            (middle + 6 * half, round(height * 0.78)),
            (middle - 6 * half, round(height * 0.78)),
        ),
        fill=LIGHT,
    )
    pen.line((middle, 0, middle, top - half), fill=SHELF, width=12)
    pen.pieslice((middle - half, top - half, middle + half, top + half), 180, 360, fill=LAMP)


def _loaf(pen: ImageDraw.ImageDraw, middle: int, floor: int, radius: int) -> None:
    box = (middle - radius, floor - round(1.25 * radius), middle + radius, floor + radius)
    pen.pieslice(box, 180, 360, fill=CRUST)
    inner = (box[0] + 24, box[1] + 40, box[2] - 24, box[3])
    pen.chord(inner, 190, 350, fill=CRUMB)
    pen.rectangle((box[0], floor - round(0.13 * radius) - 4, box[2], floor), fill=CRUST)
    for place in (-0.45, 0, 0.45):
        at, top = middle + round(place * radius), floor - round(0.85 * radius)
        pen.line((at - 60, top + 120, at + 60, top), fill=CUT, width=30)
