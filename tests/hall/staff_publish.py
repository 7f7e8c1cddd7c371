# SPDX-License-Identifier: Apache-2.0
#
# Publishing from outside: who may, what is refused when it is brought, two persons, stages, what the figures say. Attacks:
# forged signatures, old versions, other bytes, two at once, one's own. Usage: staff_publish.py BUILD PAGES
import fcntl
import hashlib
import json
import os
import shutil
import sys
import threading
import time

from staff_stage import Hall, ITEM, PEOPLE, Person, hire

PIECE = 256 * 1024
failed = False


def check(name, ok, seen=""):
    global failed
    if not ok:
        failed = True
        print("# %s" % str(seen)[:800])
    print("%s staff publish: %s" % ("ok" if ok else "not ok", name), flush=True)


def say(person, path, **body):
    """An act on an edition says which state was seen, as the page does."""
    head, _, act = path.rpartition("/")
    if act in ("approve", "rollout", "pause", "resume", "withdraw") and "seq" not in body:
        seen = person.get(head)
        body["seq"] = seen.json()["edition"]["seq"] if seen.status == 200 else 1
    return person.hall.ask("POST", path, body, person.cookie)


def begin(person, folder):
    text = lambda name: open(folder + "/" + name).read()
    return say(person, "/api/upload", manifest=text("catalog.json"), signatures=text("catalog.sig"))


def piece(person, name, at, data):
    return person.hall.ask("POST", "/api/upload/%s?at=%d" % (name, at), data, person.cookie)


def send(person, folder, change=None):
    """All of it, as the page does; the answer of the last step."""
    r = begin(person, folder)
    if r.status != 200:
        return r
    for f in r.json()["files"]:
        data = open(folder + "/" + f["name"], "rb").read()
        if change and f["name"].endswith(".db"):
            data = change(data)
        for at in range(0, len(data), PIECE):
            r = piece(person, f["name"], at, data[at:at + PIECE])
            if r.status != 200:
                return r
    return say(person, "/api/upload-end", reason="新增两项 <i>试</i>")


def is_refused(name, r, status, reason):
    check(name, r.status == status and r.json()["reason"] == reason, (r.status, r.body))


def may_not(hall, people):
    refused = "SELECT count(*) FROM audit WHERE reason LIKE 'refused: no-role%'"
    ways = [("GET", "/api/halts"), ("POST", "/api/items"), ("POST", "/api/halt/off"), ("POST", "/api/halt/on"), ("GET", "/api/editions"), ("GET", "/api/edition/2"), ("GET", "/api/edition-diff/2"), ("GET", "/api/edition-diff/2.html"),
            ("POST", "/api/edition/2/approve"), ("POST", "/api/upload"), ("POST", "/api/upload/catalog-2.db?at=0"), ("POST", "/api/upload-end")]
    for method, path in ways:
        body = b"x" if "?at" in path else {"reason": "x"} if method == "POST" else None
        if path == "/api/upload":
            body = {"manifest": "x", "signatures": "x"}
        body = {"/api/items": {"text": "x"}, "/api/edition/2/approve": {"reason": "x", "seq": 1}, "/api/halt/off": {"item": ITEM, "reason": "x", "zh": "x"}, "/api/halt/on": {"item": ITEM, "reason": "x"}}.get(path, body)
        check("%s %s: nobody is signed in" % (method, path), hall.ask(method, path, body).status == 401)
        for number in ["0417", "0503", "0901", "0601", "0001"]:
            before = hall.sql(refused)[0][0]
            r = hall.ask(method, path, body, people[number].cookie)
            check("%s %s: not for %s, and it is written down" % (method, path, number), r.status == 403 and
                  r.json()["reason"] == "no-role" and hall.sql(refused)[0][0] == before + 1, r.body)
    r = hall.ask("POST", "/api/edition/2/approve", {"reason": "x", "seq": 1}, people["0701"].cookie, {"Origin": "https://evil.example"})
    check("from another host's page nothing is done", r.status == 403)
    check("a publisher sees no cases", people["0701"].get("/api/cases").status == 403)


