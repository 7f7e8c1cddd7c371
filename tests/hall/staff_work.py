# SPDX-License-Identifier: Apache-2.0
#
# What staff do at the staff's door beside the events of cases: open what an applicant wrote. Usage: staff_work.py BUILD PAGES
import sys
import time

from staff_stage import NUMBERS, PEOPLE, Hall, Person, hire

failed = False


def check(name, ok, seen=""):
    global failed
    if not ok:
        failed = True
        print("# %s" % str(seen)[:1200])
    print("%s staff work: %s" % ("ok" if ok else "not ok", name), flush=True)


def opened_rows(hall):
    return hall.sql("SELECT who, subject, reason FROM audit WHERE action LIKE 'case-open%' ORDER BY at, id")


def openings(hall, window, boss):
    number = NUMBERS[0]
    path = "/api/open/" + number
    for name, body in [("no reason", {}), ("an empty one", {"reason": ""}), ("blanks", {"reason": "  "}), ("two lines", {"reason": "a\nb"}),
                       ("more than is known", {"reason": "核对", "staff": "别人"}), ("a very long one", {"reason": "长" * 300}), ("nothing", b"")]:
        r = hall.ask("POST", path, body, window.cookie)
        check("%s: refused" % name, r.status == 400, r.body)
    for where in ["1103001260105000019", "x", "", "1104001260105000016"]:
        check("no case \"%s\"" % where, hall.ask("POST", "/api/open/" + where, {"reason": "核对"}, window.cookie).status == 404)
    check("not by who is signed out", hall.ask("POST", path, {"reason": "核对"}).status == 401)
    check("not from another page", hall.ask("POST", path, {"reason": "核对"}, window.cookie, {"Origin": "https://evil.example"}).status == 403)
    r = hall.ask("POST", path, {"reason": "核对"}, boss.cookie)
    check("not by an administrator, which is written down", r.status == 403 and r.json()["reason"] == "no-role" and
          hall.sql("SELECT count(*) FROM audit WHERE subject=? AND reason LIKE 'refused: no-role%'", path)[0][0] == 1, r.body)
    check("none of these was an opening", opened_rows(hall) == [] and open(hall.work + "/openings.log").read() == "")

    r = hall.ask("POST", path, {"reason": "作决定前核对"}, window.cookie)
    o = r.json() if r.status == 200 else {}
    check("opened, to be kept nowhere", r.status == 200 and r.headers["Cache-Control"] == "no-store" and o["opening"] == 1, r.body)
    fields = {f["label"]["zh-CN"]: f for f in o["fields"]}
    check("in the words of the form", list(fields)[:4] == ["姓名", "为什么换领", "坏在哪里", "同时申请临时居民身份证"] and
          fields["坏在哪里"]["value"] == {"zh-CN": "有时读不出", "en": "The chip"} and
          fields["坏在哪里"]["group"] == {"zh-CN": "换领原因", "en": "Reason"} and
          fields["同时申请临时居民身份证"]["value"]["zh-CN"] == "一起申请", o["fields"])
    check("what the form does not know is not left out", fields["hope"]["value"]["zh-CN"].startswith("<img") and fields["hope"]["group"] is None and
          fields["sign"]["ink"]["strokes"] == [[10, 10, 200, 120, 300, 40]], o["fields"])
    check("who applied", o["applicant"]["name"] == "测试甲" and o["applicant"]["number"] == "110105194912310021", o["applicant"])
    s = o["supplements"]
    check("with what was added, and that another card did it", len(s) == 1 and s[0]["words"] == "<i>新照片</i>已经交到窗口" and s[0]["same"] is False and
          s[0]["state"] == "unasked" and s[0]["applicant"]["name"] == "测试乙", s)
    check("who and why stands in the audit log", opened_rows(hall) == [
        ("0417", number, "测试卯, 受理岗: 作决定前核对")] * 2, opened_rows(hall))
    log = open(hall.work + "/openings.log").read()
    check("and in hall-open's", log.count("测试卯") == 2 and "作决定前核对" in log and "测试甲" not in log, log)
    c = window.get("/api/case/" + number).json()
    check("the case says who opened it, and keeps the name masked", c["name"] == "测*甲" and len(c["openings"]) == 1 and
          c["openings"][0]["words"] == "测试卯, 受理岗: 作决定前核对" and "早日办好" not in str(c), c)
    hall.ask("POST", path, {"reason": "当面办理"}, window.cookie)
    check("each time", [x["words"].split(": ")[1] for x in window.get("/api/case/" + number).json()["openings"]] == ["当面办理", "作决定前核对"])


def refused(hall, window):
    r = hall.ask("POST", "/api/open/" + NUMBERS[1], {"reason": "核对"}, window.cookie)
    check("a broken seal is told", r.status == 422 and r.json()["reason"] == "open-forged", r.body)
    check("and written down", opened_rows(hall)[-1] == ("0417", NUMBERS[1], "refused: forged; 测试卯, 受理岗: 核对"), opened_rows(hall))
    check("and is no opening of the case", window.get("/api/case/" + NUMBERS[1]).json()["openings"] == [])
    before = len(opened_rows(hall))
    hall.opener_stop()
    r = hall.ask("POST", "/api/open/" + NUMBERS[0], {"reason": "核对"}, window.cookie)
    check("hall-open away: said, with when to try again", r.status == 502 and r.json()["reason"] == "opener-away" and
          r.headers["Retry-After"], r.body)
    check("all else goes on", window.get("/api/today").status == 200)
    check("and nothing was opened", len(opened_rows(hall)) == before)
    hall.opener_start()
    check("and it is opened when it is back", hall.ask("POST", "/api/open/" + NUMBERS[0], {"reason": "核对"}, window.cookie).status == 200)


def look(pid, known):
    """How often what is known stands in a process's memory, and how often what was opened."""
    control = found = 0
    with open("/proc/%d/maps" % pid) as maps, open("/proc/%d/mem" % pid, "rb", 0) as mem:
        for line in maps:
            a, b = (int(x, 16) for x in line.split()[0].split("-"))
            if "rw" in line.split()[1]:
                mem.seek(a)
                data = mem.read(b - a)
                control += data.count(known.encode())
                found += sum(data.count(x.encode()) for x in ["早日办好", "110105194912310021", "已经交到窗口"])
    return control, found


def memory(hall):
    """Nothing of it stays in the hall: what was freed is overwritten, but in a build whose sanitizer brings a free of its own."""
    if b"__asan_init" in open(hall.build + "/hall", "rb").read():
        print("# the sanitizer's free does not overwrite: tests/hall/staff_work.py build/release build/release/staff")
        print("skip staff_work_memory")
        return
    for _ in range(50):  # the answer is out before the last copy is freed
        control, found = look(hall.process.pid, hall.data)
        if not found:
            break
        time.sleep(0.1)
    check("this looks at the right memory", control > 0)
    check("nothing of what was opened is in the hall's memory", found == 0, found)


def main():
    hall = Hall(sys.argv[1], sys.argv[2])
    people = {x[0]: Person(hall, x[0], hire(hall, x)) for x in PEOPLE}
    for p in people.values():
        check("%s begins" % p.number, p.begin().status == 200)
    openings(hall, people["0417"], people["0001"])
    refused(hall, people["0417"])
    memory(hall)
    code, log = hall.end()
    check("the hall ends well, and its log names nobody", code == 0 and "测试甲" not in log and "ERROR" not in log, log[-3000:])
    sys.exit(failed)


main()
