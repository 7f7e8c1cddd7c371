# SPDX-License-Identifier: Apache-2.0
#
# The staff's door from outside, over real TLS: how an account begins, who is let in and who not, what a role may, what two
# clerks come to, what is sent twice. Usage: staff.py BUILD PAGES
import gzip
import json
import sys
import threading
import time

import staff_attack
from staff_stage import NUMBERS, SAID, PEOPLE, Hall, Person, fresh, hire, passphrase, totp

failed = False
MINUTE, HOUR = 60000, 3600000


def check(name, ok, seen=""):
    global failed
    if not ok:
        failed = True
        print("# %s" % str(seen)[:800])
    print("%s staff: %s" % ("ok" if ok else "not ok", name), flush=True)


def pages(hall):
    r = hall.ask("GET", "/")
    check("the first page is there", r.status == 200 and "<html" in r.body, r.body)
    wanted = ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
    for path in ["/", "/api/me", "/nothing"]:
        h = hall.ask("GET", path).headers
        check("%s may load nothing from elsewhere, is not kept, not framed" % path,
              all(w in (h["Content-Security-Policy"] or "") for w in wanted) and h["Cache-Control"] == "no-store" and
              h["X-Content-Type-Options"] == "nosniff", str(h))
    plain = hall.ask("GET", "/app.js")
    for accepts, packed in [("gzip", True), ("deflate, gzip;q=0.5, br", True), ("br, gzip", True), ("gzip;q=0", False), ("gzip;q=0.00", False),
                            ("x-gzip", False), ("gzipped", False), ("identity", False)]:
        r = hall.ask("GET", "/app.js", headers={"Accept-Encoding": accepts})
        check("who takes \"%s\" gets %s" % (accepts, "gzip" if packed else "plain bytes"), (r.headers["Content-Encoding"] == "gzip") == packed and
              (gzip.decompress(r.raw) if packed else r.raw) == plain.raw and r.headers["Content-Type"].startswith("text/javascript"))
    for path in ["/app.js.gz", "/../hall.db", "/..%2fhall.db", "/vendor/../index.html", "/.git", "/tls/ca.key"]:
        check("%s is no page" % path, hall.ask("GET", path).status == 404)
    check("a terminal's place is none here", hall.ask("POST", "/v1/records", b"x").status in (404, 403))


