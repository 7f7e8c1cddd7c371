# SPDX-License-Identifier: Apache-2.0
#
# Systems of the terminals from outside: who may, two persons, stages, what fails and stops it, once more, what the figures
# say; the page and hallctl by the same rules. Usage: staff_system.py BUILD PAGES
import json
import os
import sys
import threading

from staff_stage import Hall, PEOPLE, Person, hire

failed = False


def check(name, ok, seen=""):
    global failed
    if not ok:
        failed = True
        print("# %s" % str(seen)[:800])
    print("%s staff system: %s" % ("ok" if ok else "not ok", name), flush=True)


def say(person, path, **body):
    """An act on an edition says which state was seen, as the page does."""
    head, _, act = path.rpartition("/")
    if act in ("approve", "rollout", "pause", "resume", "withdraw") and "seq" not in body:
        seen = person.get(head)
        body["seq"] = seen.json()["edition"]["seq"] if seen.status == 200 else 1
    return person.hall.ask("POST", path, body, person.cookie)


def is_refused(name, r, status, reason):
    check(name, r.status == status and r.json()["reason"] == reason, (r.status, r.body))


def may_not(hall, people):
    ways = [("GET", "/api/systems"), ("GET", "/api/system/1.5.0"), ("POST", "/api/system/1.5.0/approve"), ("POST", "/api/system-retry")]
    refused = "SELECT count(*) FROM audit WHERE reason LIKE 'refused: no-role%'"
    for method, path in ways:
        body = {"reason": "x", **({"terminal": "t-1"} if "retry" in path else {"seq": 1})} if method == "POST" else None
        check("%s %s: nobody is signed in" % (method, path), hall.ask(method, path, body).status == 401)
        for number in ["0417", "0601", "0001"]:
            before = hall.sql(refused)[0][0]
            r = hall.ask(method, path, body, people[number].cookie)
            check("%s %s: not for %s, and it is written down" % (method, path, number), r.status == 403 and
                  r.json()["reason"] == "no-role" and hall.sql(refused)[0][0] == before + 1, r.body)


def bad_input(one):
    for path in ["1.5.0", "1.5.0/nonsense", "/approve", "../approve", "%2e%2e/approve", "x" * 65 + "/approve", ".5/approve"]:
        check("no such path: " + path, say(one, "/api/system/" + path, reason="x").status in (400, 404))
    for body in [{}, {"reason": ""}, {"reason": "x\ny"}, {"reason": "x", "percent": 101}, {"reason": "x", "more": 1}, {"reason": "x" * 201},
                 {"reason": "x", "at": "yesterday"}, {"reason": "x", "stop_after": 0}]:
        check("unreadable: %s" % json.dumps(body)[:60], say(one, "/api/system/1.5.0/rollout", **body).status == 400)
    for body in [{"reason": "x"}, {"terminal": "t-1"}, {"terminal": "T 1", "reason": "x"}, {"terminal": "", "reason": "x"}]:
        check("unreadable: %s" % json.dumps(body), say(one, "/api/system-retry", **body).status == 400)
    is_refused("somebody's number has no place in a reason", say(one, "/api/system/1.5.0/approve", reason="11010519491231002X"), 422, "personal-number")
    is_refused("no such version", say(one, "/api/system/9.9.9/approve", reason="x"), 404, "edition-no-edition")
    check("nor is one shown", one.get("/api/system/9.9.9").status == 404 and one.get("/api/system/..%2f..%2fhall.db").status == 404)


def view(person, version="1.5.0"):
    return person.get("/api/system/" + version).json()


def bring(hall, one):
    done = hall.system("1.5.0", staff="测试卯")
    check("by command: a window's clerk brings none", done.returncode == 4 and "no-role" in done.stderr, done.stderr)
    check("and nothing of it lies where terminals fetch", not os.path.exists(hall.data + "/public/system/1.5.0.raucb"))
    done = hall.system("1.5.0")
    check("brought by command", done.returncode == 0, done.stderr)
    v = view(one)
    e = v["edition"]
    check("the page shows what it is", e["state"] == "brought" and e["board"] == "tongban-x86_64" and e["size"] > 12000 and e["signer"] == "" and
          e["replaces"] == "" and v["before"] == "" and e["why"] == "修好读卡 <i>试</i>", v)
    check("who brought it is who that is here", e["own"] is True, e)


