# SPDX-License-Identifier: Apache-2.0
#
# The duty list from outside: who is told of what and when the next is, one owner when two press at once, gaps that are named, messages
# that go out once. Usage: staff_duty.py BUILD PAGES
import json
import os
import sys
import threading
import time

from staff_stage import Hall, PEOPLE, Person, fresh, hire

failed = False


def check(name, ok, seen=""):
    global failed
    if not ok:
        failed = True
        print("# %s" % str(seen)[:800])
    print("%s staff duty: %s" % ("ok" if ok else "not ok", name), flush=True)


def page(p):
    return p.get("/api/duty").json()


def row(p, terminal, what):
    return next((r for r in page(p)["rows"] if (r["terminal"], r["what"]) == (terminal, what)), None)


def press(hall, p, verb, r, **more):
    body = {"id": fresh(), "terminal": r["terminal"], "what": r["what"], "since": r["since_ms"], "seen": r["staff"], "words": "我去，10 点前到",
            **({"minutes": 60} if verb == "take" else {}), **more}
    return hall.ask("POST", "/api/duty/" + verb, body, p.cookie)


def shift(hall, p, **more):
    body = {"id": fresh(), "staff": "0601", "zone": "", "days": 31, "from": 8, "to": 18, "place": 1, "way": "值班手机", **more}
    return hall.ask("POST", "/api/duty-shift/put", body, p.cookie)


