# SPDX-License-Identifier: Apache-2.0
#
# The terminals' pages from outside: who sees them, what they say of terminals that speak, are silent, or belong to others.
# Usage: staff_fleet.py BUILD PAGES
import sys
import time

from staff_stage import Hall, PEOPLE, Person, fresh, hire

failed = False


def check(name, ok, seen=""):
    global failed
    if not ok:
        failed = True
        print("# %s" % str(seen)[:800])
    print("%s staff fleet: %s" % ("ok" if ok else "not ok", name), flush=True)


def may_not(hall, people):
    refused = "SELECT count(*) FROM audit WHERE reason LIKE 'refused: no-role%'"
    for path in ["/api/terminals", "/api/terminal/e-01"]:
        check("%s: nobody is signed in" % path, hall.ask("GET", path).status == 401)
        for number in ["0417", "0503", "0901", "0001"]:
            before = hall.sql(refused)[0][0]
            r = people[number].get(path)
            check("%s: not for a %s, and it is written down" % (path, number), r.status == 403 and r.json()["reason"] == "no-role" and
                  hall.sql(refused)[0][0] == before + 1, r.body)
    check("nor cases for who looks after terminals", people["0601"].get("/api/cases").status == 403)


def lists(me):
    all = me.get("/api/terminals").json()
    check("how many stand how", all["all"] == 10 and all["counts"] ==
          {"silent": 2, "go": 2, "out": 1, "soon": 1, "desk": 1, "new": 1, "good": 2}, all["counts"])
    rows = {r["terminal"]: r for r in all["rows"]}
    check("all of the office, none of another", len(rows) == 10 and "x-01" not in rows, list(rows))
    check("no paper: somebody must go", rows["e-02"]["situation"] == "go" and rows["e-02"]["why"] == ["receipt-no-paper"], rows["e-02"])
    check("silent: its last word is kept with its time", rows["e-03"]["situation"] == "silent" and rows["e-03"]["why"] == ["receipt-fault"] and
          rows["e-03"]["heard"] and rows["e-03"]["backlog"] == 3, rows["e-03"])
    check("a word of a newer terminal is told", rows["n-02"]["why"] == ["other"], rows["n-02"])
    check("the worst first", rows["n-03"]["why"] == ["door-open", "reader-absent", "receipt-paper-low"], rows["n-03"])
    check("out of service: why, since, until", rows["w-01"]["out"] == "repair" and rows["w-01"]["out_since"] < rows["w-01"]["out_until"], rows["w-01"])
    check("never heard of: nothing is known", rows["w-02"]["situation"] == "new" and rows["w-02"]["backlog"] is None and rows["w-02"]["heard"] is None and
          rows["w-02"]["hours"]["whole"]["row"] == "u" * 24, rows["w-02"])
    zones = {z["spot"]: z for z in all["zones"]}
    check("a zone that is tight", (zones["城东街道"]["all"], zones["城东街道"]["work"], zones["城东街道"]["room"]) == (4, 3, 1), zones)
    check("one where nothing may stop", zones["西街社区"]["room"] == 0 and all["zones"][0]["room"] == 0, all["zones"])
    for want, n in [("need", 8), ("go", 2), ("silent", 2), ("good", 2)]:
        check("only %s" % want, len(me.get("/api/terminals?situation=" + want).json()["rows"]) == n)
    zone = me.get("/api/terminals?zone=" + zones["北门服务站"]["name"]).json()
    check("one zone", [r["terminal"] for r in zone["rows"]] == ["n-01", "n-02", "n-03"], zone["rows"])
    for bad in ["situation=sung", "situation=needs"]:
        check("%s is refused" % bad, me.get("/api/terminals?" + bad).status == 400)
    for odd in ["after=%3Cb%3E", "zone=x", "zone=%00"]:
        check("%s finds nothing it should not" % odd, me.get("/api/terminals?" + odd).status == 200)