def two_persons(hall, one, other):
    is_refused("nobody approves his own", say(one, "/api/system/1.5.0/approve", reason="好"), 422, "edition-own")
    is_refused("nor does it go out before", say(other, "/api/system/1.5.0/rollout", reason="好", terminals="t-1"), 409, "edition-wrong-stage")
    done = hall.ctl("system", "approve", "--data", hall.data, "--version", "1.5.0", "--office", "1103", "--staff", "测试未", "--reason", "x", fails=True)
    check("nor by command", done.returncode == 4 and "own" in done.stderr, done.stderr)
    got, barrier = [], threading.Barrier(2)

    def press():
        barrier.wait()
        got.append(say(other, "/api/system/1.5.0/approve", reason="看过").status)
    threads = [threading.Thread(target=press) for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    check("approved once, of two at a time", sorted(got) == [200, 409], got)
    check("and in the audit log", hall.sql("SELECT count(*) FROM audit WHERE action='system-approve' AND subject='system 1.5.0' AND who='0702'"
                                          " AND reason='看过'")[0][0] == 1)


def order(person, percent, version="1.5.0", **more):
    return say(person, "/api/system/%s/rollout" % version, reason="放", percent=percent, **more)


def stages(hall, one, other):
    is_refused("all at once is no first stage", order(other, 100), 422, "edition-no-step")
    is_refused("a stage of nobody", order(other, 0), 422, "edition-nobody")
    is_refused("a terminal there is not", order(other, 0, terminals="t-1,t-none"), 422, "edition-no-terminal")
    os.rename(hall.data + "/public/system/1.5.0.raucb", hall.work + "/away")
    is_refused("its file is gone", order(other, 0, terminals="e-01"), 422, "edition-damaged")
    os.rename(hall.work + "/away", hall.data + "/public/system/1.5.0.raucb")
    r = order(other, 0, terminals="e-01,e-02,w-01,w-02", stop_after=2)
    check("chosen terminals, at once", r.status == 200 and r.json()["edition"]["state"] == "runs" and r.json()["edition"]["percent"] == 0, r.body)
    hall.runs("e-01", "1.5.0", "good", "1.5.0", slot="b", other="1.4.0")
    hall.runs("e-02", "1.4.0", "here", "1.5.0")
    hall.runs("w-01", "1.4.0", "fellback", "1.5.0", "not-ready")
    hall.runs("w-02", "1.4.0", "downloading", "1.5.0", ago=90)
    v = view(one)
    check("who has it, who fell back, who waits, who is silent", v["edition"]["terminals"] == {"outside": 7, "has": 1, "refused": 1, "silent": 1, "waits": 1, "left": 0}, v)
    rows = v["rows"]
    check("those that failed first, and why", rows[0]["terminal"] == "w-01" and rows[0]["state"] == "fellback" and rows[0]["why"] == "not-ready" and
          rows[0]["pending"] == "failed-here", rows)
    check("who waits, why, since when and its hours", rows[1]["terminal"] == "e-02" and rows[1]["pending"] == "hours" and rows[1]["since"] and
          (rows[1]["from"], rows[1]["to"]) == (120, 300), rows)
    check("each with its slots", [(r["running"], r["slot"], r["other"]) for r in rows if r["place"] == "has"] == [("1.5.0", "b", "1.4.0")], rows)
    check("what they run", {(r["version"], r["n"]) for r in v["running"]} == {("", 7), ("1.4.0", 3), ("1.5.0", 1)}, v["running"])
    check("the figures alone", "rows" not in one.get("/api/system/1.5.0?rows=no").json())
    hall.sql("UPDATE terminal SET cert=NULL WHERE terminal='w-01'")
    n = view(one)["edition"]["terminals"]
    check("a revoked terminal counts nowhere", n["refused"] == 0 and n["outside"] == 7, n)
    for words in ["w-01", "n-01,w-01"]:
        is_refused("nor is one chosen: %s" % words, order(other, 0, terminals=words), 422, "edition-no-certificate")
    check("not even beside one that is good", not hall.sql("SELECT 1 FROM system_chosen WHERE terminal='n-01'"))
    check("which is in the audit log", hall.sql("SELECT count(*) FROM audit WHERE reason='refused: no-certificate'")[0][0] == 2)
    hall.sql("UPDATE terminal SET registration=0 WHERE terminal='w-01'")
    is_refused("nor one that has never enrolled", order(other, 0, terminals="w-01"), 422, "edition-no-certificate")
    hall.sql("UPDATE terminal SET cert=x'01', registration=1 WHERE terminal='w-01'")
    r = order(other, 1)
    check("a further stage waits until these are well", r.status == 200 and r.json()["edition"]["percent"] == 0 and r.json()["edition"]["next"] == 1, r.body)


def flashed(hall, one, other):
    for name in ["n-01", "n-02", "n-03"]:  # from the factory, outside the stage
        hall.runs(name, "1.5.0", "none", "", ago=2)
    for name in ["e-01", "w-01", "w-02"]:
        hall.runs(name, "1.4.0", "here", "1.5.0")
    order(other, 1)
    e = view(one)["edition"]
    check("those that have it from elsewhere do not speak for those chosen", (e["percent"], e["next"]) == (0, 1), e)
    check("they are counted as those that have it", e["terminals"]["has"] == 3, e)
    for name in ["n-01", "n-02", "n-03"]:
        hall.runs(name, "1.4.0", "none", "", ago=2)
    hall.runs("e-01", "1.5.0", "good", "1.5.0", slot="b", other="1.4.0")
    hall.runs("w-01", "1.4.0", "fellback", "1.5.0", "not-ready")
    hall.runs("w-02", "1.4.0", "downloading", "1.5.0", ago=90)


def faster(hall, one, other):
    seen = view(one)["edition"]["seq"]
    later = "2026-01-06T02:00:00Z"
    check("ordered for tomorrow", order(other, 1, at=later).status == 200)
    r = order(one, 10, seq=seen)
    e = r.json().get("edition", {})
    check("an older page overwrites nobody's order, and is told whose", r.status == 409 and r.json()["reason"] == "edition-changed" and
          e["changed_by"] and e["changed"] and (e["next"], e["why"]) == (1, "放"), r.body)
    e = view(one)["edition"]
    check("which still stands", (e["next"], e["next_at"][:10]) == (1, later[:10]), e)
    check("the refused one is in the audit log", hall.sql("SELECT count(*) FROM audit WHERE reason='refused: changed' AND action='system-rollout'")[0][0] == 1)
    check("a press that does not say what it saw", hall.ask("POST", "/api/system/1.5.0/rollout", {"reason": "x", "percent": 10}, one.cookie).status == 400)
    check("to stop it is never too late", say(one, "/api/system/1.5.0/pause", reason="停", seq=seen).status == 200 and
          say(one, "/api/system/1.5.0/resume", reason="接着", stop_after=2).status == 200)
    check("who looks again may change it", order(one, 1).status == 200 and view(one)["edition"]["next"] == 1)


def stops(hall, one, other):
    hall.runs("e-02", "1.4.0", "failed", "1.5.0", "install")
    # any press makes the hall look, as any terminal that asks does
    order(other, 1)
    e = view(one)["edition"]
    check("two failures stop it", e["state"] == "stopped" and e["why"] == "2 failed" and not e["changed_by"], e)
    check("in the audit log too", hall.sql("SELECT count(*) FROM audit WHERE action='system-stopped'")[0][0] == 1)
    is_refused("nothing failed there", say(one, "/api/system-retry", terminal="e-01", reason="x"), 409, "nothing-failed")
    is_refused("no such terminal", say(one, "/api/system-retry", terminal="t-none", reason="x"), 409, "nothing-failed")
    check("once more on one of them", say(one, "/api/system-retry", terminal="w-01", reason="换过硬盘").status == 200)
    check("is written down", hall.sql("SELECT reason FROM audit WHERE action='system-retry' AND subject='w-01'") == [("换过硬盘",)])
    check("and counts as failed no more", view(one)["edition"]["terminals"]["refused"] == 1, view(one)["edition"])
    r = say(other, "/api/system/1.5.0/resume", reason="接着")
    check("goes on", r.status == 200 and r.json()["edition"]["state"] == "runs", r.body)
    check("paused", say(one, "/api/system/1.5.0/pause", reason="等等").json()["edition"]["state"] == "paused")
    check("then nobody is told to go", all(r["pending"] in ("paused", "current", "failed-here") for r in view(one)["rows"]), view(one)["rows"])
    check("resumed by command", hall.ctl("--clock", "2026-01-05T10:00:00+08:00", "system", "resume", "--data", hall.data, "--version", "1.5.0", "--office", "1103",
                                         "--staff", "测试戊", "--reason", "好了", fails=True).returncode == 0)


def left(hall, one, waits, has):
    """Page and command say the same of one that a later system has passed over."""
    v = view(one)
    e, rows = v["edition"], [r for r in v["rows"] if r["place"] == "left"]
    check("the one before is over, and its row says so", e["state"] == "superseded" and e["over"] and e["terminals"]["waits"] == 0 and
          e["terminals"]["silent"] == 0 and e["terminals"]["left"] == waits and e["terminals"]["has"] == has, e)
    check("so does each that has it not", len(rows) == waits and all(r["pending"] == "superseded" for r in rows), rows)
    told = json.loads(hall.ctl("--clock", "2026-01-05T10:30:00+08:00", "system", "status", "--data", hall.data, "--json").stdout)
    one = next(s for s in told["systems"] if s["version"] == "1.5.0")
    check("and hallctl", one["state"] == "superseded" and one["terminals"] == e["terminals"], (one, e))


def to_all(hall, one, other):
    for name in ["e-02", "w-01", "w-02"]:
        hall.runs(name, "1.5.0", "good", "1.5.0", slot="b", other="1.4.0")
    order(other, 10)  # in place of the one that waited
    e = view(one)["edition"]
    check("all of the stage have it: the next begins", e["percent"] == 10 and e["next"] == -1, e)
    later = hall.now + 3600000
    at = __import__("datetime").datetime.fromtimestamp(later / 1000, __import__("datetime").timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
    r = order(other, 100, at=at)
    check("ordered for a later hour", r.status == 200 and r.json()["edition"]["percent"] == 10 and r.json()["edition"]["next"] == 100, r.body)
    hall.system("1.5.1", replaces="1.6.0")
    e = view(one, "1.5.1")
    check("the next one says what it follows, and what it may take the place of", e["before"] == "1.5.0" and e["edition"]["replaces"] == "1.6.0", e)
    say(other, "/api/system/1.5.1/approve", reason="好")
    is_refused("two are not on their way at once", order(other, 0, version="1.5.1", terminals="e-01"), 422, "edition-other-runs")
    hall.advance(3700000)
    for p in (one, other):  # an hour has ended their sessions
        p.sign_in()
    for name in ["e-01", "e-02", "w-01", "w-02"]:
        hall.runs(name, "1.5.0", "good", "1.5.0", slot="b", other="1.4.0")
    hall.ctl("--clock", "2026-01-05T10:30:00+08:00", "system", "rollout", "--data", hall.data, "--version", "1.5.0", "--percent", "100", "--office", "1103",
             "--staff", "测试戊", "--reason", "放", fails=True)
    e = view(one)["edition"]
    check("at its hour it goes to all, and can still be paused", e["percent"] == 100 and e["state"] == "runs", e)
    waits = e["terminals"]["waits"] + e["terminals"]["silent"]
    v = view(one, "1.5.1")
    check("before a later one begins it says who is passed over", waits > 0 and v["before_waits"] == waits, (v, e))
    r = order(other, 0, version="1.5.1", terminals="e-01")
    check("then a later one may begin", r.status == 200 and r.json()["edition"]["state"] == "runs", r.body)
    check("after which nobody is passed over any more", view(one, "1.5.1")["before_waits"] == 0)
    left(hall, one, waits, e["terminals"]["has"])
    check("by itself", hall.sql("SELECT count(*) FROM audit WHERE action='system-superseded' AND subject='system 1.5.0'")[0][0] == 1)
    is_refused("it goes back to nobody", say(other, "/api/system/1.5.0/pause", reason="x"), 409, "edition-wrong-stage")
    check("the list has both", [(e["version"], e["state"]) for e in one.get("/api/systems").json()["editions"]] == [("1.5.1", "runs"), ("1.5.0", "superseded")])
    check("withdrawn for good", say(one, "/api/system/1.5.1/withdraw", reason="错了").status == 200 and
          say(other, "/api/system/1.5.1/resume", reason="x").status == 409)
    left(hall, one, waits, e["terminals"]["has"])
    n = view(one, "1.5.1")["edition"]["terminals"]
    check("nor does anybody wait for what was withdrawn", (n["waits"], n["silent"]) == (0, 0) and n["left"] > 0, n)


def main():
    hall = Hall(sys.argv[1], sys.argv[2])
    people = {}
    for p in PEOPLE:
        people[p[0]] = Person(hall, p[0], hire(hall, p))
    for number in ["0417", "0601", "0001", "0701", "0702"]:
        people[number].begin()
    hall.fleet()
    hall.certify()
    one, other = people["0701"], people["0702"]
    may_not(hall, people)
    bad_input(one)
    bring(hall, one)
    two_persons(hall, one, other)
    stages(hall, one, other)
    flashed(hall, one, other)
    faster(hall, one, other)
    stops(hall, one, other)
    to_all(hall, one, other)
    code, log = hall.end()
    check("the hall ends well, and nothing of a person is in its log", code == 0 and "ERROR" not in log and "测试" not in log, log[-800:])
    sys.exit(failed)


main()
