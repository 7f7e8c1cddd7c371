#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How each figure grows with what there is: the bench's own programs at several sizes, a table, and a picture of each in
BUILD/curves/*.svg (both axes logarithmic, so that a straight line is a power). SIZES="1000 10000" for a quick look.
Usage: curves.py BUILD"""
import os, re, shutil, subprocess, sys, tempfile
from html import escape
from math import ceil, floor, log10

build = os.path.realpath(sys.argv[1])
here = os.path.dirname(os.path.realpath(__file__))
asked = [int(n) for n in os.environ.get("SIZES", "").split()]


def run(folder, *command, **environment):
    """The lines of a bench: what -> (figure, its unit). Every one of them has a figure first."""
    done = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{command[0]} ended with {done.returncode}")
    found = {}
    for line in done.stdout.splitlines():
        cells = [c.strip() for c in line.split("|")]
        figure = re.match(r"([0-9.]+) ?(\S*)", cells[1]) if len(cells) > 2 else None
        if figure:
            found[cells[0]] = (float(figure[1]), figure[2])
    return found


def items(folder, n):
    subprocess.run([f"{here}/catalogue.sh", build, str(n), f"{folder}/all.db"], check=True)
    return run(folder, f"{build}/bench-search", f"{folder}/all.db")


def records(folder, n):
    return run(folder, f"{build}/bench-journal", folder, str(n))


def terminals(folder, n):
    return run(folder, f"{here}/hall.sh", build, TERMINALS=str(n), RECORDS="2000")


def cases(folder, n):
    return run(folder, f"{build}/bench-cases", build, folder, str(n))


def cases_postgres(folder, n):
    script = '"$0/bench-cases" "$0" "$1" "$2" "$TEST_DATABASE"'
    return run(os.path.realpath(f"{here}/../.."), "tests/hall/postgres.sh", build, "sh", "-c", script, build, folder, str(n), POSTGRES_FSYNC="on")


CURVES = [("items", items, [1000, 10000, 100000, 1000000]), ("records", records, [1000, 10000, 100000, 1000000]),
          ("terminals", terminals, [100, 1000, 10000]), ("cases, SQLite", cases, [1000, 10000, 100000, 1000000]),
          ("cases, PostgreSQL", cases_postgres, [1000, 10000, 100000, 1000000])]
COLOURS = ["#0f4f66", "#c0542b", "#3f7d3a", "#7a4b94", "#8a6d1d", "#333333", "#2e6fb7", "#a33b6a"]
WIDTH, HEIGHT, LEFT, BELOW, BESIDE = 900, 420, 60, 40, 360


def picture(name, sizes, rows):
    """One line a figure; each over its first value, for they have different units."""
    lines = [(what, unit, [v / values[0] for v in values]) for what, unit, values in rows if values[0] > 0]
    least = min((v for *_, values in lines for v in values if v > 0), default=1)
    bottom = floor(log10(least))
    top = max(ceil(log10(max([2] + [v for *_, values in lines for v in values]))), bottom + 1)
    wide, high = WIDTH - LEFT - BESIDE, HEIGHT - BELOW - 20
    x = lambda n: LEFT + wide * log10(n / sizes[0]) / max(log10(sizes[-1] / sizes[0]), 1e-9)
    y = lambda v: 20 + high * (top - log10(max(v, 10**bottom))) / (top - bottom)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
           f'<title>{escape(name)}: growth of each figure over the first size</title><rect width="100%" height="100%" fill="#fff"/>']
    for p in range(bottom, top + 1):
        out.append(f'<path d="M{LEFT} {y(10.0**p):.1f}h{wide}" stroke="#ddd"/><text x="{LEFT - 6}" y="{y(10.0**p) + 4:.1f}" text-anchor="end">{10.0**p:g} ×</text>')
    for n in sizes:
        out.append(f'<text x="{x(n):.1f}" y="{HEIGHT - 16}" text-anchor="middle">{n:,}</text>')
    for i, (what, unit, values) in enumerate(lines):
        colour = COLOURS[i % len(COLOURS)]
        points = " ".join(f"{x(n):.1f},{y(v):.1f}" for n, v in zip(sizes, values))
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
                   f'<text x="{WIDTH - BESIDE + 16}" y="{32 + 20 * i}" fill="{colour}">{escape(what)}: {values[-1]:.2g} ×</text>')
    return "\n".join(out + ["</svg>\n"])


folder_of_pictures = f"{build}/curves"
os.makedirs(folder_of_pictures, exist_ok=True)
for name, measure, sizes in CURVES:
    sizes = asked or sizes
    found = []
    for n in sizes:
        work = tempfile.mkdtemp()
        try:
            found.append(measure(work, n))
        finally:
            shutil.rmtree(work)
    shared = [what for what in found[0] if all(what in f for f in found)]
    rows = [(what, found[0][what][1], [f[what][0] for f in found]) for what in shared]
    print(f"| {name} | " + " | ".join(f"{n:,}" for n in sizes) + " | growth |")
    print("|---" * (len(sizes) + 2) + "|")
    for what, unit, values in rows:
        growth = f"{values[-1] / values[0]:.2f} ×" if values[0] else ""
        print(f"| {what}, {unit} | " + " | ".join(f"{v:g}" for v in values) + f" | {growth} |", flush=True)
    path = f"{folder_of_pictures}/{re.sub('[^a-z]+', '-', name.lower())}.svg"
    with open(path, "w") as f:
        f.write(picture(name, sizes, rows))
    print(f"\n{path}\n", flush=True)
