# SPDX-License-Identifier: Apache-2.0
#
# The staff's door with very many cases and terminals: what each answer takes of the hall's processor time, over one connection
# as a browser keeps it, with the clock's beside, which on a machine that does other things is theirs too; and each page in a
# browser (paint.mjs).
# Usage: console.py BUILD CASES TERMINALS
import http.client
import json
import os
import shutil
import ssl
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../hall"))
from staff_stage import PEOPLE, ROOT, Hall, Person, hire  # noqa: E402

TODAY = 1780362000000  # tests/bench/cases.c
ROUNDS, SECONDS = 300, 8  # of each page, whichever is over first
BUDGET_MS = 30


def row(verdict, what, budget, ours, more):
    print("%-38s | %-44s | %-58s | %-26s | %s" % (what, ours, more, budget, verdict), flush=True)


def terminals(hall, n):
    """Zones of twenty; all well but one of fifty."""
    for i in range(n):
        name = "b-%05d" % i
        place = {"zone": "第 %d 服务区" % (i // 20), "spot": "大厅", "device": "%02d 号机" % (i % 20), "hotline": "12345", "supervision": "12345"}
        devices = {"receipt": "no-paper" if i % 50 == 0 else "ready", "ticket": "ready", "reader": "ready"}
        report = {"v": 1, "version": "1.4.2", "acked": 1, "head": 1, "catalogue": 1, "level": 7, "needs": 0, "warnings": [], "devices": devices}
        yield ((1103, name, json.dumps(place, ensure_ascii=False), TODAY, 1, i.to_bytes(16, "big")),
               (1103, name, TODAY - 60000 * (i % 9), json.dumps(report)), (1103, name, TODAY - 60000 * (i % 9), "go" if i % 50 == 0 else "good", 1))


def fill(hall, build, cases, count):
    import sqlite3
    subprocess.run([build + "/bench-cases", "fill", hall.data, str(cases)], check=True)
    db = sqlite3.connect(hall.data + "/hall.db")
    both = list(terminals(hall, count))
    db.executemany("INSERT INTO terminal (office, terminal, place, added, registration, epoch) VALUES (?,?,?,?,?,?)", [t for t, _, _ in both])
    db.executemany("INSERT INTO health VALUES (?,?,?,?)", [h for _, h, _ in both])
    db.executemany("INSERT INTO terminal_stand VALUES (?,?,?,?,?)", [s for _, _, s in both])
    db.commit()
    db.close()
    hall.name_zones()
    hall.sql("INSERT INTO place_point SELECT 1103, zone, zone, min(terminal), 29000000 + (min(rowid) * 7919) % 4000000, 103000000 + (min(rowid) * 104729) % 5000000,"
             " 'x', ? FROM terminal_zone WHERE terminal LIKE 'b-%' GROUP BY zone", TODAY)


def cpu_ms(pid):
    """Of all its threads (clock_getcpuclockid(3))."""
    return time.clock_gettime(~pid << 3 | 2) * 1000


def spread(values):
    l = sorted(values)
    return l[len(l) // 2], l[min(len(l) - 1, len(l) * 99 // 100)]


def measure(hall, me, path, what, body=None):
    c = http.client.HTTPSConnection("localhost", hall.port, context=ssl.create_default_context(cafile=hall.ca), timeout=120)
    took, cpu, size, begin = [], [], 0, time.monotonic()
    while len(took) < ROUNDS and (len(took) < 3 or time.monotonic() - begin < SECONDS):
        at, used = time.monotonic(), cpu_ms(hall.process.pid)
        c.request("POST" if body else "GET", path, body=body, headers={"Cookie": me.cookie, "Origin": hall.origin, "X-Tongban": "1"})
        answer = c.getresponse()
        size = len(answer.read())
        took.append((time.monotonic() - at) * 1000)
        cpu.append(cpu_ms(hall.process.pid) - used)
        if answer.status != 200:
            raise SystemExit("%s: %d" % (path, answer.status))
    c.close()
    (p50, p99), by_clock = spread(cpu), spread(took)
    row("met" if p99 <= BUDGET_MS else "MISSED", what, "<= %d ms at p99" % BUDGET_MS, "p50 %.1f, p99 %.1f ms of CPU" % (p50, p99),
        "by the clock %.1f and %.1f; %d times, %d kB" % (*by_clock, len(took), size // 1024))


def paint(hall, pages):
    """The same pages in a browser; a report is counted anew for whoever asks, and is not one of them."""
    if not shutil.which("chromium") or subprocess.run([ROOT + "/tests/npm.sh"], stdout=subprocess.DEVNULL).returncode:
        row("", "painted", "", "", "no Chromium here, or not npm's packages")
        return
    what = {"url": hall.origin, "rounds": int(os.environ.get("ROUNDS", "100")), "pages": [{"name": name, "hash": hash_, "cookie": who.cookie} for who, hash_, name in pages]}
    subprocess.run(["node", ROOT + "/tests/bench/paint.mjs"], input=json.dumps(what), text=True, check=True, cwd=ROOT)


def main():
    build, cases, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    hall = Hall(build, build + "/staff")
    people = {p[0]: Person(hall, p[0], hire(hall, p)) for p in [*PEOPLE, ("0777", "张三", "受理岗", "department")]}
    for p in people.values():
        p.begin()
    fill(hall, build, cases, count)
    hall.set_clock(TODAY)
    for p in people.values():
        p.sign_in()
    clerk, window, supervisor, fleet, publisher, administrator = (people[n] for n in ("0777", "0417", "0901", "0601", "0701", "0001"))
    first = clerk.get("/api/cases").json()["rows"][0]["number"]
    row("", "staff's pages", "", "", "%d cases, %d terminals" % (cases, count))
    for who, path, what in [(clerk, "/api/me", "who am I"), (clerk, "/api/today", "today"), (clerk, "/api/cases", "cases"),
                            (clerk, "/api/cases?stage=accepted", "cases of one stage"), (clerk, "/api/case/" + first, "one case"),
                            (window, "/api/queue?window=1", "a window"), (clerk, "/api/board?office=1103", "the display"),
                            (clerk, "/api/complaints", "complaints"), (supervisor, "/api/cards", "cards"),
                            (fleet, "/api/terminals", "terminals"), (fleet, "/api/terminal/b-00050", "one terminal"),
                            (fleet, "/api/map", "the map"),
                            (administrator, "/api/people", "accounts")]:
        measure(hall, who, path, what)
    measure(hall, administrator, "/api/audit", "audit log", "{}")
    paint(hall, [(clerk, "#/today", "today"), (clerk, "#/cases", "cases"), (clerk, "#/case/" + first, "one case"), (clerk, "#/complaints", "complaints"),
                 (window, "#/call", "a window"), (supervisor, "#/cards", "cards"), (fleet, "#/terminals", "terminals"), (fleet, "#/terminal/b-00050", "one terminal"),
                 (fleet, "#/map//all", "the map"), (fleet, "#/duty", "duty"), (publisher, "#/publish", "publishing"), (publisher, "#/halts", "items off"),
                 (administrator, "#/people", "accounts"), (administrator, "#/audit", "audit log")])
    hall.end()


main()