def joining(hall, p, other):
    r = hall.ask("POST", "/api/join", {"id": "9999", "passphrase": "long enough, really", "once": p.code})
    check("a code with another id is wrong", r.status == 401 and r.json()["reason"] == "wrong", r.body)
    r = p.join(once="AAAA-AAAA-AAAA-AAAA")
    check("another code is wrong", r.status == 401 and r.json()["reason"] == "wrong", r.body)
    r = hall.ask("POST", "/api/join", {"id": p.number, "passphrase": "short", "once": p.code})
    check("a short passphrase is refused", r.status == 422 and r.json()["reason"] == "passphrase-weak", r.body)
    r = p.join(code="000000")
    check("no authenticator yet: no code is one", r.status == 401 and r.json()["reason"] == "authenticator", r.body)
    first = p.join()
    check("the code gives a key", first.status == 200 and len(first.json()["key"]) == 32 and first.json()["qr"], first.body)
    check("nobody is signed in by it", "Set-Cookie" not in first.headers)
    again = p.join()
    check("asked again it is another key", again.json()["key"] != first.json()["key"])
    r = p.join(code=totp(first.json()["key"], hall.now))
    check("the key before is none any more", r.status == 401, r.body)
    p.key = again.json()["key"]
    r = p.join(code=totp(p.key, hall.now))
    check("with the authenticator's code the account begins", r.status == 200 and r.json()["role"] == "window", r.body)
    cookie = r.headers["Set-Cookie"] or ""
    check("the cookie is this host's, hidden, strict",
          cookie.startswith("__Host-tongban=") and all(w in cookie for w in ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"]) and
          "Domain" not in cookie, cookie)
    p.take_cookie(r)
    check("the code is used up", p.join().status == 401)
    late = hire(hall, ("0700", "测试迟", "受理岗", "window"))
    hall.advance(24 * HOUR)
    r = hall.ask("POST", "/api/join", {"id": "0700", "passphrase": "long enough, really", "once": late})
    check("a code of yesterday is late", r.status == 401 and r.json()["reason"] == "code-late", r.body)
    hall.set_clock(hall.now - 24 * HOUR)
    check("of the token only its hash is kept",
          hall.sql("SELECT count(*) FROM account_session WHERE hash = ?", bytes.fromhex(p.cookie.split("=")[1]))[0][0] == 0)


def signing_in(hall, p):
    check("no cookie: signed out", hall.ask("GET", "/api/me").json().get("reason") == "signed-out")
    for cookie in ["__Host-tongban=" + "0" * 64, "__Host-tongban=xyz", "other=1", "__Host-tongban="]:
        check("cookie %s: signed out" % cookie[:22], hall.ask("GET", "/api/me", cookie=cookie).status == 401)
    r = p.get("/api/me")
    check("who I am", r.status == 200 and r.json()["name"] == "测试卯" and r.json()["office"] == 1103, r.body)
    check("among other cookies too", hall.ask("GET", "/api/me", cookie="a=b; %s; c=d" % p.cookie).status == 200)
    hall.advance(MINUTE)
    body = {"id": p.number, "passphrase": passphrase(p.number), "code": totp(p.key, hall.now)}
    r = hall.ask("POST", "/api/sign-in", body)
    check("signed in", r.status == 200, r.body)
    p.take_cookie(r)
    r = hall.ask("POST", "/api/sign-in", body)
    check("a code counts once", r.status == 401 and r.json()["reason"] == "wrong", r.body)
    hall.advance(MINUTE)
    body["code"] = totp(p.key, hall.now - MINUTE)
    check("nor the one before it", hall.ask("POST", "/api/sign-in", body).status == 401)
    wrong = {"id": p.number, "passphrase": "anything but that", "code": totp(p.key, hall.now)}
    none = {"id": "nobody", "passphrase": "anything but that", "code": "123456"}
    one, other = hall.ask("POST", "/api/sign-in", wrong), hall.ask("POST", "/api/sign-in", none)
    check("a wrong passphrase and nobody sound the same", one.status == other.status == 401 and one.body == other.body, one.body)
    for bad in [b"", b"{", b"[]", b'{"id":"0417"}', b'{"id":"0417","passphrase":"x","code":"123456","more":1}', b"\xff" * 20]:
        check("unreadable: %r" % bad[:12], hall.ask("POST", "/api/sign-in", bad).status == 400)
    check("too long: refused by the head", hall.ask("POST", "/api/sign-in", b"x" * 9000).status == 413)


def guessing(hall, p):
    """From one address: after a few, each waits; the right one is let in afterwards, and nobody is shut out."""
    none = {"id": p.number, "passphrase": "anything but that", "code": "123456"}
    answers = [hall.ask("POST", "/api/sign-in", none) for _ in range(4)]
    waits = [a for a in answers if a.status == 429]
    check("who guesses waits", waits and int(waits[0].headers["Retry-After"]) >= 1 and waits[0].json()["seconds"] >= 1,
          [a.status for a in answers])
    check("who is signed in goes on meanwhile", p.get("/api/me").status == 200)
    hall.advance(2 * MINUTE)
    check("the right one is let in after a minute", p.sign_in().status == 200)
    check("and nobody waits any more", hall.ask("POST", "/api/sign-in", none).status == 401)


def cross_site(hall, p):
    number = NUMBERS[0]
    before = hall.sql("SELECT count(*) FROM case_event")[0][0]
    for name, headers in [("of another page", {"Origin": "https://evil.example"}), ("without Origin", {"Origin": None}),
                          ("of null", {"Origin": "null"}), ("over http", {"Origin": hall.origin.replace("https", "http")}),
                          ("without the header", {"X-Tongban": None})]:
        r = p.act(number, "receive", fresh(), headers)
        check("a write %s is refused" % name, r.status == 403, r.body)
    check("and nothing was done", hall.sql("SELECT count(*) FROM case_event")[0][0] == before)


def roles(hall, window, boss):
    number = NUMBERS[0]
    audits = "SELECT count(*) FROM audit WHERE reason LIKE 'refused: no-role%'"
    before = hall.sql(audits)[0][0]
    r = boss.act(number, "receive", fresh(), version=0)
    check("an administrator sees no cases", r.status == 403 and r.json()["reason"] == "no-role", r.body)
    check("nor lists them", boss.get("/api/today").status == 403 and boss.get("/api/cases").status == 403)
    check("and it is in the audit log", hall.sql(audits)[0][0] == before + 3, hall.sql("SELECT * FROM audit"))
    check("a window takes it in", window.act(number, "receive", fresh()).status == 200)
    check("and accepts", window.act(number, "accept", fresh()).status == 200)
    r = window.act(number, "examine", fresh(), words="齐")
    check("but does not examine", r.status == 403 and r.json()["reason"] == "no-role", r.body)
    check("which is in the audit log", hall.sql(audits)[0][0] == before + 4)
    may = window.get("/api/case/" + number).json()["may"]
    check("its page says so beforehand", may["examine"] == "no-role" and may["hand-over"] == "" and may["receive"] == "received-already", may)


def one_case(hall, window, department):
    number = NUMBERS[0]
    c = window.get("/api/case/" + number).json()
    check("limits with days", c["limit"] in [d["limit"] for d in c["deadlines"]] and c["strip"][0][1] == "start" and c["left"] > 0, c)
    check("handed in alone", "bundle" not in c, c)
    hall.bundle()
    b = window.get("/api/case/" + number).json()["bundle"]
    check("handed in together with another", b["parts"] == 2 and [(x["number"], x["stage"]) for x in b["cases"]] ==
          [(NUMBERS[0], "accepted"), (NUMBERS[1], "new")] and all(len(x["item"]) > 3 for x in b["cases"]), b)
    check("what happened", [e["event"] for e in c["events"]] == ["receive", "accept"], c["events"])
    check("whom it may be handed to", {o["name"] for o in c["others"]} == {"测试卯", "测试巳", "测试申", "测试迟"}, c["others"])
    r = window.act(number, "hand-over", fresh(), words="审查", to="测试子")
    check("not to one who may not go on", r.status == 422 and r.json()["reason"] == "to-no-role", r.body)
    r = window.act(number, "hand-over", fresh(), words="审查", to="测试巳")
    check("handed over", r.status == 200 and r.json()["post"] == "决定岗", r.body)
    r = department.act(number, "examine", fresh(), words="材料齐全")
    check("examined", r.status == 200 and r.json()["stage"] == "examined", r.body)
    for bad in ["/api/case/1103001260105000019", "/api/case/x", "/api/case/", "/api/case/1104001260105000016"]:
        check("%s is none" % bad, department.get(bad).status == 404)
    for path in ["sing", "accept-tacit", "", "examine/x"]:
        r = hall.ask("POST", "/api/case/%s/%s" % (number, path), {"id": fresh(), "version": 1}, department.cookie)
        check("\"%s\" is no event" % path, r.status == 404, r.body)
    r = hall.ask("POST", "/api/case/%s/examine" % number, {"id": "12", "version": 1}, department.cookie)
    check("a body without an id is refused", r.status == 400, r.body)


def two_clerks(hall, department, second):
    number = NUMBERS[0]
    seen = department.get("/api/case/" + number).json()["version"]
    said = fresh()
    r = department.act(number, "decide", said, result="granted", words="准予", version=seen)
    check("decided", r.status == 200 and r.json()["stage"] == "decided" and r.json()["repeated"] is False, r.body)
    again = department.act(number, "decide", said, result="granted", words="准予", version=seen)
    check("sent again it is not done again", again.status == 200 and again.json()["repeated"] is True and
          again.json()["version"] == r.json()["version"], again.body)
    other = department.act(number, "decide", said, result="denied", words="不准", version=seen)
    check("its id is not for something else", other.status == 422 and other.json()["reason"] == "id-used", other.body)
    late = second.act(number, "decide", fresh(), result="denied", words="不准", version=seen)
    last = late.json().get("last", {})
    check("the slower clerk is told who decided what, when", late.status == 409 and late.json()["reason"] == "decided" and
          last["staff"] == "测试巳" and last["result"] == "granted" and last["at"].startswith("2026-01-05T"), late.body)
    check("and the case has one decision", hall.sql("SELECT count(*) FROM case_event WHERE number=? AND CAST(event AS TEXT) LIKE '%\"event\":\"decide\"%'", number)[0][0] == 1)


def at_once(hall, one, other):
    """The same moment, the same id: once. Different ids: one of them."""
    number, said = NUMBERS[1], fresh()
    answers = []

    def send(person, said_id):
        answers.append(person.act(number, "receive", said_id, version=0))

    for ids in [(said, said), (fresh(), fresh())]:
        threads = [threading.Thread(target=send, args=(one, ids[0])), threading.Thread(target=send, args=(one, ids[1]))]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    check("the same sent twice at once is done once", [a.status for a in answers[:2]] == [200, 200] and
          sorted(a.json()["repeated"] for a in answers[:2]) == [False, True], [a.body for a in answers])
    check("and then it was taken in already", all(a.json().get("reason") == "received-already" for a in answers[2:]), [a.body for a in answers])


def lists(hall, window):
    t = window.get("/api/today").json()
    check("today: what is mine and what is new", t["counts"]["new"] == 3 and t["counts"]["mine"] == 1 and len(t["rows"]) == 4 and
          not t["cut"], t)
    check("with names of items", all(len(r["item"]) > 3 and r["item"] != "11110105MB0A0000164000709102000" for r in t["rows"]), t["rows"])
    c = window.get("/api/cases?order=number").json()
    check("all, by number", [r["number"] for r in c["rows"]] == NUMBERS and c["after"] is None, c)
    c = window.get("/api/cases?order=number&stage=new").json()
    check("by stage", len(c["rows"]) == 3, c)
    c = window.get("/api/cases?mine=1").json()
    check("mine", [r["number"] for r in c["rows"]] == [NUMBERS[1]], c)
    for bad in ["stage=sung", "after=x", "after=,", "after=1,2", "after=99999999999,1103001260105000018"]:
        check("%s is refused" % bad, window.get("/api/cases?" + bad).status == 400)


def pages_of_many(hall, window):
    """Twenty more, so that there is a second page; it begins where the first ended, whatever was put between."""
    for i in range(20):
        hall.sql("INSERT INTO cases SELECT office, '11030012601060%05d', x'%032x', terminal, received, applied, item, 0, 0, '', '', 20458"
                 " FROM cases LIMIT 1" % (i, 1000 + i))
    first = window.get("/api/cases").json()
    second = window.get("/api/cases?after=" + first["after"]).json()
    numbers = [r["number"] for r in first["rows"] + second["rows"]]
    check("the next page goes on where the first ended", len(first["rows"]) == 13 and len(set(numbers)) == len(numbers) and
          numbers == sorted(numbers), numbers)
    hall.sql("DELETE FROM cases WHERE number LIKE '11030012601060%'")


def noticed(hall):
    """The last use is written down behind the answer: only then the clock may jump again."""
    for _ in range(600):
        if hall.sql("SELECT max(used) FROM account_session")[0][0] > hall.now - 20 * MINUTE:
            return
        time.sleep(0.1)


def reports(hall, window, boss, supervisor):
    """Made by hallctl report, about one's own office alone."""
    ask = lambda who, what, **body: hall.ask("POST", "/api/report/" + what, body, who.cookie)
    for who in (window, boss):
        r = ask(who, "figures.json", period="2026-01")
        check("%s sees no report" % who.number, r.status == 403 and r.json()["reason"] == "no-role", r.body)
    r = ask(supervisor, "figures.json", period="2026-01", by="item", figure="received")
    mine = r.json()
    check("a report", r.status == 200 and mine["total"]["received"] == 5 and mine["rows"][0]["received"] == 5 and
          mine["chart"].startswith("<svg"), r.body)
    same = hall.ctl("--clock", "2026-01-05T12:00:00+08:00", "report", "--data", hall.data, "--office", "1103", "--period", "2026-01",
                    "--by", "item", "--json", "--svg", "received")
    same = json.loads(same.stdout)
    for figure in ("service", "in-service"):  # goes on by the minute
        del same["total"][figure], mine["total"][figure]
    check("the very one of hallctl", same == mine, same)
    rows = ask(supervisor, "proof.json", period="2026-01", figure="received").json()
    check("what a figure stands on", [x["number"] for x in rows] == NUMBERS, rows)
    rows = ask(supervisor, "proof.json", period="2026-01", figure="received", after=NUMBERS[2]).json()
    check("from a row on", [x["number"] for x in rows] == NUMBERS[3:], rows)
    rows = ask(supervisor, "step.json", period="2026-01", step="accept-step").json()
    check("the cases of a step", [x["number"] for x in rows] == NUMBERS[:1], rows)
    check("steps", ask(supervisor, "steps.json", period="2026-01").json()["rows"][0]["cases"] == 1)
    for what, begins in [("figures.csv", "\ufeffkey"), ("page.html", "<!DOCTYPE html>"), ("chart.svg", "<svg"), ("steps.csv", "\ufeff")]:
        r = ask(supervisor, what, period="2026-01", by="department", figure="received")
        check("%s to be saved" % what, r.status == 200 and r.body.startswith(begins) and
              r.headers["Content-Disposition"].startswith("attachment"), r.body[:80])
    for what, body in [("figures.json", {"period": "2026-Q7"}), ("figures.json", {"period": "2027"}), ("proof.json", {"period": "2026"}),
                       ("proof.json", {"period": "2026", "figure": "--data"}), ("step.json", {"period": "2026", "step": "dance"}),
                       ("chart.svg", {"period": "2026"}), ("figures.json", {"period": "2026", "by": "moon"}),
                       ("figures.json", {"period": "2026", "office": "1104"}), ("figures.json", {})]:
        r = ask(supervisor, what, **body)
        check("%s of %s is refused" % (what, body), r.status == 400 and r.json()["reason"] == "unreadable", r.body)
    check("there is no other report", ask(supervisor, "../hall.db", period="2026").status == 404)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(supervisor, "figures.json", period="2026").status)) for _ in range(6)]
    for t in threads:
        t.start()
    check("the loop goes on meanwhile", window.get("/api/me").status == 200)
    for t in threads:
        t.join()
    check("one is made at a time, the others are told to come again", set(answers) <= {200, 503} and 200 in answers, answers)


