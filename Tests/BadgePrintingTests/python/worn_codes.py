"""Wears QR symbols as badges are worn, and has zbarimg read them.

    LANYARD_TEST_PYTHON worn_codes.py FOLDER

The folder has N.png and codes.txt, whose line N, from 0, is what N.png says. Each symbol is scaled to 200 pixels, and then blurred,
turned by 10 degrees, or strewn with dirt over 5 % of its area; many lie on one sheet, so that zbarimg reads them at once. Prints a line
of JSON: how many of each kind were read back, and the numbers of those that were not.
"""

import json
import pathlib
import random
import subprocess
import sys

from PIL import Image, ImageDraw, ImageFilter

SIDE = 200
CELL = 280  # a symbol that is turned needs more room, and each a quiet zone
ACROSS = 8
ON_SHEET = ACROSS * ACROSS


def scaled(symbol, _):
    return symbol


def blurred(symbol, _):
    return symbol.filter(ImageFilter.GaussianBlur(1))


def turned(symbol, chance):
    return symbol.rotate(10 * chance.choice([-1, 1]), resample=Image.BICUBIC, expand=True, fillcolor=255)


def dirty(symbol, chance):
    symbol = symbol.copy()
    draw = ImageDraw.Draw(symbol)
    left = int(SIDE * SIDE * 0.05)
    while left > 0:
        size = chance.choice([2, 3, 4])
        x, y = chance.randrange(SIDE - size), chance.randrange(SIDE - size)
        draw.ellipse((x, y, x + size - 1, y + size - 1), fill=chance.choice([0, 255]))
        left -= size * size
    return symbol


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
        read = set()
        for start in range(0, len(symbols), ON_SHEET):
            sheet = Image.new("L", (CELL * ACROSS, CELL * ACROSS), 255)
            for place, symbol in enumerate(symbols[start : start + ON_SHEET]):
                worn = wear(symbol, chance)
                corner = (CELL - worn.width) // 2, (CELL - worn.height) // 2
                sheet.paste(worn, (place % ACROSS * CELL + corner[0], place // ACROSS * CELL + corner[1]))
            path = folder / "sheet.png"
            sheet.save(path, compress_level=1)
            scan = subprocess.run(
                ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)], capture_output=True, text=True
            )
            read.update(scan.stdout.split())
        missing = [number for number, code in enumerate(codes) if code not in read]
        result[wear.__name__] = {"read": len(codes) - len(missing), "missing": missing[:20]}
        # What nobody put there is never read.
        result[wear.__name__]["invented"] = len(read - set(codes))
    print(json.dumps(result))


main()
