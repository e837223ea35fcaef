"""Make the font of the documents: a subset of Noto Serif CJK SC, by hand, for a new edition.

python -m admin_site.documents.make_font NotoSerifCJK-Regular.ttc
"""

import sys
from collections.abc import Iterator
from itertools import chain, product

from fontTools import subset

from admin_site.documents.glyphs import FONT

# Where the face for simplified Chinese stands in the collection.
SIMPLIFIED = 2

# Latin with its accents, punctuation, numbers in circles, arrows, mathematics and shapes.
SYMBOLS = (
    range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2040), range(0x20A0, 0x20C0),
    range(0x2100, 0x2200), range(0x2200, 0x2270), range(0x2460, 0x2600), range(0x2700, 0x27C0),
    range(0x3000, 0x3030), range(0x3200, 0x3400), range(0xFF00, 0xFFF0),
)  # fmt: skip
# The unified characters, and the rare ones that GB 18030 has for names of people and places.
HANZI = (range(0x4E00, 0xA000), range(0x3400, 0x4DC0), range(0x20000, 0x33000))


def gbk() -> Iterator[int]:
    """Every character of GBK: Greek, Cyrillic and kana, too."""
    for high, low in product(range(0x81, 0xFF), range(0x40, 0xFF)):
        yield from map(ord, bytes((high, low)).decode("gbk", "ignore"))


def main(collection: str) -> None:
    """Write the subset."""
    options = subset.Options(
        font_number=SIMPLIFIED, hinting=False, layout_features=[], notdef_outline=True,
        name_IDs=["*"], name_languages=[0x409],
    )  # fmt: skip
    font = subset.load_font(collection, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=chain(*SYMBOLS, *HANZI, gbk()))
    cutter.subset(font)
    subset.save_font(font, str(FONT), options)


if __name__ == "__main__":
    main(sys.argv[1])