def accounts(hall, window, boss):
    """Accounts: what an administrator may, and what may not be."""
    post = lambda who, verb, **body: hall.ask("POST", "/api/people/" + verb, body, who.cookie)
    check("a window has no accounts to look after", window.get("/api/people").status == 403 and
          post(window, "add", id="0700", name="x", post="y", role="window").status == 403)
    rows = boss.get("/api/people").json()["rows"]
    check("the accounts of the office", [x["id"] for x in rows][:2] == ["0001", "0417"] and not any("kept" in x or "code" in x for x in rows), rows)
    r = post(boss, "add", id="0612", name="测试新", post="受理岗", role="window")
    check("one more", r.status == 200 and len(r.json()["code"]) > 12 and r.json()["state"] == "invited", r.body)
    new = Person(hall, "0612", r.json()["code"])
    r = post(boss, "add", id="0612", name="别人", post="受理岗", role="window")
    check("an id is one person's", r.status == 422 and r.json()["reason"] == "taken" and "code" not in r.json(), r.body)
    r = post(boss, "add", id="0613", name="测试新", post="受理岗", role="window")
    check("so is a name", r.status == 422 and r.json()["reason"] == "taken", r.body)
    r = post(boss, "code", id="0612")
    check("a new code", r.status == 200 and r.json()["code"] != new.code, r.body)
    check("the one before is none any more", new.join().status == 401)
    new.code = r.json()["code"]
    check("with which the account begins", new.begin().status == 200)
    check("then reset is what gives one", post(boss, "code", id="0612").json()["reason"] == "code-used")
    r = post(boss, "role", id="0612", role="administrator", post="管理岗B")
    check("another role", r.status == 200 and r.json()["role"] == "administrator" and new.get("/api/people").status == 200, r.body)
    check("who may disable the first", post(new, "disable", id="0001").status == 200 and boss.get("/api/me").status == 401)
    for verb, more in [("disable", {}), ("reset", {}), ("role", {"role": "window"})]:
        r = post(new, verb, id="0612", **more)
        check("the last administrator stays: %s" % verb, r.status == 422 and r.json()["reason"] == "last-administrator", r.body)
    check("another post is no harm", post(new, "role", id="0612", role="administrator", post="管理岗").status == 200)
    boss.code = post(new, "reset", id="0001").json()["code"]
    check("the first comes back, and begins anew", boss.begin().status == 200 and boss.get("/api/people").status == 200)
    check("and takes the other's role away", post(boss, "role", id="0612", role="window").status == 200 and new.get("/api/people").status == 403)
    check("at once, and his account", post(boss, "disable", id="0612").status == 200 and new.get("/api/me").status == 401)
    hall.ctl("staff", "add", "--data", hall.data, "--office", "1104", "--id", "other", "--name", "别处", "--post", "岗", "--role", "window")
    check("another office's person is none here", post(boss, "disable", id="other").status == 404 and
          "other" not in boss.get("/api/people").body)
    for body in [{}, {"id": "0700", "role": "king"}, {"id": "../x", "role": "window"}, {"id": "0800", "role": "window", "name": "x"},
                 {"id": "0800", "name": "a\nb", "post": "x", "role": "window"}, {"id": "0800", "kept": "x"}, {"id": "0800", "name": "110105199001010010", "post": "x", "role": "window"}]:
        check("%s is refused" % body, hall.ask("POST", "/api/people/add", body, boss.cookie).status == 400)
    check("there is no other verb", post(boss, "crown", id="0417").status == 404)
    check("all of it is in the audit log", hall.sql("SELECT count(*) FROM audit WHERE action LIKE 'staff-%' AND subject='0612'")[0][0] >= 9)