def bringing(hall, one):
    folder = hall.signed(2)
    for bad in ["", "{}", "[]", json.dumps({"v": 1})]:
        is_refused("\"%s\" is no catalogue" % bad, say(one, "/api/upload", manifest=bad or "x", signatures="[]"), 422, "upload-no-catalogue")
    is_refused("no JSON at all", hall.ask("POST", "/api/upload", b"\x00", one.cookie), 400, "upload-no-catalogue")
    is_refused("signed by keys of another hall", begin(one, hall.signed(2, forged=True)), 422, "upload-not-signed")
    text = open(folder + "/catalog.json").read()
    is_refused("another version than was signed", say(one, "/api/upload", manifest=text.replace('"version":2', '"version":3'),
                                                     signatures=open(folder + "/catalog.sig").read()), 422, "upload-not-signed")
    is_refused("nothing was begun: no byte is kept", piece(one, "catalog-2.db", 0, b"x"), 404, "upload-no-such-file")
    check("begun", begin(one, folder).status == 200)
    for name in ["catalog.json", "..", "../../hall.db", "%2e%2e%2fhall.db", "catalog-9.db", "hall.db"]:
        check("the manifest names no %s" % name, piece(one, name, 0, b"x").status in (400, 404))
    is_refused("a piece that does not follow", piece(one, "catalog-2.db", 5, b"x"), 409, "upload-gap")
    size = os.path.getsize(folder + "/catalog-2.db")
    is_refused("more than was signed", piece(one, "catalog-2.db", size, b"x"), 422, "upload-damaged")
    check("too large a piece", piece(one, "catalog-2.db", 0, b"x" * (PIECE + 1)).status == 413)
    is_refused("ended before it was sent", say(one, "/api/upload-end", reason="x"), 422, "upload-damaged")
    is_refused("one byte is another", send(one, folder, lambda d: d[:-1] + bytes([d[-1] ^ 1])), 422, "upload-damaged")
    check("nothing of it is an edition", one.get("/api/editions").json()["editions"] == [])
    check("nor lies where terminals fetch", not os.path.exists(hall.data + "/public/files/catalog-2.db"))
    r = send(one, folder)
    check("brought", r.status == 200 and r.json()["version"] == 2, r.body)
    check("and nothing is left of the pieces", not os.path.exists(hall.data + "/staging/upload-0701"))
    is_refused("the same once more", send(one, folder), 409, "upload-known")
    e = one.get("/api/edition/2").json()["edition"]
    check("waits for approval; HTML is text", e["state"] == "brought" and e["own"] and e["why"] == "新增两项 <i>试</i>", e)


def prepare(person, folder):
    """All but the last step."""
    for f in begin(person, folder).json()["files"]:
        data = open(folder + "/" + f["name"], "rb").read()
        for at in range(0, len(data), PIECE):
            piece(person, f["name"], at, data[at:at + PIECE])


def at_once(calls):
    got, barrier = [], threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        got.append(call())
    all_of_them = [threading.Thread(target=run, args=(c,)) for c in calls]
    [x.start() for x in all_of_them]
    [x.join() for x in all_of_them]
    return got


