#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# What of a bundle a terminal fetches that has another one: the pieces (firmware/wire/pieces.h) that this one does not hold, and
# the list of them. Usage: share.py OLD NEW
import hashlib
import os
import sys

SKIP, BLOCK, LISTED = 96, 4096, 8


def pieces(path):
    with open(path, "rb") as f:
        piece = f.read(SKIP)
        while piece:
            yield hashlib.sha256(piece).digest(), len(piece)
            piece = f.read(BLOCK)


def main():
    old, new = sys.argv[1:]
    there = {h for h, _ in pieces(old)}
    fetched = listed = 0
    for h, size in pieces(new):
        listed += LISTED
        if h not in there:
            there.add(h)
            fetched += size
    size = os.path.getsize(new)
    print("%.1f MB of pieces and %.1f MB of list, of a bundle of %.0f MB: %.1f %%"
          % (fetched / 1e6, listed / 1e6, size / 1e6, 100 * (fetched + listed) / size))


main()