def once(hall, window, boss):
    """What got no answer is sent again with its id, and not done again."""
    def post(who, path, said_id, **body):
        return hall.ask("POST", "/api/" + path, body, who.cookie, {"X-Tongban-Id": said_id} if said_id else None)
    one = fresh()
    new = dict(id="0620", name="测试再", post="受理岗", role="window")
    r = post(boss, "people/add", one, **new)
    check("somebody is added, with an id", r.status == 200 and r.json()["code"], r.body)
    code = r.json()["code"]
    r = post(boss, "people/add", one, **new)
    check("the same again is told so, and no code with it", r.status == 200 and r.json()["repeated"] is True and code not in r.body, r.body)
    check("without the id it would be another", post(boss, "people/add", None, **new).json()["reason"] == "taken")
    check("the id stands for nothing else", post(boss, "people/add", one, **{**new, "id": "0621", "name": "别人"}).status == 422 and
          post(boss, "people/disable", one, id="0620").json()["reason"] == "id-used")
    r = post(boss, "people/disable", fresh(), id="nobody")
    two = fresh()
    check("what was refused is judged anew", r.status == 404 and post(boss, "people/code", two, id="nobody").status == 404 and
          post(boss, "people/code", two, id="0620").status == 200)
    for bad in ["", "1", "x" * 32, "0" * 33, "0" * 30]:
        check("an id \"%s\" is refused" % bad, hall.ask("POST", "/api/people/disable", {"id": "0620"}, boss.cookie, {"X-Tongban-Id": bad}).status == 400)
    check("it opens no door", post(window, "people/add", one, **new).status == 403 and
          hall.ask("POST", "/api/people/add", new, None, {"X-Tongban-Id": one}).status == 401)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(post(boss, "people/disable", "%032x" % 4711, id="0620"))) for _ in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    done = [a for a in answers if a.status == 200]
    check("of six at one moment one is done", len(done) == 6 and sum("repeated" not in a.json() for a in done) == 1, [a.body for a in answers])
    check("once in the audit log", hall.sql("SELECT count(*) FROM audit WHERE action='staff-disable' AND subject='0620'")[0][0] == 1)