def hours(me):
    t = me.get("/api/terminal/e-02").json()
    whole, receipt, reader = (t["hours"][k]["row"] for k in ["whole", "receipt", "reader"])
    check("the hour in which it had no paper", receipt[-1] == "n" and receipt[-2] == "c" and whole[-1] == "f", t["hours"])
    check("two hours off: nothing worked", whole[14:16] == "nn" and whole[13] == "c" and whole[16] == "c" and reader[14:16] == "nn", t["hours"])
    check("one that is not silent is as it last said", me.get("/api/terminal/e-01").json()["hours"]["whole"]["row"] == "c" * 24)
    check("the reader, yesterday", reader[4:6] == "nn" and reader[3] == "c" and reader[6] == "c", t["hours"])
    check("of the percentage only what is known", t["hours"]["receipt"]["percent"] == 87, t["hours"])


def one(me):
    t = me.get("/api/terminal/e-03").json()
    check("one terminal: its devices as it said", t["devices"] == {"receipt": "fault", "ticket": "ready", "reader": "ready"}, t)
    check("its alerts, with their words as they are", t["alerts"][0]["what"] == "system-failed" and t["alerts"][0]["detail"].startswith("<b>") and
          t["alerts"][0]["count"] == 2, t["alerts"])
    check("hours after it was last heard are not known", t["hours"]["whole"]["row"].endswith("u") and "n" not in t["hours"]["whole"]["row"], t["hours"])
    check("one that has said nothing of its devices", me.get("/api/terminal/e-01").json()["devices"] == {})
    for bad in ["x-01", "nobody", "E-01", "e-01/x", "", "..%2f", "a" * 40]:
        check("\"%s\" is none" % bad[:8], me.get("/api/terminal/" + bad).status == 404)


def order(hall, p, **words):
    return hall.ask("POST", "/api/acts", {"id": fresh(), "terminals": ["e-01"], "act": "restart", "why": "卡住了", **words}, p.cookie)