def two_of_one_number(hall, one, other):
    """Two catalogues that were both signed as version 9: one is brought, and its files are its own."""
    first = hall.work + "/ninth"
    os.rename(os.path.dirname(hall.signed(9)), first)
    folders = {one: first + "/staging", other: hall.signed(9, words="三层大厅")}
    for person, folder in folders.items():
        prepare(person, folder)
    end = lambda person: (say(person, "/api/upload-end", reason="x").status, person)
    held = os.open(hall.data + "/public/files", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    is_refused("while somebody else brings one", say(one, "/api/upload-end", reason="x"), 503, "busy")
    check("not a byte of it is taken", not os.path.exists(hall.data + "/public/files/catalog-9.db"))
    shutil.copytree(folders[other], hall.data + "/staging", dirs_exist_ok=True)
    words = ["catalog", "bring", "--data", hall.data, "--office", "1103", "--staff", "测试戊", "--reason", "x"]
    done = hall.ctl(*words, fails=True)
    check("nor by the command", done.returncode == 1 and "somebody else" in done.stderr, done.stderr)
    os.close(held)
    got = at_once([lambda: end(one), lambda: end(other)])
    taken = [p for status, p in got if status == 200]
    check("two at the same moment: one of them is", len(taken) == 1, [status for status, _ in got])
    name = folders[taken[0]] + "/catalog-9.db"
    digest = lambda path: hashlib.sha256(open(path, "rb").read()).hexdigest()
    check("with the bytes that its own keys signed", digest(hall.data + "/public/files/catalog-9.db") == digest(name))
    check("it is taken off again", say(other, "/api/edition/9/withdraw", reason="x").status == 200)


def difference(hall, one):
    d = one.get("/api/edition-diff/2").json()
    fields = {f["where"]: (f["before"], f["after"]) for i in d["items"] for f in i["fields"]}
    check("what changed, in words", d["from"] == 1 and d["counts"] == {"added": 0, "gone": 0, "changed": 1} and
          fields["承诺时限"] == ("20 个工作日", "25 个工作日") and fields["办理地点"][1] == "二层 <b>3</b> 号窗口", d)
    page = one.get("/api/edition-diff/2.html")
    check("as a page to sign: nothing in it is markup", page.status == 200 and "&lt;b&gt;3&lt;/b&gt;" in page.body and "<b>3" not in page.body and
          "第 1 版与第 2 版" in page.body, page.body[:400])
    for bad in ["9", "0", "x", "2.pdf", "2/../1", "99999999999"]:
        check("no difference of %s" % bad, one.get("/api/edition-diff/" + bad).status == 404)


def two_persons(hall, one, other):
    is_refused("nobody approves what he brought", say(one, "/api/edition/2/approve", reason="x"), 422, "edition-own")
    is_refused("not before it is approved", say(other, "/api/edition/2/rollout", reason="x", percent=10), 409, "edition-wrong-stage")
    for words, reason in [("a\u202eb", "not-one-line"), ("核对 11010519491231002X", "personal-number")]:
        is_refused("words that are kept for all: %s" % reason, say(other, "/api/edition/2/approve", reason=words), 422, reason)
        is_refused("also where it is brought", say(other, "/api/upload-end", reason=words), 422, reason)
    check("unreadable words", say(other, "/api/edition/2/approve", reason="").status == 400 and
          say(other, "/api/edition/2/approve", reason="a\nb").status == 400 and say(other, "/api/edition/2/approve", reason="x", extra=1).status == 400)
    check("no such deed, no such version", say(other, "/api/edition/2/delete", reason="x").status == 404 and
          say(other, "/api/edition/9/approve", reason="x").status == 404)
    got = at_once(2 * [lambda: say(other, "/api/edition/2/approve", reason="核对过").status])
    check("two at the same moment: one does it", sorted(got) == [200, 409], got)
    check("and it is written down once", hall.sql("SELECT count(*) FROM audit WHERE action='catalogue-approve' AND reason='核对过'")[0][0] == 1)
    check("who was refused too", hall.sql("SELECT count(*) FROM audit WHERE action='catalogue-approve' AND reason='refused: own'")[0][0] == 1)


def state(person, version):
    return person.get("/api/edition/%d" % version).json()["edition"]


def until(person, version, **want):
    e = {}
    for _ in range(200):
        e = state(person, version)
        if all(e[k] == v for k, v in want.items()):
            return True
        time.sleep(0.1)
    print("# %s" % e)
    return False


def stages(hall, one, other):
    is_refused("nobody is chosen", say(other, "/api/edition/2/rollout", reason="x"), 422, "edition-nobody")
    is_refused("a terminal that is none", say(other, "/api/edition/2/rollout", reason="x", terminals="t-1,<b>"), 422, "edition-no-terminal")
    is_refused("all at once", say(other, "/api/edition/2/rollout", reason="x", percent=100), 422, "edition-no-step")
    at = time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(hall.now / 1000 + 8 * 3600 + 600))
    r = say(other, "/api/edition/2/rollout", reason="先试", terminals="t-1,e-01,e-02", at=at, stop_after=2)
    check("ordered for a later hour", r.status == 200 and r.json()["edition"]["next"] == 0 and r.json()["edition"]["percent"] == -1, r.body)
    check("and not begun", state(one, 2)["percent"] == -1)
    hall.advance(601000)
    [hall.heard(n, 1) for n in ["t-1", "e-01", "e-02"]]
    check("the hour comes", until(one, 2, percent=0, next=-1))
    e = one.get("/api/edition/2").json()
    check("who waits", e["edition"]["terminals"] == {"outside": 8, "has": 0, "refused": 0, "silent": 0, "waits": 3, "left": 0} and len(e["rows"]) == 3, e)
    check("the next stage is ordered, and waits", say(other, "/api/edition/2/rollout", reason="放开", percent=10, stop_after=2).status == 200 and
          not until_not(one, 2, 0))
    hall.heard("e-01", 1, 2, "signature")
    row = [r for r in one.get("/api/edition/2").json()["rows"] if r["place"] == "refused"]
    check("who refused, and why", [(r["terminal"], r["why"]) for r in row] == [("e-01", "signature")], row)
    hall.heard("e-02", 1, 2, "nospace")
    check("two refusals: it stops by itself", until(one, 2, state="stopped", percent=0))
    check("and staff are told", until_alert(hall))
    check("go on", say(other, "/api/edition/2/resume", reason="磁盘已清").status == 200 and until(one, 2, state="runs", stop_after=3))
    [hall.heard(n, 2) for n in ["t-1", "e-01", "e-02"]]
    check("all have it: what was ordered begins", until(one, 2, percent=10, next=-1))
    check("to all", say(other, "/api/edition/2/rollout", reason="放到全部", percent=100).status == 200 and until(one, 2, state="current"))
    check("it is the catalogue of all", until_offered(one, 2))
    hall.sql("UPDATE catalogue_edition SET state='runs', percent=10, next=100 WHERE version=2")
    check("so it is too where a power cut took the row, and not the files", until(one, 2, state="current", percent=100, next=-1))
    is_refused("neither paused", say(other, "/api/edition/2/pause", reason="x"), 409, "edition-wrong-stage")
    is_refused("nor withdrawn", say(other, "/api/edition/2/withdraw", reason="x"), 409, "edition-wrong-stage")