def clock(hall):
    return ["--clock", time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(hall.now // 1000 + 1 + 8 * 3600))]  # not before what the hall has written


def feed(hall):
    """The messages of one run, as whoever delivers them gets them."""
    path = hall.work + "/events"
    if os.path.exists(path):
        os.remove(path)
    r = hall.ctl(*clock(hall), "feed", "send", "--data", hall.data, "--file", path)
    lines = open(path).read().splitlines() if os.path.exists(path) else []
    return [m for m in map(json.loads, lines) if m["kind"].startswith("duty")], r


def may_not(hall, people):
    for method, path in [("GET", "/api/duty"), ("POST", "/api/duty/take"), ("POST", "/api/duty-shift/put"), ("POST", "/api/duty-shift/drop")]:
        body = None if method == "GET" else {"id": fresh(), "terminal": "e-02", "what": "silent", "since": 1, "words": "x", "minutes": 5}
        if "shift" in path:
            body = {"id": fresh()} if "drop" in path else {"id": fresh(), "staff": "0601", "days": 1, "from": 1, "to": 2, "place": 1, "way": "x"}
        check("%s %s: nobody is signed in" % (method, path), hall.ask(method, path, body).status == 401)
        for number in ["0417", "0503", "0901", "0001", "0701"]:
            check("%s %s: not by %s" % (method, path, number), hall.ask(method, path, body, people[number].cookie).status == 403)


def bad(hall, me):
    r = row(me, "e-02", "receipt-no-paper")
    for name, more in [("no words", {"words": ""}), ("two lines", {"words": "a\nb"}), ("long words", {"words": "去" * 67}), ("no time", {"minutes": 0}),
                       ("for ever", {"minutes": 10081}), ("a time that is words", {"minutes": "60"}), ("no terminal", {"terminal": ""}), ("since never", {"since": 0}),
                       ("a fraction", {"since": 1.5}), ("an id that is none", {"id": "x" * 32}), ("more", {"more": 1}), ("a word too long", {"what": "w" * 33})]:
        check("unreadable: %s" % name, press(hall, me, "take", r, **more).status == 400)
    check("a time to end something by", press(hall, me, "done", r, minutes=5).status == 400)
    check("no such verb", press(hall, me, "drop", r).status == 404)
    for words, reason in [("核对 11010519491231002X", "personal-number"), ("a\u202eb", "not-one-line")]:
        a = press(hall, me, "take", r, words=words)
        check("no words like %s" % reason, a.status == 422 and a.json()["reason"] == reason, a.body)
    for other in [{"terminal": "x-01"}, {"terminal": "nobody"}, {"since": r["since_ms"] + 1}, {"what": "reader-fault"}]:
        a = press(hall, me, "take", r, **other)
        check("no such alert: %s" % other, a.status == 404 and a.json()["reason"] == "no-alert", a.body)
    for name, more in [("no days", {"days": 0}), ("an eighth day", {"days": 128}), ("hour 25", {"to": 25}), ("before midnight", {"from": -1}), ("no place", {"place": 0}),
                       ("a tenth", {"place": 10}), ("no way", {"way": ""}), ("a zone that is none", {"zone": "east"}), ("nobody", {"staff": ""}), ("more", {"more": 1})]:
        check("no row: %s" % name, shift(hall, me, **more).status == 400)
    for staff in ["0417", "nobody", "0001"]:
        a = shift(hall, me, staff=staff)
        check("no row of %s" % staff, a.status == 422 and a.json()["reason"] == "not-of-fleet", a.body)
    a = shift(hall, me, zone="f" * 16)
    check("no row of a zone without terminals", a.status == 422 and a.json()["reason"] == "no-zone", a.body)
    check("no personal number on the list", shift(hall, me, way="11010519491231002X").status == 422)
    check("nothing of it stands", page(me)["shifts"] == [] and row(me, "e-02", "receipt-no-paper")["staff"] == "")


def open_ones(me):
    p = page(me)
    rows = [(r["terminal"], r["what"]) for r in p["rows"]]
    check("what is open, the most urgent first", p["all"] == len(rows) and p["rows"][0]["level"] == "now" and p["rows"][-1]["level"] == "desk", rows)
    check("no paper, silence, a door and a reader, paper that is low", {("e-02", "receipt-no-paper"), ("e-03", "silent"), ("n-03", "door-open"), ("n-03", "reader-absent"),
                                                                   ("e-04", "ticket-paper-low"), ("n-02", "other")} <= set(rows), rows)
    check("of one that is silent its last word stands too", ("e-03", "receipt-fault") in rows)
    check("none of another office, none of one that was never heard of", not {"x-01", "w-02"} & {t for t, _ in rows})
    check("where it is", row(me, "e-02", "receipt-no-paper")["spot"] == "城东街道")
    check("nobody sends: the page says so", p["sends"] is False and p["sent"] is None)
    check("a whole week without anybody", p["gaps"] == [{"zone": "", "gaps": [[0, 168]]}], p["gaps"])


def plan(hall, me):
    first = fresh()
    check("a row", shift(hall, me, id=first, staff="0601").status == 200)
    check("sent again it is the same row", shift(hall, me, id=first, staff="0601").status == 200 and len(page(me)["shifts"]) == 1)
    p = page(me)
    check("on duty now", [o["name"] for o in p["on"]] == ["测试酉"], p["on"])
    check("the gaps are named", p["gaps"] == [{"zone": "", "gaps": [[18, 32], [42, 56], [66, 80], [90, 104], [114, 176]]}], p["gaps"])
    check("the second", shift(hall, me, staff="0602", place=2, days=127, **{"from": 0, "to": 24}).status == 200)
    check("no gap", page(me)["gaps"] == [])
    east = next(z["name"] for z in page(me)["zones"] if z["spot"] == "城东街道")
    one = fresh()
    check("a zone of its own", shift(hall, me, id=one, staff="0602", zone=east, place=1, days=1, **{"from": 9, "to": 10}).status == 200)
    check("each change is written down", hall.sql("SELECT count(*) FROM audit WHERE action='duty-shift-put' AND who='0601'")[0][0] == 4)
    check("and it goes", hall.ask("POST", "/api/duty-shift/drop", {"id": one}, me.cookie).status == 200 and len(page(me)["shifts"]) == 2)
    check("gone is gone", hall.ask("POST", "/api/duty-shift/drop", {"id": one}, me.cookie).status == 200)
    check("no such verb", hall.ask("POST", "/api/duty-shift/move", {"id": one}, me.cookie).status == 404)


def told(hall, me):
    messages, r = feed(hall)
    check("one message for the first on duty", [m["to"] for m in messages] == ["0601"] and messages[0]["n"] == page(me)["all"] and messages[0]["way"] == "值班手机", messages)
    check("it names what is most urgent, and no person", messages[0]["alerts"][0]["level"] == "now" and "测试" not in json.dumps(messages, ensure_ascii=False) and
          "件告警没人接" in messages[0]["text"], messages)
    check("not again", feed(hall)[0] == [])
    check("the page knows that messages go out", page(me)["sends"] is True)
    r = row(me, "e-02", "receipt-no-paper")
    check("who was told, who is next and when", r["told_to"] == "测试酉" and r["next"] == "测试壬" and r["next_at"] > r["told"], r)


def two_at_once(hall, me, other):
    r = row(me, "e-02", "receipt-no-paper")
    answers = {}

    def go(p):
        answers[p.number] = press(hall, p, "take", r, words="我是 " + p.number)
    threads = [threading.Thread(target=go, args=(p,)) for p in [me, other]]
    for x in threads:
        x.start()
    for x in threads:
        x.join()
    codes = {n: a.status for n, a in answers.items()}
    check("two press at once: one has it", sorted(codes.values()) == [200, 409], codes)
    owner = next(n for n, s in codes.items() if s == 200)
    loser = next(a for a in answers.values() if a.status == 409).json()
    check("the other is told who, and what he said", loser["reason"] == "alert-taken" and loser["staff"] == owner and loser["words"] == "我是 " + owner and loser["by"], loser)
    check("both see one owner", row(me, "e-02", "receipt-no-paper")["staff"] == row(other, "e-02", "receipt-no-paper")["staff"] == owner)
    check("both stand in the audit log", hall.sql("SELECT count(*) FROM audit WHERE action='duty-take' AND subject='e-02'")[0][0] == 2)
    return owner


def next_one(hall, me, other):
    said = fresh()
    r = row(me, "n-03", "door-open")
    for again in [False, True]:
        a = press(hall, me, "take", r, id=said, minutes=30)
        check("taken%s" % (", sent again" if again else ""), a.status == 200 and a.json()["repeated"] is again, a.body)
    a = press(hall, me, "done", {**r, "staff": "0601"})
    check("it ends by itself alone", a.status == 422 and a.json()["reason"] == "alert-lasts", a.body)
    a = press(hall, other, "leave", {**r, "staff": "0601"})
    check("nobody gives back what is a colleague's", a.status == 422 and a.json()["reason"] == "alert-not-mine", a.body)
    check("its reader is still nobody's", row(me, "n-03", "reader-absent")["staff"] == "")
    hall.advance(15 * 60000)
    messages, _ = feed(hall)
    names = {(x["terminal"], x["what"]) for m in messages if m["to"] == "0602" for x in m["alerts"]}
    check("a quarter later the next is told of what is urgent and nobody's", [m["to"] for m in messages] == ["0602"] and ("n-03", "reader-absent") in names and
          ("n-03", "door-open") not in names and ("e-04", "ticket-paper-low") not in names, messages)
    check("both are still signed in", page(me)["all"] == page(other)["all"])
    hall.advance(16 * 60000)
    messages, _ = feed(hall)
    check("a promise that is past is told", ("n-03", "door-open") in {(x["terminal"], x["what"]) for m in messages for x in m["alerts"]}, messages)
    check("and the page says it", row(me, "n-03", "door-open")["late"] is True)
    r = row(me, "n-03", "door-open")
    check("a colleague takes it over, knowing whose it was", press(hall, other, "take", r).status == 200 and row(me, "n-03", "door-open")["name"] == "测试壬")
    a = press(hall, me, "take", r)
    check("who looked before is told", a.status == 409 and a.json()["name"] == "测试壬", a.body)
    check("given back", press(hall, other, "leave", row(other, "n-03", "door-open"), words="车坏了").status == 200)
    r = row(me, "n-03", "door-open")
    check("nobody's, with what he said", r["staff"] == "" and r["words"] == "车坏了" and r["name"] == "测试壬", r)


def ends(hall, me):
    hall.sql("UPDATE health SET at=?, report=replace(report, 'no-paper', 'ready') WHERE terminal='e-02'", hall.now)
    feed(hall)
    p = page(me)
    check("it is over", row(me, "e-02", "receipt-no-paper") is None and ("e-02", "receipt-no-paper") in {(r["terminal"], r["what"]) for r in p["ended"]}, p["ended"])
    old = next(r for r in p["ended"] if r["terminal"] == "e-02")
    a = press(hall, me, "take", old)
    check("what is over is not taken", a.status == 409 and a.json()["reason"] == "alert-ended", a.body)
    hall.advance(60000)
    hall.sql("UPDATE health SET at=?, report=replace(report, '\"receipt\": \"ready\"', '\"receipt\": \"no-paper\"') WHERE terminal='e-02'", hall.now)
    messages, _ = feed(hall)
    r = row(me, "e-02", "receipt-no-paper")
    check("it comes again: nobody's, and told anew", r["staff"] == "" and r["since_ms"] > old["since_ms"] and ["0601"] == [m["to"] for m in messages], (r, messages))


def command(hall, me):
    base = ["--data", hall.data, "--office", "1103"]
    r = hall.ctl(*clock(hall), "duty", "list", *base)
    check("hallctl: the list", "receipt-no-paper" in r.stdout and "nobody has it; 0601 was told at" in r.stdout, r.stdout)
    r = hall.ctl(*clock(hall), "duty", "take", *base, "--terminal", "e-02", "--what", "receipt-no-paper", "--staff", "0602", "--words", "带纸去", "--minutes", "30")
    check("hallctl: taken", r.stdout == "1 take\n" and row(me, "e-02", "receipt-no-paper")["words"] == "带纸去", r.stdout)
    one = ["--terminal", "e-02", "--what", "receipt-no-paper", "--words", "x"]
    for args, code, word in [(["take", *base, *one, "--staff", "0601", "--minutes", "5"], 4, "alert-taken: receipt-no-paper, 测试壬 has it"),
                             (["done", *base, *one, "--staff", "0602"], 4, "alert-lasts"), (["take", *base, *one, "--staff", "0417", "--minutes", "5"], 3, "does not look after"),
                             (["take", *base, *one, "--staff", "0602"], 2, "--minutes is missing"), (["leave", *base, *one, "--staff", "0601"], 4, "alert-taken"),
                             (["done", *base, "--terminal", "e-02", "--what", "fork", "--words", "x", "--staff", "0602"], 3, "no alert fork of e-02 is open"),
                             (["take", *base, "--terminal", "e-02", "--what", "silent", "--words", "11010519491231002X", "--staff", "0602", "--minutes", "5"], 2, "--words"),
                             (["put", *base, "--staff", "0601", "--days", "0-5", "--hours", "8-18", "--place", "1", "--way", "x"], 2, "--days is like"),
                             (["put", *base, "--staff", "0601", "--days", "1-", "--hours", "8-18", "--place", "1", "--way", "x"], 2, "--days is like"),
                             (["put", *base, "--staff", "0601", "--days", "1,", "--hours", "8-18", "--place", "1", "--way", "x"], 2, "--days is like"),
                             (["put", *base, "--staff", "0601", "--days", "1-5", "--hours", "8-25", "--place", "1", "--way", "x"], 2, "--hours is like"),
                             (["put", *base, "--staff", "0601", "--days", "1-5", "--hours", "8", "--place", "1", "--way", "x"], 2, "--hours is like"),
                             (["put", *base, "--staff", "0417", "--days", "1-5", "--hours", "8-18", "--place", "1", "--way", "x"], 3, "does not look after"),
                             (["put", *base, "--staff", "0601", "--days", "1-5", "--hours", "8-18", "--place", "1", "--way", "x", "--zone-of", "x-01"], 3, "x-01"),
                             (["drop", *base, "--id", "x"], 2, "--id is"), (["drop", *base, "--id", "0" * 32], 3, "no such row"), ([], 2, "which: list")]:
        r = hall.ctl(*clock(hall), "duty", *args, fails=True)
        check("hallctl duty %s: %s" % (" ".join(args[:1]), word), r.returncode == code and word in r.stderr, (r.returncode, r.stderr))
    r = hall.ctl(*clock(hall), "duty", "put", *base, "--staff", "0601", "--days", "6,7", "--hours", "8-22", "--place", "1", "--way", "对讲", "--zone-of", "e-01", "--json")
    made = json.loads(r.stdout)
    check("hallctl: a row for one zone", (made["days"], made["from"], made["to"]) == ("6,7", 8, 22) and len(made["zone"]) == 16, made)
    hall.ctl("duty", "drop", *base, "--id", next(s["id"] for s in page(me)["shifts"] if s["staff"] == "0602"))
    r = hall.ctl("duty", "plan", *base)
    check("hallctl: gaps are named", "nobody is on duty: Friday 18:00 to Monday 08:00" in r.stdout and "nobody is on duty in zone %s: Saturday 22:00 to Sunday 08:00" % made["zone"] in r.stdout, r.stdout)
    r = json.loads(hall.ctl("duty", "plan", *base, "--json").stdout)
    check("and for a program", len(r["rows"]) == 2 and {"zone": "", "from": 114, "to": 176} in r["gaps"], r)
    hall.ctl("staff", "disable", "--data", hall.data, "--id", "0602")
    check("whoever was disabled keeps what he said", row(me, "e-02", "receipt-no-paper")["staff"] == "0602" and row(me, "e-02", "receipt-no-paper")["gone"] is True)
    r = hall.ctl(*clock(hall), "duty", "list", *base)
    check("hallctl: nobody waits for him", "测试壬 (0602) has it and looks after terminals NO MORE" in r.stdout, r.stdout)
    r = hall.ctl(*clock(hall), "duty", "take", *base, *one, "--staff", "0602", "--minutes", "5", fails=True)
    check("hallctl: and he takes nothing", r.returncode == 3 and "does not look after" in r.stderr, (r.returncode, r.stderr))
    messages, _ = feed(hall)
    check("the next is told", ("e-02", "receipt-no-paper") in {(x["terminal"], x["what"]) for m in messages if m["to"] == "0601" for x in m["alerts"]}, messages)


def nobody(hall, me):
    hall.advance(5 * 24 * 3600000)  # Saturday
    me.sign_in()
    messages, _ = feed(hall)
    none = [m for m in messages if m["kind"] == "duty-nobody"]
    check("nobody on duty: that goes out", len(none) == 1 and none[0]["to"] == "-" and "没有人值班" in none[0]["text"], messages)
    check("once", [m for m in feed(hall)[0] if m["kind"] == "duty-nobody"] == [])
    p = page(me)
    check("and the page names the gap", p["on"] == [] or all(o["zone"] for o in p["on"]), p["on"])



def renamed(hall, me):
    zone = next(s["zone"] for s in page(me)["shifts"] if s["zone"])
    check("its zone has terminals", [s["lost"] for s in page(me)["shifts"]] == [False, False])
    hall.sql("UPDATE terminal_zone SET zone=? WHERE zone=?", "f" * 16, zone)
    p = page(me)
    check("a zone that was renamed: its row covers nothing, and that is said", [s["zone"] for s in p["shifts"] if s["lost"]] == [zone] and p["on"] == [], p["shifts"])
    r = hall.ctl("duty", "plan", "--data", hall.data, "--office", "1103")
    check("hallctl says it in the row and among the gaps", "COVERS NOTHING" in r.stdout and "zone %s has no terminal any more" % zone in r.stdout and
          "on duty in zone" not in r.stdout, r.stdout)
    r = json.loads(hall.ctl("duty", "plan", "--data", hall.data, "--office", "1103", "--json").stdout)
    check("and for a program", {"zone": zone, "lost": True} in r["gaps"] and [s["lost"] for s in r["rows"]].count(True) == 1, r)


def not_taken(hall, me):
    hall.advance(61 * 60000)
    me.sign_in()
    r = hall.ctl(*clock(hall), "feed", "send", "--data", hall.data, "--hook", "http://127.0.0.1:9/x", fails=True)
    check("nobody takes messages: sending fails", r.returncode == 1, (r.returncode, r.stdout, r.stderr))
    p = page(me)
    waits = [r for r in p["rows"] if r["waits"]]
    check("nobody was told by that, and the page says so", waits and all(r["tries"] == 1 for r in waits) and p["undelivered"] == len(waits), p["rows"])
    r = hall.ctl(*clock(hall), "duty", "list", "--data", hall.data, "--office", "1103")
    check("hallctl says it too", "NOT DELIVERED (tries: 1)" in r.stdout, r.stdout)

def main():
    hall = Hall(sys.argv[1], sys.argv[2])
    people = {x[0]: Person(hall, x[0], hire(hall, x)) for x in PEOPLE}
    hall.set_clock(1767574800000)
    for p in people.values():
        p.begin()
    hall.fleet()
    me, other = people["0601"], people["0602"]
    may_not(hall, people)
    open_ones(me)
    bad(hall, me)
    plan(hall, me)
    told(hall, me)
    two_at_once(hall, me, other)
    next_one(hall, me, other)
    ends(hall, me)
    command(hall, me)
    nobody(hall, me)
    not_taken(hall, me)
    renamed(hall, me)
    code, log = hall.end()
    check("the hall ends well", code == 0 and "ERROR" not in log, log[-3000:])
    sys.exit(failed)


main()