def withdrawing(hall, me, other):
    """What no terminal has yet is taken back: what somebody looked at, and nothing that came since."""
    def back(p, one, **words):
        return hall.ask("POST", "/api/acts-withdraw", {"id": one, "why": "选错了", **words}, p.cookie)

    def newest(terminal="e-01"):
        return me.get("/api/terminal/" + terminal).json()["acts"][0]

    def said(like):
        return hall.sql("SELECT count(*) FROM audit WHERE action='terminal-act-withdraw' AND reason LIKE ?", like)[0][0]

    check("nobody is signed in: nothing is withdrawn", hall.ask("POST", "/api/acts-withdraw", {"id": fresh(), "why": "x"}).status == 401)
    for bad in [{"why": ""}, {"id": "x"}, {"id": fresh()[1:]}, {"more": 1}, {"why": "a\nb"}]:
        check("unreadable: %s" % bad, back(me, fresh(), **bad).status == 400)
    check("no words of somebody", back(me, fresh(), why="核对 11010519491231002X").status == 422)
    nothing = fresh()
    check("nothing of that id", back(me, nothing).status == 409 and
          hall.sql("SELECT count(*) FROM audit WHERE subject=? AND reason='refused: act-not-waiting: 选错了'", nothing)[0][0] == 1)
    check("wanted of two", order(hall, me, terminals=["e-01", "e-02"], act="sync", why="x").status == 200)
    first = newest()
    check("it waits", first["waits"] is True, first)
    r = back(me, first["id"])
    check("withdrawn, of one", r.status == 200 and (r.json()["terminal"], r.json()["act"]) == ("e-01", "sync") and
          newest()["stand"] == "withdrawn" and newest("e-02")["waits"], r.body)
    check("once", back(me, first["id"]).status == 409)
    check("written down with what it was, the refused too", said("sync, wanted by 测试酉 at %: 选错了") == 1 and
          said("refused: act-not-waiting: sync, wanted by 测试酉 at %: 选错了") == 1, hall.sql("SELECT reason FROM audit"))
    check("a message", order(hall, me, act="message", zh="今天 17:00 停电", hours=4).status == 200)
    seen = newest()
    check("a colleague puts another in its place", order(hall, other, act="message", zh="改为 19:00 停电", hours=4).status == 200)
    r = back(me, seen["id"])
    check("the one that was seen is over, and the other stays", r.status == 409 and r.json()["reason"] == "act-not-waiting" and
          newest()["zh"] == "改为 19:00 停电" and newest()["waits"] is True, r.body)
    other_one = newest()["id"]
    hall.sql("UPDATE terminal_act SET office=1104 WHERE zh LIKE '改为%'")
    check("not of another office", back(me, other_one).status == 409)
    hall.sql("UPDATE terminal_act SET office=1103 WHERE zh LIKE '改为%'")
    at = time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(hall.now // 1000 + 8 * 3600 + 60))
    by = lambda *more: hall.ctl("--clock", at, "terminal", "withdraw", "message", "--data", hall.data, "--why", "作废", *more, fails=True)
    r = by("--terminals", "e-01,e-02")
    check("by command all or none", r.returncode == 4 and "e-02" in r.stderr and newest()["waits"] is True, r)
    check("and that is written down", said("refused: act-not-waiting: message: 作废") == 1)
    r = by("--terminals", "e-01")
    check("by command the newest, and it says what it was", r.returncode == 0 and "e-01: withdrawn: message “改为 19:00 停电”, wanted by" in r.stdout and
          newest()["stand"] == "withdrawn", r)
    check("once more nothing", by("--terminals", "e-01").returncode == 4)


def acts(hall, me, people):
    """What is wanted of terminals: by whom, once, and never of another office's."""
    count = "SELECT count(*) FROM terminal_act"
    check("nobody is signed in: nothing is wanted", hall.ask("POST", "/api/acts", {"id": fresh(), "terminals": ["e-01"], "act": "restart", "why": "x"}).status == 401)
    for number in ["0417", "0503", "0901", "0001"]:
        check("not by a %s" % number, order(hall, people[number]).status == 403)
    r = hall.ask("POST", "/api/acts", {"id": fresh(), "terminals": ["e-01"], "act": "restart", "why": "x"}, me.cookie, {"Origin": "https://evil.example"})
    check("nor by another page", r.status == 403, r.body)
    for name, bad in [("no terminal", {"terminals": []}), ("twice", {"terminals": ["e-01", "e-01"]}), ("33", {"terminals": ["t-%d" % i for i in range(33)]}),
                      ("a path", {"terminals": ["../e"]}), ("no why", {"why": ""}), ("two lines", {"why": "a\nb"}), ("no such act", {"act": "erase"}),
                      ("no reason", {"act": "out"}), ("a reason of its own", {"act": "out", "reason": "fun"}), ("hours of a restart", {"hours": 3}),
                      ("for ever", {"act": "message", "zh": "x", "hours": 169}), ("a message without end", {"act": "message", "zh": "x"}),
                      ("English alone", {"act": "message", "en": "x", "hours": 1}), ("too long", {"act": "message", "zh": "停" * 81, "hours": 1}), ("more", {"more": 1})]:
        check("unreadable: %s" % name, order(hall, me, **bad).status == 400)
    for name, bad, reason in [("turned round", {"why": "a\u202eb"}, "not-one-line"), ("unseen on a screen", {"act": "message", "zh": "停\u200b电", "hours": 1}, "not-one-line"),
                              ("of somebody", {"why": "核对 11010519491231002X"}, "personal-number"),
                              ("of somebody on a screen", {"act": "message", "zh": "请 11010519491231002X 来取", "hours": 1}, "personal-number")]:
        r = order(hall, me, **bad)
        check("no words %s" % name, r.status == 422 and r.json()["reason"] == reason, r.body)
    for name in ["x-01", "nobody"]:
        r = order(hall, me, terminals=["e-01", name])
        check("of %s nothing, and of none beside it" % name, r.status == 404 and r.json()["reason"] == "no-terminal", r.body)
    check("so far nothing is wanted", hall.sql(count)[0][0] == 0, hall.sql("SELECT * FROM terminal_act"))
    said = fresh()
    r = order(hall, me, id=said, terminals=["e-01", "e-02", "e-03"], why="<b>卡住了</b>")
    check("three are to restart", r.status == 200 and r.json()["wanted"] == 3 and r.json()["repeated"] is False, r.body)
    r = order(hall, me, id=said, terminals=["e-01", "e-02", "e-03"], why="<b>卡住了</b>")
    check("sent again it counts once", r.status == 200 and r.json()["repeated"] is True and hall.sql(count)[0][0] == 3, r.body)
    r = order(hall, me, id=said, terminals=["e-01"], act="sync")
    check("its id is not for something else", r.status == 422 and r.json()["reason"] == "id-used", r.body)
    check("each has a row of the audit log", hall.sql("SELECT count(*) FROM audit WHERE action='terminal-act' AND who='0601' AND reason='restart: <b>卡住了</b>'")[0][0] == 3)
    a = me.get("/api/terminal/e-01").json()["acts"][0]
    check("its page says by whom, why, how far", (a["act"], a["name"], a["why"], a["stand"]) == ("restart", "测试酉", "<b>卡住了</b>", "next"), a)
    check("one that is silent does so when it is heard of", me.get("/api/terminal/e-03").json()["acts"][0]["stand"] == "silent")
    hall.sql("UPDATE terminal_act SET granted=? WHERE terminal='e-02'", hall.now)  # it has come for it
    a = me.get("/api/terminal/e-01").json()["acts"][0]
    check("never all of a zone at once: with one away and one silent the others wait", a["stand"] == "zone", a)
    hall.sql("UPDATE terminal_act SET until=?", hall.now)
    a = me.get("/api/terminal/e-01").json()["acts"][0]
    check("after a day its time is over", a["stand"] == "expired", a)
    r = hall.ctl("--clock", "2026-01-05T09:10:00+08:00", "terminal", "act", "message", "--data", hall.data, "--terminals", "n-01,n-02", "--zh", "今天停电",
                 "--hours", "3", "--why", "电力", "--json")
    check("the same by command", '"wanted":2' in r.stdout, r.stdout)
    r = hall.ctl("--clock", "2026-01-05T09:10:00+08:00", "terminal", "acts", "--data", hall.data, "--terminal", "n-01")
    check("and how far it is, in words", "message" in r.stdout and "within a minute or two" in r.stdout and "电力" in r.stdout, r.stdout)
    for bad in [["erase"], ["out", "--terminals", "n-01", "--why", "x", "--reason", "fun"], ["restart", "--terminals", "n-01"], ["sync", "--terminals", "n-01", "--why", "x", "--hours", "3"],
                ["message", "--terminals", "n-01", "--why", "x", "--en", "x", "--hours", "3"],
                ["message", "--terminals", "n-01", "--why", "x", "--zh", "请 11010519491231002X 来取", "--hours", "3"], []]:
        r = hall.ctl("terminal", "act", *bad, "--data", hall.data, fails=True)
        check("hallctl terminal act %s is refused" % " ".join(bad[:1]), r.returncode == 2, r.stderr)
    r = hall.ctl("terminal", "act", "restart", "--data", hall.data, "--terminals", "n-01,n-02,n-01", "--why", "x", fails=True)
    check("named twice: nothing of any", r.returncode == 1 and "named twice" in r.stderr and len(me.get("/api/terminal/n-02").json()["acts"]) == 1, r.stderr)
    r = hall.ctl("terminal", "act", "sync", "--data", hall.data, "--terminals", "n-01,nobody", "--why", "x", fails=True)
    check("a terminal that is none: nothing of any", r.returncode == 3 and len(me.get("/api/terminal/n-01").json()["acts"]) == 1, r.stderr)


def logs(hall, me, people):
    """The logs a terminal handed over: for who looks after terminals, of one's own office, and it is written down."""
    one, other = fresh(), fresh()
    raw = bytes.fromhex
    for id, office, whole in [(one, 1103, True), (other, 1104, True)]:
        hall.sql("INSERT INTO terminal_act SELECT ?, ?, ?, 'logs', '', 0, '', '', '卡住了', '0601', '测试酉', ?, ?, ?, ?", office, raw(id),
                 "e-01" if office == 1103 else "x-01", hall.now, hall.now + 86400000, hall.now, hall.now)
    page = lambda: [a for a in me.get("/api/terminal/e-01").json()["acts"] if a["act"] == "logs"][0]["logs"]
    take = lambda p, id: hall.ask("POST", "/api/logs/" + id, {}, p.cookie)
    check("done, and nothing has come yet: no file is named", (page()["stand"], page()["name"]) == ("making", ""), page())
    hall.sql("INSERT INTO terminal_logs VALUES (1103, ?, 'e-01', 2048, zeroblob(32), 1024, 0, ?, ?, 0, '')", raw(one), hall.now, hall.now)
    check("half of it is here", (page()["stand"], page()["have"], page()["size"], page()["name"]) == ("coming", 1024, 2048, ""), page())
    check("half is not given out", take(me, one).status == 404)
    body = b"\x1f\x8b<script>" + bytes(range(256)) * 7 + b"x" * 246
    hall.sql("INSERT INTO terminal_logs_piece VALUES (1103, ?, 0, ?)", raw(one), body[:1024])
    hall.sql("INSERT INTO terminal_logs_piece VALUES (1103, ?, 1024, ?)", raw(one), body[1024:])
    hall.sql("UPDATE terminal_logs SET have=2048")
    hall.sql("INSERT INTO terminal_logs VALUES (1104, ?, 'x-01', 1, zeroblob(32), 1, 0, ?, ?, 0, '')", raw(other), hall.now, hall.now)
    check("here", page()["stand"] == "here" and page()["name"].startswith("tongban-e-01-") and page()["name"].endswith(".txt.gz"), page())
    check("nobody is signed in", hall.ask("POST", "/api/logs/" + one, {}).status == 401)
    for number in ["0417", "0503", "0901", "0001"]:
        check("logs are not for a %s" % number, take(people[number], one).status == 403)
    r = hall.ask("POST", "/api/logs/" + one, {}, me.cookie, {"Origin": "https://evil.example"})
    check("nor for another page", r.status == 403)
    for name, bad in [("another office's", other), ("none", fresh()), ("a path", "..%2f"), ("short", one[1:]), ("empty", "")]:
        check("logs: %s" % name, take(me, bad).status == 404)
    said = "SELECT count(*) FROM audit WHERE action='terminal-logs-read' AND who='0601' AND subject='e-01'"
    before = hall.sql(said)[0][0]
    r = take(me, one)
    check("the bytes as they came, and written down", r.status == 200 and r.raw == body and hall.sql(said)[0][0] == before + 1, (r.status, len(r.body)))
    check("to be saved, never shown", r.headers.get("Content-Type") == "application/gzip" and
          r.headers.get("Content-Disposition") == 'attachment; filename="%s"' % page()["name"] and r.headers.get("X-Content-Type-Options") == "nosniff", r.headers)
    hall.sql("UPDATE terminal_logs SET have=0, size=0, why='too-long'")
    check("why there are none", (page()["stand"], page()["why"], page()["name"]) == ("not", "too-long", ""), page())
    hall.sql("DELETE FROM terminal_act WHERE act='logs'")


def pages_of_many(hall, me):
    """Ten thousand: each page begins where the one before ended, and all are seen once."""
    place = hall.sql("SELECT place FROM terminal WHERE terminal='n-01'")[0][0]
    hall.sql("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<9989) INSERT INTO terminal (office, terminal, place, added,"
             " registration) SELECT 1103, printf('m-%05d', i), replace(?, '北门', printf('%d 号', i/4)), 0, 1 FROM n", place)
    hall.sql("INSERT INTO health SELECT 1103, terminal, ?, (SELECT report FROM health WHERE terminal='n-01') FROM terminal WHERE terminal LIKE 'm-%'", hall.now)
    hall.name_zones()
    seen, after, began = [], "", time.monotonic()
    for _ in range(4):
        r = me.get("/api/terminals?after=" + after).json()
        seen += [x["terminal"] for x in r["rows"]]
        after = r["after"]
    print("# %.0f ms a page of 10,000 terminals" % (250 * (time.monotonic() - began)))
    check("ten thousand, a page at a time", r["all"] == 10000 and len(seen) == len(set(seen)) == 48 and seen == sorted(seen), (r["all"], len(seen)))
    last = me.get("/api/terminals?after=w-01").json()
    check("the last page says that it is", [x["terminal"] for x in last["rows"]] == ["w-02"] and last["after"] is None, last["rows"])


def main():
    hall = Hall(sys.argv[1], sys.argv[2])
    people = {x[0]: Person(hall, x[0], hire(hall, x)) for x in PEOPLE}
    hall.set_clock(1767574800000)
    for p in people.values():
        p.begin()
    hall.fleet()
    me = people["0601"]
    may_not(hall, people)
    lists(me)
    hours(me)
    one(me)
    acts(hall, me, people)
    withdrawing(hall, me, people["0602"])
    logs(hall, me, people)
    pages_of_many(hall, me)
    code, log = hall.end()
    check("the hall ends well", code == 0 and "ERROR" not in log, log[-3000:])
    sys.exit(failed)


main()