def until_not(person, version, percent):
    """Has it gone further within two seconds?"""
    for _ in range(20):
        if state(person, version)["percent"] != percent:
            return True
        time.sleep(0.1)
    return False


def until_alert(hall):
    for _ in range(100):
        if hall.sql("SELECT count(*) FROM alert WHERE what='catalogue-stopped'")[0][0]:
            return True
        time.sleep(0.1)
    return False


def until_offered(person, version):
    for _ in range(100):
        if person.get("/api/editions").json()["offered"] == version:
            return True
        time.sleep(0.1)
    return False


def withdrawing(hall, one, other):
    is_refused("a version that is not above the present one", begin(one, hall.work + "/elsewhere-2/staging"), 422, "edition-old-version")
    check("a further one", send(other, hall.signed(3)).status == 200)
    check("approved by the other", say(one, "/api/edition/3/approve", reason="x").status == 200)
    check("out to one", say(one, "/api/edition/3/rollout", reason="x", terminals="t-1").status == 200 and until(one, 3, percent=0))
    check("a second one waits for its end", send(other, hall.signed(4)).status == 200 and say(one, "/api/edition/4/approve", reason="x").status == 200)
    is_refused("not two at a time", say(one, "/api/edition/4/rollout", reason="x", terminals="t-1"), 422, "edition-other-runs")
    hall.heard("t-1", 3)
    check("withdrawn: who has it keeps it", say(one, "/api/edition/3/withdraw", reason="错了").status == 200 and
          state(one, 3)["state"] == "withdrawn" and state(one, 3)["terminals"]["has"] == 1)
    is_refused("for good", say(one, "/api/edition/3/resume", reason="x"), 409, "edition-wrong-stage")
    columns = ",".join(x[1] for x in hall.sql("PRAGMA table_info(catalogue_edition)") if x[1] != "version")
    for version in range(20, 30):
        hall.sql("INSERT INTO catalogue_edition (version,%s) SELECT ?,%s FROM catalogue_edition WHERE version=9" % (columns, columns), version)
    check("and the next may go", say(one, "/api/edition/4/rollout", reason="x", terminals="t-1").status == 200)
    check("however many higher ones were taken off before any terminal had them", until(one, 4, percent=0))
    shutil.copytree(hall.signed(31), hall.data + "/staging", dirs_exist_ok=True)
    hall.ctl("catalog", "publish", "--data", hall.data)
    check("one that a higher one of all has passed is over by itself", until(one, 4, state="withdrawn"))