def audit(hall, window, boss):
    """What was done; reading it is a row too."""
    look = lambda **body: hall.ask("POST", "/api/audit", body, boss.cookie)
    check("a window reads no audit log", hall.ask("POST", "/api/audit", {}, window.cookie).status == 403 and window.get("/api/chain").status == 403)
    a = look().json()
    seqs = [x["seq"] for x in a["rows"]]
    check("the newest first", seqs == list(range(a["last"], a["last"] - len(seqs), -1)) and a["after"] == seqs[-1], a)
    b = look(after=a["after"]).json()
    check("and on where the page ended", b["rows"][0]["seq"] == a["after"] - 1 and b["last"] == a["last"] + 1, b)
    check("that it was read stands in it", hall.sql("SELECT count(*) FROM audit WHERE action='audit-read' AND who='0001'")[0][0] == 2)
    for subject in [NUMBERS[0], "/api/cases"]:
        rows = look(subject=subject).json()["rows"]
        check("of %s" % subject, rows and all(x["subject"] == subject for x in rows), rows)
    check("of what never was", look(subject="/api/case' OR ''='").json()["rows"] == [])
    rows = look(person="0503").json()["rows"]
    check("of one person, by name too", rows and all(x["who"] == "0503" or "测试巳" in x["reason"] for x in rows) and
          any(x["name"] == "测试巳" for x in rows), rows)
    check("of a day on which nothing was", look(day="20250105").json()["rows"] == [])
    check("of this one", look(day="20260105").json()["rows"])
    for bad in [{"day": "2026-01-05"}, {"day": "20260231"}, {"after": -1}, {"after": "1"}, {"office": 1104}, {"subject": "x" * 201}]:
        check("%s is refused" % str(bad)[:40], look(**bad).status == 400)
    c = boss.get("/api/chain").json()
    check("the chain is whole", c["whole"] and c["rows"] > 20, c)
    hall.sql("UPDATE audit SET reason = reason || '.' WHERE office=1103 AND seq=5")
    c = boss.get("/api/chain").json()
    check("a row was changed: which", c["whole"] is False and (c["office"], c["row"]) == (1103, 5), c)
    hall.sql("UPDATE audit SET reason = substr(reason, 1, length(reason) - 1) WHERE office=1103 AND seq=5")


