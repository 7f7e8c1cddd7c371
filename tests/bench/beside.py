# SPDX-License-Identifier: Apache-2.0
#
# The staff's pages and a fleet that delivers, on one hall: each alone, then both, then each alone once more, in one run.
# Neither may be slowed by more than a tenth by the other. Usage: beside.py BUILD CASES TERMINALS VISITS SECONDS
# VISITS: people an hour at each terminal; at the busiest hour of a day 14 come (tools/fleet/plan.def).
import http.client
import json
import os
import ssl
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../hall"))
from staff_stage import PEOPLE, Hall, Person, hire  # noqa: E402

SLOWER = 1.1
PAUSE = 0.05  # between two presses of one member of staff: far more than anybody presses


def row(verdict, what, budget, ours, more):
    print("%-38s | %-44s | %-58s | %-26s | %s" % (what, ours, more, budget, verdict), flush=True)


class Staff:
    """Each of them on a connection of his own, one page after the other; every answer's time is kept by its page."""

    def __init__(self, hall, work):
        self.hall, self.work = hall, work  # [(person, [path, …]), …]

    def go_on(self, person, paths, until, took):
        c = http.client.HTTPSConnection("localhost", self.hall.port, context=ssl.create_default_context(cafile=self.hall.ca), timeout=120)
        while time.monotonic() < until:
            for path in paths:
                at = time.monotonic()
                c.request("GET", path, headers={"Cookie": person.cookie})
                answer = c.getresponse()
                answer.read()
                if answer.status != 200:
                    raise SystemExit("%s: %d" % (path, answer.status))
                took.setdefault(path, []).append((time.monotonic() - at) * 1000)
                time.sleep(PAUSE)
        c.close()

    def p50(self, seconds):
        took, until = [{} for _ in self.work], time.monotonic() + seconds
        threads = [threading.Thread(target=self.go_on, args=(p, paths, until, t)) for (p, paths), t in zip(self.work, took)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        return {path: sorted(l)[len(l) // 2] for t in took for path, l in t.items()}


class Fleet:
    """Terminals that deliver what their visitors hand in, at the pace of the clock on the wall."""

    def __init__(self, hall, build, terminals, visits):
        with open(hall.work + "/plan", "w") as f:
            f.write("at 00:00 visits %d\napplications 40\n" % visits)
        self.out = open(hall.work + "/fleet.json", "w+")
        self.process = subprocess.Popen([build + "/fleet", "--data", hall.data, "--hall", hall.terminals, "--terminals", str(terminals), "--seconds", "86400",
                                         "--plan", hall.work + "/plan", "--json"], stdout=self.out, stderr=open(hall.work + "/fleet.log", "w"))
        while self.now().get("phase") != "play" or self.now()["waiting"] < terminals * 0.99:
            if self.process.poll() is not None:
                raise SystemExit("the fleet: " + open(hall.work + "/fleet.log").read()[-800:])
            time.sleep(0.5)

    def now(self):
        with open(self.out.name) as f:
            whole = [l for l in f.read().split("\n")[:-1] if l]
        return json.loads(whole[-1]) if whole else {}

    def rate(self, seconds):
        """Acknowledged a second, and what was made a second."""
        first, at = self.now(), time.monotonic()
        time.sleep(seconds)
        last, took = self.now(), time.monotonic() - at
        return ((last["acknowledged"] - first["acknowledged"]) / took, (last["made"] - first["made"]) / took)

    def end(self):
        self.process.terminate()
        self.process.wait(300)


def both(staff, fleet, seconds):
    rate = [None]
    counting = threading.Thread(target=lambda: rate.__setitem__(0, fleet.rate(seconds)))
    counting.start()
    pages = staff.p50(seconds)
    counting.join()
    return pages, rate[0]


def main():
    build, cases, terminals, visits, seconds = os.path.abspath(sys.argv[1]), *map(int, sys.argv[2:6])
    hall = Hall(build, build + "/staff")
    people = {p[0]: Person(hall, p[0], hire(hall, p)) for p in [*PEOPLE, ("0777", "张三", "受理岗", "department")]}
    for p in people.values():
        p.begin()
    subprocess.run([build + "/bench-cases", "fill", hall.data, str(cases)], check=True)
    hall.set_clock(int(time.time() * 1000))  # the fleet's, whose certificates begin today
    for p in people.values():
        p.sign_in()
    clerk, boss, keeper = people["0777"], people["0901"], people["0601"]
    first = clerk.get("/api/cases").json()["rows"][0]["number"]
    fleet = Fleet(hall, build, terminals, visits)
    staff = Staff(hall, [(clerk, ["/api/today", "/api/cases", "/api/case/" + first]), (boss, ["/api/cases?stage=accepted", "/api/complaints"]),
                         (keeper, ["/api/terminals", "/api/map", "/api/terminal/t-1"])])
    row("", "staff beside terminals", "", "", "%d cases, %d terminals, %d visits an hour at each" % (cases, terminals, visits))
    alone_rate = [fleet.rate(seconds)]
    pages, rate = both(staff, fleet, seconds)
    alone_rate.append(fleet.rate(seconds))
    fleet.end()
    alone = staff.p50(seconds)
    base = sum(r for r, _ in alone_rate) / 2
    for path, ms in pages.items():
        row("met" if ms <= SLOWER * alone[path] else "MISSED", path[:36].replace(first, "NUMBER"), "<= %.1f x alone, at p50" % SLOWER, "%.1f ms beside the fleet" % ms,
            "alone %.1f ms: %.2f x" % (alone[path], ms / alone[path]))
    row("met" if rate[0] * SLOWER >= base else "MISSED", "records acknowledged", ">= alone / %.1f" % SLOWER, "%.1f /s beside the staff, of %.1f made" % rate,
        "alone %.1f and %.1f /s: %.2f x" % (alone_rate[0][0], alone_rate[1][0], rate[0] / base if base else 0))
    hall.end()


main()
