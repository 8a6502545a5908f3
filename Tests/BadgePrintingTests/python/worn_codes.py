"""Wears QR symbols as badges are worn, and has zbarimg read them.

    LANYARD_TEST_PYTHON worn_codes.py FOLDER MODULES

The folder has N.png and codes.txt, whose line N, from 0, is what N.png says; each symbol has so many modules across, quiet zone
included. Each is scaled to 200 pixels, and then blurred, turned by 10 degrees, or splashed with dirt over 5 % of its area, anywhere
but on the three squares by which readers find a symbol. What is not read at first is looked at again, nearer and at other angles, as a
scanner does that looks many times a second. Prints a line of JSON: how many of each kind were read at first, how many in all, and the
numbers of those that were not.
"""

import json
import math
import pathlib
import random
import subprocess
import sys

from PIL import Image, ImageDraw, ImageFilter

SIDE = 200
ROOM = 280  # a symbol that is turned needs more room
QUIET, SQUARE = 4, 8  # modules of the quiet zone, and of a square with what parts it from the rest
AT_ONCE = 100


def scaled(symbol, _):
    return symbol


def blurred(symbol, _):
    return symbol.filter(ImageFilter.GaussianBlur(1))


def turned(symbol, chance):
    return symbol.rotate(10 * chance.choice([-1, 1]), resample=Image.BICUBIC, expand=True, fillcolor=255)


def dirty(symbol, chance):
    module = SIDE / int(sys.argv[2])
    size = (SIDE * SIDE * 0.05 * 4 / math.pi) ** 0.5
    first, end = QUIET * module, SIDE - QUIET * module
    inner, outer = first + SQUARE * module, end - SQUARE * module
    while True:
        x, y = chance.uniform(first, end - size), chance.uniform(first, end - size)
        left, right, top, bottom = x < inner, x + size > outer, y < inner, y + size > outer
        if not (top and (left or right) or bottom and left):
            break
    symbol = symbol.copy()
    ImageDraw.Draw(symbol).ellipse((x, y, x + size, y + size), fill=chance.choice([0, 255]))
    return symbol


def framed(symbol):
    picture = Image.new("L", (ROOM, ROOM), 255)
    picture.paste(symbol, ((ROOM - symbol.width) // 2, (ROOM - symbol.height) // 2))
    return picture


def nearer(picture):
    return picture.resize((ROOM * 3 // 2, ROOM * 3 // 2), resample=Image.BICUBIC)


def aslant(degrees):
    return lambda picture: nearer(picture).rotate(degrees, resample=Image.BICUBIC, fillcolor=255)


LOOKS = [lambda picture: picture, nearer, aslant(3), aslant(-7), aslant(15), aslant(45)]


def read(folder, pictures):
    said = set()
    for start in range(0, len(pictures), AT_ONCE):
        paths = []
        for place, picture in enumerate(pictures[start : start + AT_ONCE]):
            paths.append(str(folder / f"worn-{place}.png"))
            picture.save(paths[-1], compress_level=1)
        scan = subprocess.run(
            ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"] + paths, capture_output=True, text=True
        )
        said.update(scan.stdout.split())
    return said


def main():
    folder = pathlib.Path(sys.argv[1])
    codes = (folder / "codes.txt").read_text().split()
    symbols = []
    for number in range(len(codes)):
        with Image.open(folder / f"{number}.png") as image:
            symbols.append(image.convert("L").resize((SIDE, SIDE), Image.LANCZOS))
    result = {}
    for wear in (scaled, blurred, turned, dirty):
        chance = random.Random(f"{wear.__name__} 1")
        worn = [framed(wear(symbol, chance)) for symbol in symbols]
        missing = range(len(codes))
        said, first = set(), None
        for look in LOOKS:
            said |= read(folder, [look(worn[number]) for number in missing])
            missing = [number for number in missing if codes[number] not in said]
            first = len(codes) - len(missing) if first is None else first
        # What nobody put there is never read.
        invented = len(said - set(codes))
        result[wear.__name__] = {"first": first, "read": len(codes) - len(missing), "missing": missing[:20], "invented": invented}
    print(json.dumps(result))


main()