def complaints(hall, window, department, supervisor, boss):
    """What residents said: who reads which, read before answered, assigned before answered."""
    post = lambda who, path, **body: hall.ask("POST", "/api/" + path, body, who.cookie)
    one, other = SAID
    check("an administrator reads none of it", boss.get("/api/complaints").status == 403 and boss.get("/api/complaint/" + one).status == 403)
    rows = window.get("/api/complaints").json()["rows"]
    check("a window sees what is owed, and no report", [x["number"] for x in rows] == [one] and rows[0]["due"] == "2026-01-26" and
          rows[0]["owed"] and not rows[0]["overdue"], rows)
    check("a supervisor sees both", [x["number"] for x in supervisor.get("/api/complaints").json()["rows"]] == SAID)
    check("from a number on", [x["number"] for x in supervisor.get("/api/complaints?after=" + one).json()["rows"]] == [other])
    check("a report is none of a window's", window.get("/api/complaint/" + other).status == 403 and
          post(window, "said/" + other, reason="看看").status == 403)
    c = supervisor.get("/api/complaint/" + one).json()
    check("one, with what may be done", c["may"] == {"assign": "", "answer": "stage", "refuse": "unread", "close": "stage"} or
          (c["may"]["assign"] == "" and c["may"]["answer"] != ""), c)
    check("whom it may be given to", {"测试卯", "测试巳", "测试午"} <= {x["name"] for x in c["others"]} and
          "测试子" not in {x["name"] for x in c["others"]}, c)
    r = post(window, "complaint/%s/assign" % one, to="测试巳")
    check("a window does not assign", r.status == 403 and r.json()["reason"] == "no-role", r.body)
    r = post(supervisor, "complaint/%s/assign" % one, to="测试子")
    check("not to one who may not answer", r.status == 422 and r.json()["reason"] == "to-no-role", r.body)
    r = post(supervisor, "complaint/%s/assign" % one, to="测试巳")
    check("assigned", r.status == 200 and r.json()["stage"] == "assigned" and r.json()["staff"] == "测试巳", r.body)
    r = post(department, "complaint/%s/answer" % one, words="窗口已加人。")
    check("it must be read first", r.status == 422 and r.json()["reason"] == "unread", r.body)
    r = post(department, "said/" + one, reason="要答复")
    check("opened: its words, who, how to be reached, and not the code", r.status == 200 and r.json()["words"].startswith("等了<b>") and
          r.json()["applicant"]["name"] == "测试丙" and "13800000456" in r.body and "483925" not in r.body, r.body)
    check("which is in the audit log", hall.sql("SELECT who, reason FROM audit WHERE action='complaint-open' AND subject=?", one) ==
          [("0503", "测试巳, 决定岗: 要答复")])
    r = post(window, "complaint/%s/answer" % one, words="窗口已加人。")
    check("only who has it answers", r.status == 422 and r.json()["reason"] == "not-responsible", r.body)
    for words, reason in [("", "words-missing"), ("两行\n话", "not-one-line"), ("请带 110105199001010010", "personal-number")]:
        r = post(department, "complaint/%s/answer" % one, words=words)
        check("no answer: %s" % reason, r.status == 422 and r.json()["reason"] == reason, r.body)
    r = post(department, "complaint/%s/answer" % one, words="窗口已加人。")
    check("answered", r.status == 200 and r.json()["stage"] == "answered" and not r.json()["owed"], r.body)
    r = post(department, "complaint/%s/answer" % one, words="别的话。")
    check("once", r.status == 422 and r.json()["reason"] == "stage", r.body)
    c = department.get("/api/complaint/" + one).json()
    check("what was done", [(e["event"], e["words"]) for e in c["events"]] == [("assign", ""), ("answer", "窗口已加人。")], c)
    shown = json.loads(hall.ctl("complaint", "show", one, "--data", hall.data, "--json").stdout)
    check("as hallctl has it", shown["stage"] == "answered" and shown["events"][1]["words"] == "窗口已加人。", shown)
    check("closed by the supervisor alone", post(department, "complaint/%s/close" % one).status == 403 and
          post(supervisor, "complaint/%s/close" % one).status == 200)
    check("then it stands there", [x["number"] for x in supervisor.get("/api/complaints?stage=closed").json()["rows"]] == [one])
    post(supervisor, "said/" + other, reason="要看")
    r = post(supervisor, "complaint/%s/refuse" % other, words="归公安机关管。")
    check("why it is not taken up must be said", r.status == 422 and r.json()["reason"] == "why-missing", r.body)
    r = post(supervisor, "complaint/%s/refuse" % other, words="归公安机关管。", why="not-ours")
    check("not taken up", r.status == 200 and r.json()["stage"] == "refused", r.body)
    for path in ["110400100001", "110300100009", "x", ""]:
        check("\"%s\" is none" % path, supervisor.get("/api/complaint/" + path).status == 404 and
              post(supervisor, "said/" + path, reason="x").status == 404)
    check("there is no other event", post(supervisor, "complaint/%s/sing" % one).status == 404)
    for body in [{"words": 1}, {"why": "because"}, {"more": ""}, {"words": "字" * 300}]:
        check("%s is refused" % str(body)[:40], hall.ask("POST", "/api/complaint/%s/answer" % one, body, supervisor.cookie).status == 400)
    check("there is no such stage", supervisor.get("/api/complaints?stage=sung").status == 400)