def halting(hall, one, other):
    off = lambda person, **more: say(person, "/api/halt/off", **{"item": ITEM, "reason": "材料写错", "zh": "材料清单<b>有误</b>", **more})
    check("nothing is off", one.get("/api/halts").json()["halts"] == [])
    found = say(one, "/api/items", text="有效期满").json()["items"]
    check("the item is found by its name", [i["item"] for i in found] == [ITEM], found)
    check("and nothing by nothing", say(one, "/api/items", text="").status == 400 and say(one, "/api/items", text="龘龘龘").json()["items"] == [])
    for bad in [{"item": ""}, {"zh": ""}, {"reason": ""}, {"zh": "a\nb"}, {"zh": "长" * 41}, {"more": 1}]:
        check("unreadable: %s" % bad, off(one, **bad).status == 400)
    for words, reason in [("a\u202eb", "not-one-line"), ("11010519491231002X", "personal-number")]:
        is_refused("words that all read: %s" % reason, off(one, zh=words), 422, reason)
    is_refused("an unknown item", off(one, item="no-such"), 404, "halt-no-item")
    is_refused("back what is not off", say(one, "/api/halt/on", item=ITEM, reason="x"), 409, "halt-on-already")
    check("no such verb", say(one, "/api/halt/delete", item=ITEM, reason="x").status == 404)
    got = at_once([lambda: off(one).status, lambda: off(other).status])
    check("two at the same moment: one does it", sorted(got) == [200, 409], got)
    check("and it is written down once", hall.sql("SELECT count(*) FROM audit WHERE action='catalogue-off' AND subject=? AND reason='材料写错'", ITEM)[0][0] == 1)
    h = one.get("/api/halts").json()["halts"]
    check("who has it not yet, of all with a certificate", len(h) == 1 and h[0]["has"] == 0 and h[0]["lacks"] == 11 and len(h[0]["waits"]) == 11 and h[0]["zh"] == "材料清单<b>有误</b>", h)
    check("other words take the place of these", off(other, zh="又写错了").status == 200 and [x["zh"] for x in one.get("/api/halts").json()["halts"]] == ["又写错了"])
    is_refused("and the same again do not", off(one, zh="又写错了"), 409, "halt-off-already")
    check("back by the other", say(other, "/api/halt/on", item=ITEM, reason="改好了").status == 200 and one.get("/api/halts").json()["halts"] == [])
    check("off by command, with a role alone", hall.ctl("catalog", "off", ITEM, "--data", hall.data, "--office", "1103", "--staff", "无此人", "--reason", "x", "--zh", "x", fails=True).returncode == 4)


def many_halted(hall, one, other):
    """The list of items that are off is as long as the hall can sign, and says so at its end."""
    off = lambda **more: say(one, "/api/halt/off", **{"item": ITEM, "reason": "材料写错", "zh": "材料有误", **more})
    full = {"zh": "长" * 40, "en": "x" * 120}
    for i in range(24):
        hall.sql("INSERT INTO item_halt (task_code, is_off, version, name, upto, since, zh, en, changed, changed_by, why) VALUES (?,1,?,'某事项',1,1767574800000,?,?,1767574800000,'张三','x')", "%031d" % i, 1767574800000 + i, full["zh"], full["en"])
    is_refused("one that the list has no room for", off(**full), 422, "halt-too-many")
    by = ["--data", hall.data, "--office", "1103", "--staff", "测试未", "--reason", "x", "--zh"]
    said = hall.ctl("catalog", "off", ITEM, *by, full["zh"], "--en", full["en"], fails=True)
    check("nor by command, which says why", said.returncode == 4 and "8192 bytes" in said.stderr, said.stderr)
    said = hall.ctl("catalog", "off", ITEM, *by, "材料有误")
    check("with fewer words it has, and what terminals of earlier software do is said", "terminals of earlier software take only the 12" in said.stdout, said.stdout)
    is_refused("and not for longer ones later", off(**full), 422, "halt-too-many")
    check("all of them are told", len(one.get("/api/halts").json()["halts"]) == 25)
    check("back, full as it is", say(other, "/api/halt/on", item=ITEM, reason="改好了").status == 200)
    log = hall.ctl("catalog", "halts", "--data", hall.data)
    check("and by command", log.stdout.count("off since") == 24, log.stdout)
    hall.sql("DELETE FROM item_halt WHERE name='某事项'")


def main():
    hall = Hall(sys.argv[1], sys.argv[2])
    people = {x[0]: Person(hall, x[0], hire(hall, x)) for x in PEOPLE}
    hall.set_clock(1767574800000)
    for p in people.values():
        p.begin()
    hall.fleet()
    hall.certify()
    may_not(hall, people)
    one, other = people["0701"], people["0702"]
    bringing(hall, one)
    difference(hall, one)
    halting(hall, one, other)
    many_halted(hall, one, other)
    two_persons(hall, one, other)
    two_of_one_number(hall, one, other)
    stages(hall, one, other)
    for p in (one, other):
        p.sign_in()
    withdrawing(hall, one, other)
    code, log = hall.end()
    check("the hall ends well", code == 0 and "ERROR" not in log, log[-3000:])
    sys.exit(failed)


main()
