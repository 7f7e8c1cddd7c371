#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# This tree's figures beside those of another commit, in one run: the commit is built beside (build/against), each part of the bench runs
# in that tree and then in this one, and a line of the same name gives one with the ratio of each of its numbers, now to then. A part or
# a line that only one of the two has is named. Usage: against.py COMMIT BUILD [PART...]
import os
import re
import subprocess
import sys

PARTS = ["start", "touch", "card", "confirm", "ticket", "receipt", "idle", "memory", "publish", "backlog", "search", "patch"]  # each is quick, and older than most commits
TARGETS = ["build/release/bench", "build/release/bench-search", "build/release/bench-patch"]


def built(commit):
    """The commit's tree and its release build, kept for the next run; its folder."""
    name = subprocess.run(["git", "rev-parse", "--verify", "--short=10", commit + "^{commit}"], check=True, capture_output=True, text=True).stdout.strip()
    folder = os.path.join("build", "against", name)
    if not os.path.isdir(folder):
        os.makedirs(folder + ".new", exist_ok=True)
        tree = subprocess.run(["git", "archive", name], check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", folder + ".new"], check=True, input=tree)
        os.rename(folder + ".new", folder)
    # it is no repository of its own: without these its make would ask this one's
    alone = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))} | {"GIT_CEILING_DIRECTORIES": os.path.abspath(os.path.dirname(folder))}
    subprocess.run(["make", "-s", f"-j{os.cpu_count()}", "programs", *TARGETS], cwd=folder, check=True, env=alone)
    return folder


def lines(folder, build, part):
    """What the part prints in that tree: {what: measured}; it is shown as it comes."""
    found, what = {}, ""
    bench = subprocess.Popen(["tests/bench/run.sh", build, part], cwd=folder, stdout=subprocess.PIPE, text=True)
    for line in bench.stdout:
        print("  " + line, end="", flush=True)
        fields = [f.strip() for f in line.split(" | ")]
        if len(fields) < 5 or fields[0] == "what":
            continue
        what = fields[0] or what
        found.setdefault(what, fields[1])
    return found if bench.wait() == 0 else None


def ratios(then, now):
    """Of the numbers in both, in turn: '0.98 / 1.20'. Nothing where they are not as many."""
    a, b = ([float(n.replace(",", "")) for n in re.findall(r"(?<![\w.])[+-]?\d[\d,]*\.?\d*", text)] for text in (then, now))
    if not a or len(a) != len(b):
        return "cannot be compared"
    return " / ".join(f"{y / x:.2f}" if x else "-" for x, y in zip(a, b))


def main():
    folder = built(sys.argv[1])
    table = []
    for part in sys.argv[3:] or PARTS:
        print(f"{part}, {sys.argv[1]}:", flush=True)
        then = lines(folder, "build/release", part)
        print(f"{part}, now:", flush=True)
        now = lines(".", sys.argv[2], part)
        if not then or not now:
            table.append((part, "only now" if now else "nothing", "", ""))
            continue
        for what in then | now:
            a, b = then.get(what), now.get(what)
            table.append((what, a or "-", b or "-", ratios(a, b) if a and b else "only then" if a else "only now"))
    print()
    for what, then, now, ratio in [("what", sys.argv[1], "now", "now to then"), *table]:
        print(f"{what:<42} | {then:<38} | {now:<38} | {ratio}")


main()
