#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every character that a reader finds in a PDF is also seen: there is ink where it stands.

cairo 1.16 leaves glyphs of CFF fonts out of its subsets (如 alone in Noto Sans CJK SC): read, but blank. Usage:
papers_seen.py FILE.pdf. Prints what is not seen.
"""
import subprocess
import sys
import xml.etree.ElementTree as xml


def pages(file):
    out = subprocess.run(['mutool', 'draw', '-q', '-F', 'stext', file], capture_output=True, check=True).stdout
    return xml.fromstring(out).iter('page')


def picture(file, page):
    out = subprocess.run(['pdftoppm', '-gray', '-r', '144', '-f', str(page), '-l', str(page), file],
                         capture_output=True, check=True).stdout
    _, size, _, pixels = out.split(b'\n', 3)
    return int(size.split()[0]), pixels


def ink(width, pixels, char):
    quad = [2 * float(n) for n in char.get('quad').split()]
    left, right, top, bottom = min(quad[0::2]), max(quad[0::2]), min(quad[1::2]), max(quad[1::2])
    # without what neighbours may reach into: a quad is as high as the line
    left, right = int(left + (right - left) / 8), int(right - (right - left) / 8) + 1
    top, bottom = int(top + (bottom - top) / 5), int(bottom - (bottom - top) / 8)
    return any(min(pixels[y * width + left:y * width + right], default=255) < 128 for y in range(top, bottom))


found = 0
for number, page in enumerate(pages(sys.argv[1]), 1):
    w, px = picture(sys.argv[1], number)
    for c in page.iter('char'):
        if c.get('c').isspace():
            continue
        found += 1
        if not ink(w, px, c):
            print(f"page {number}: {c.get('c')} is read, but not seen")
if not found:
    print('no characters')