def sessions(hall, p):
    hall.advance(25 * MINUTE)
    check("25 minutes later", p.get("/api/me").status == 200)
    noticed(hall)
    hall.advance(25 * MINUTE)
    check("and 25 after that", p.get("/api/me").status == 200)
    noticed(hall)
    hall.advance(31 * MINUTE)
    r = p.get("/api/me")
    check("after half an hour of nothing it is over", r.status == 401 and r.json()["reason"] == "idle", r.body)
    p.sign_in()
    for _ in range(28):
        hall.advance(25 * MINUTE)
        p.get("/api/me")
        noticed(hall)
    hall.advance(25 * MINUTE)
    r = p.get("/api/me")
    check("after twelve hours also", r.status == 401 and r.json()["reason"] == "over", r.body)
    check("signed in again", p.sign_in().status == 200)
    old = p.cookie
    r = hall.ask("POST", "/api/sign-out", None, p.cookie)
    check("signed out", r.status == 200 and "Max-Age=0" in r.headers["Set-Cookie"], r.body)
    check("that token is over", hall.ask("GET", "/api/me", cookie=old).status == 401)


def disabling(hall, p):
    p.sign_in()
    check("signed in", p.get("/api/me").status == 200)
    hall.ctl("staff", "disable", "--data", hall.data, "--id", p.number)
    check("disabled: signed out at once", p.get("/api/me").status == 401)
    check("and not in again", p.sign_in().status == 401)
    r = hall.ctl("--clock", "2026-01-06T09:00:00+08:00", "case", "receive", NUMBERS[3], "--data", hall.data, "--office", "1103", "--staff", "测试申",
                 "--post", "决定岗B", fails=True)
    check("nor does hallctl do anything in that name", r.returncode == 4 and "role" in r.stderr, r.stderr)


