#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# What a virtual machine shows: takes its screen by QMP as a picture, and says its width, its height, how many colours it has
# and how many of its dots per thousand are not black. And the colour of each dot that is
# named, as rrggbb. Usage: screen.py SOCKET PICTURE.png [X,Y…]
import json
import os
import socket
import sys


def ask(lines, command, **arguments):
    lines.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
    lines.flush()
    while True:
        answer = json.loads(lines.readline())
        if "error" in answer:
            sys.exit("screen: %s: %s" % (command, answer["error"]["desc"]))
        if "return" in answer:
            return


def main():
    path, picture = sys.argv[1], os.path.abspath(sys.argv[2])
    line = socket.socket(socket.AF_UNIX)
    line.connect(path)
    lines = line.makefile("rw")
    lines.readline()
    ask(lines, "qmp_capabilities")
    ask(lines, "screendump", filename=picture + ".ppm")
    ask(lines, "screendump", filename=picture, format="png")
    with open(picture + ".ppm", "rb") as f:
        _, size, _, dots = f.read().split(b"\n", 3)
    os.unlink(picture + ".ppm")
    width, height = size.split()
    colours = {}
    for i in range(0, len(dots) - 2, 3 * 7):  # every seventh dot
        colours[dots[i : i + 3]] = colours.get(dots[i : i + 3], 0) + 1
    all_dots = sum(colours.values())
    named = []
    for place in sys.argv[3:]:
        x, y = (int(n) for n in place.split(","))
        at = 3 * (y * int(width) + x)
        named.append(dots[at : at + 3].hex() if x < int(width) and y < int(height) else "none")
    print(int(width), int(height), len(colours), 1000 * (all_dots - colours.get(b"\0\0\0", 0)) // all_dots, *named)


main()
