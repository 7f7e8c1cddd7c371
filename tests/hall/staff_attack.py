# SPDX-License-Identifier: Apache-2.0
#
# What somebody tries who is signed in and wants more, or has another's cookie: each answer of the staff's door is asked with
# hostile words in path, query and body. Nothing may be done, and nothing may break. For staff.py, on its hall.
import hashlib
import http.client
import json
import os
import re
import shutil
import ssl
import urllib.parse

from staff_stage import NUMBERS, ROOT, SAID

# SQL, HTML, a path, a format, directions, what is no UTF-8, a number past all numbers
HOSTILE = ["1' OR '1'='1", "x'; DROP TABLE audit; --", "\" OR \"\"=\"", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "../../hall.db", "%s%n%x",
           "a\u202eb", "\u2066a\u2069", "a\u0000b", "9" * 40, "-1", "{{7*7}}", "\ud800"]
# Who may ask what, and what is written where: a path's tail and a body, with the hostile words for BAD.
WHO = {"NOBODY": None, "SIGNED_IN": "0417", "CASES": "0417", "OPEN": "0417", "PRINT": "0417", "CALL": "0417", "WATCH": "0901", "PUBLISH": "0701", "FLEET": "0601",
       "AUDIT": "0001", "PEOPLE": "0001"}
BAD = object()
ID = "00112233445566778899aabbccddeeff"
SHAPES = {
    "/api/case/": (NUMBERS[0] + "/withdraw", {"id": BAD, "version": 0, "words": BAD}),
    "/api/open/": (NUMBERS[0] + "0", {"reason": BAD}),
    "/api/paper/": (NUMBERS[4] + "/decision.html", {"name": BAD}),
    "/api/queue/": ("open", {"window": 9, "queues": BAD}),
    "/api/edition/": ("1/approve", {"reason": BAD, "seq": 1}),
    "/api/system/": ("1.5.0/approve", {"reason": BAD, "seq": 1}),
    "/api/system-retry": ("", {"terminal": BAD, "reason": BAD}),
    "/api/items": ("", {"text": BAD}),
    "/api/halt/": ("off", {"item": BAD, "reason": BAD, "zh": BAD}),
    "/api/upload": ("", {"manifest": BAD, "signatures": BAD}),
    "/api/upload-end": ("", {"reason": BAD}),
    "/api/report/": ("figures.json", {"period": BAD, "by": BAD, "figure": BAD}),
    "/api/place/": ("t-1", {"lat": BAD, "lon": BAD, "datum": BAD}),
    "/api/acts": ("", {"id": ID, "terminals": [BAD], "act": "restart", "why": BAD}),
    "/api/acts-withdraw": ("", {"id": ID, "why": BAD}),
    "/api/duty/": ("take", {"id": ID, "terminal": "t-1", "what": BAD, "since": 1, "seen": BAD, "words": BAD, "minutes": 30}),
    "/api/duty-shift/": ("put", {"id": ID, "staff": BAD, "zone": BAD, "days": 1, "from": 1, "to": 2, "place": 1, "way": BAD}),
    "/api/audit": ("", {"subject": BAD, "person": BAD}),
    "/api/people/": ("role", {"id": BAD, "role": "window", "post": BAD}),
    "/api/complaint/": (SAID[0] + "/answer", {"words": BAD}),
    "/api/said/": (SAID[1] + "0", {"reason": BAD}),
}
QUERY = ["after", "zone", "situation", "stage", "window", "office", "at", "rows"]


def routes():
    with open(ROOT + "/tools/hall/staff/route.def") as f:
        return re.findall(r'^API\((\w+), "([^"]+)", (\w+),', f.read(), re.M)


def state(hall):
    """All that is kept, but what is written down of who asked, and when he was here."""
    tables = [t for t, in hall.sql("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name") if not t.startswith("sqlite_")]
    passed_by = {"audit", "audit_head", "account_session", "account", "alert", "sent"}
    return {t: hashlib.sha256(repr(hall.sql("SELECT * FROM %s" % t)).encode()).hexdigest() for t in tables if t not in passed_by}