def hallctl(hall):
    r = hall.ctl("--clock", "2026-01-06T09:00:00+08:00", "case", "receive", NUMBERS[3], "--data", hall.data, "--office", "1103", "--staff", "张三", "--post", "受理岗",
                 "--json", fails=True)
    check("hallctl: no account, no deed", r.returncode == 4 and '"refused":"no-role"' in r.stdout, r.stdout + r.stderr)
    check("and it is in the audit log", hall.sql("SELECT count(*) FROM audit WHERE reason = 'refused: no-role; 张三, 受理岗'")[0][0] == 1)
    r = hall.ctl("--clock", "2026-01-06T09:00:00+08:00", "case", "receive", NUMBERS[3], "--data", hall.data, "--office", "1103", "--staff", "测试卯", "--post", "受理岗")
    check("hallctl: with one it goes on as before", r.returncode == 0)


def full(hall, p):
    p.sign_in()
    hall.tell("fault disk-full")
    r = p.act(NUMBERS[4], "receive", "%032x" % 7777)
    check("a full disk: nothing is done, and it is said", r.status == 503 and r.headers["Retry-After"], r.body)
    hall.tell("fault none")
    check("the same sent again is done", p.act(NUMBERS[4], "receive", "%032x" % 7777, version=0).json()["repeated"] is False)


def main():
    hall = Hall(sys.argv[1], sys.argv[2])
    people = {x[0]: Person(hall, x[0], hire(hall, x)) for x in PEOPLE}
    window, department, second, supervisor, boss = (people[n] for n in ["0417", "0503", "0504", "0901", "0001"])
    pages(hall)
    joining(hall, window, department)
    for p in (department, second, boss):
        check("%s begins" % p.number, p.begin().status == 200)
    signing_in(hall, window)
    guessing(hall, window)
    cross_site(hall, window)
    roles(hall, window, boss)
    one_case(hall, window, department)
    two_clerks(hall, department, second)
    at_once(hall, window, second)
    lists(hall, window)
    pages_of_many(hall, window)
    supervisor.begin()
    reports(hall, window, boss, supervisor)
    complaints(hall, window, department, supervisor, boss)
    audit(hall, window, boss)
    accounts(hall, window, boss)
    once(hall, window, boss)
    sessions(hall, window)
    staff_attack.elsewhere(hall, window, check)
    disabling(hall, second)
    hallctl(hall)
    full(hall, window)
    for n in ["0601", "0701"]:
        people[n].begin()
    for n in ["0417", "0901", "0001"]:
        people[n].sign_in()
    staff_attack.hostile(hall, people, check)
    staff_attack.brought_forward(hall, window, sys.argv[2], check)
    code, log = hall.end()
    check("the hall ends well, with no word of a passphrase in its log", code == 0 and "一二三四" not in log and "ERROR" not in log, log[-3000:])
    sys.exit(failed)


main()