class Line:
    """One connection, as a browser keeps it; a new one where the hall has closed it."""

    def __init__(self, hall, source=None):
        self.hall, self.source, self.c = hall, source, None

    def ask(self, method, path, body, cookie):
        head = {"Cookie": cookie, **({"Origin": self.hall.origin, "X-Tongban": "1"} if method == "POST" else {})}
        for again in (True, False):
            self.c = self.c or http.client.HTTPSConnection("localhost", self.hall.port, context=ssl.create_default_context(cafile=self.hall.ca),
                                                           source_address=self.source, timeout=300)
            try:
                self.c.request(method, path, body=body, headers=head)
                r = self.c.getresponse()
                return r.status, r.headers, r.read()
            except (http.client.HTTPException, ConnectionError, ssl.SSLError):
                self.c = None
                if not again:
                    raise
        return None


def filled(shape, bad):
    return {k: bad if v is BAD else [bad] if v == [BAD] else v for k, v in shape.items()}


def tries(method, path, bad):
    """The hostile words in the path, in a query, as a body, and as each word of a body that is in shape."""
    quoted = urllib.parse.quote(bad.encode("utf-8", "surrogatepass"), safe="")
    body = quoted.encode() if method == "POST" else None
    if path.endswith("/"):
        yield path + quoted, body
        yield path + NUMBERS[0] + "/" + quoted, body
    else:
        yield path + "?" + "&".join("%s=%s" % (w, quoted) for w in QUERY), body
    if method == "POST" and path in SHAPES:
        tail, shape = SHAPES[path]
        yield path + tail, json.dumps(filled(shape, bad)).encode()


def hostile(hall, people, check):
    """By somebody whose role lets him in there, so that it is the words that are refused and not he."""
    line, before, odd, asked = Line(hall), state(hall), [], 0
    for method, path, needs in routes():
        if path in ("/api/sign-out", "/api/sign-in", "/api/join"):  # they would end the session, or have this address wait
            continue
        cookie = people[WHO[needs]].cookie if WHO[needs] else ""
        for bad in HOSTILE:
            for where, body in tries(method, path, bad):
                status, headers, answer = line.ask(method, where, body, cookie)
                asked += 1
                kind = headers.get_content_type()
                page = kind == "text/html" and bad.encode("utf-8", "surrogatepass") not in answer
                if status >= 500 or status in (401, 403) or headers["Cache-Control"] != "no-store" or not (page or kind == "application/json"):
                    odd.append((status, method, where, body, kind, answer[:80]))
    check("hostile words break nothing, %d times" % asked, asked > 1000 and not odd, odd[:4])
    after = state(hall)
    check("and nothing was done for them", before == after, [t for t in before if before[t] != after.get(t)])


def elsewhere(hall, p, check):
    """A cookie counts from the network it was given to, and stays good there."""
    check("signed in here", p.sign_in().status == 200 and p.get("/api/me").status == 200)
    thief = Line(hall, ("127.0.0.2", 0))
    status, _, answer = thief.ask("GET", "/api/me", None, p.cookie)
    check("a cookie that was stolen is none elsewhere", status == 401 and json.loads(answer)["reason"] == "signed-out", answer)
    status, _, answer = thief.ask("POST", "/api/sign-out", None, p.cookie)
    check("nor does it end anything from there", status == 401 and p.get("/api/me").status == 200, answer)
    status, _, answer = thief.ask("GET", "/v1/wait?catalogue=0", None, p.cookie)
    check("nor is it a terminal's", status == 404, (status, answer))


def brought_forward(hall, p, folder, check):
    """Whoever has the pages of before is told by each answer that there are others."""
    names = {hall.ask("GET", "/api/me").headers["X-Tongban-Pages"], p.get("/api/me").headers["X-Tongban-Pages"]}
    check("each answer names the pages the hall has", len(names) == 1 and all(len(n) == 16 for n in names), names)
    new = hall.work + "/pages"
    shutil.copytree(folder, new)
    with open(os.path.join(new, "form.js"), "a") as f:
        f.write("\n")
    hall.stop()
    hall.start(new)
    check("and others when they have changed", hall.ask("GET", "/api/me").headers["X-Tongban-Pages"] not in names)
