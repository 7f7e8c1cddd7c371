# SPDX-License-Identifier: Apache-2.0
#
# A hall with a staff's door, a published catalogue and a few delivered applications, for tests of that door. As a program it
# starts one, prints what is to be known of it as one line of JSON, and ends it when its standard input ends; by way of
# there also come "clock set MS" and the like (hall --control). Usage: staff_stage.py BUILD PAGES
import base64
import hashlib
import hmac
import http.client
import json
import math
import os
import random
import shutil
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
START_MS = 1767574800000  # 2026-01-05T09:00:00+08:00, a Monday
ITEM = "11110105MB0A0000164000709102000"
NUMBERS = ["1103001260105000018", "1103001260105000026", "1103001260105000039", "1103001260105000047", "1103001260105000052"]
EPOCH = bytes([1]) + bytes(15)
# What the first of them wrote; one field would be a page of its own, were it not shown as text. The second's seal is broken.
WORDS = {"v": 1, "item": ITEM, "item_version": 3, "form_version": 4, "consent": "consent-2026-1",
         "applicant": {"kind": "resident", "name": "测试甲", "number": "110105194912310021", "sex": "2", "birth": "1949-12-31"},
         "fields": {"name": "测试甲", "reason": "damaged", "damage": "chip", "urgent": "yes", "mobile": "13800000123", "notify": "message",
                    "collect": "centre", "hope": "<img src=x onerror=\"document.title='broken in'\"><b>早日办好</b>",
                    "sign": {"w": 800, "h": 300, "strokes": [[10, 10, 200, 120, 300, 40]]}}}
ADDED = {"v": 1, "case": NUMBERS[0], "applicant": {"name": "测试乙", "number": "110105199001010012"}, "words": "<i>新照片</i>已经交到窗口"}
# What was said at the terminal, with a phone and without: a complaint, and a report, which nobody at a window gets.
SAID = ["110300100001", "110300100002"]
COMPLAINT = {"v": 1, "code": SAID[0] + "483925", "about": "site", "applicant": {"name": "测试丙", "number": "110105199001010012"},
             "fields": {"mobile": "13800000456"}, "words": "等了<b>两个钟头</b>，窗口没人。"}
REPORT = {"v": 1, "code": SAID[1] + "483925", "about": "nothing", "words": "有人代排队收钱。"}


def totp(key, ms):
    """RFC 6238, written anew."""
    pad = key + "=" * (-len(key) % 8)
    mac = hmac.new(base64.b32decode(pad), struct.pack(">Q", ms // 30000), hashlib.sha1).digest()
    at = mac[-1] & 15
    return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000)


class Reply:
    def __init__(self, status, headers, raw):
        self.status, self.headers, self.raw, self.body = status, headers, raw, raw.decode(errors="replace")

    def json(self):
        return json.loads(self.body)


class Hall:
    def __init__(self, build, pages):
        self.build = os.path.abspath(build)
        self.work = tempfile.mkdtemp(prefix="tongban-staff-")
        self.data, self.keys = self.work + "/hall", self.work + "/keys"
        self.set, self.at = START_MS, time.monotonic()
        self.ctl("keys", "init", "--keys", self.keys, "--data", self.data, "--test")
        self.ctl("catalog", "build", self.items(), "--calendar", "assets/catalog/calendar", "--out", self.work + "/1.db",
                 "--version", "1")
        self.ctl("catalog", "sign", self.work + "/1.db", "--keys", self.keys, "--data", self.data)
        self.ctl("catalog", "publish", "--data", self.data)
        self.ctl("terminal", "add", "--data", self.data, "--id", "t-1", "--office", "1103", "--place", "tools/scenario/place.json",
                 "--hall", "https://127.0.0.1:1", "--out", self.work + "/sheet")
        self.ctl("staff", "door", "--data", self.data, "--host", "hall.example.cn")
        self.deliver()
        self.ctl("rebuild", "--data", self.data)
        self.ca = self.data + "/tls/ca.crt"
        self.process = self.opener = None
        os.mkdir(self.work + "/open", 0o700)
        os.rename(self.keys + "/sealing.pem", self.work + "/open/sealing.pem")
        self.opener_start()
        self.start(pages)

    def items(self):
        """Those of tests/catalogues/zone, where the identity card asks for a licence that the province holds."""
        folder = self.work + "/items"
        shutil.copytree(os.path.join(ROOT, "tests/catalogues/zone"), folder)
        with open(folder + "/identity-card-renewal.json") as f:
            item = json.load(f)
        item["materials"].append({"material_name": "居住证", "material_name_en": "Residence permit", "is_need": "1", "source_type": "20",
                                  "licence_kind": "居住证"})
        with open(folder + "/identity-card-renewal.json", "w") as f:
            json.dump(item, f, ensure_ascii=False)
        return folder

    def ctl(self, *arguments, fails=False):
        done = subprocess.run([self.build + "/hallctl", *arguments], cwd=ROOT, capture_output=True, text=True)
        if not fails and done.returncode:
            raise SystemExit("hallctl %s: %s" % (" ".join(arguments), done.stderr))
        return done

    def seal(self, seq, number, item, words):
        made = subprocess.run([self.build + "/sealed-record", self.keys + "/sealing.pub", "t-1", str(seq), number, item, "3",
                               json.dumps(words, ensure_ascii=False)], capture_output=True, text=True, check=True)
        return [bytes.fromhex(x) for x in made.stdout.split()]

    def deliver(self):
        """Five applications of one item, of 5 January 2026, one in the morning; a supplement that nobody asked for."""
        at, zeros = 1767546000000, bytes(32)
        db = sqlite3.connect(self.data + "/hall.db")
        db.execute("UPDATE terminal SET epoch=?, registration=1", (EPOCH,))
        db.execute("INSERT INTO chain VALUES (1103,'t-1',?,1,?,5,?,?,?)", (EPOCH, b"\0", zeros, b"\0", at))
        records = [(i + 1, "application", n, 0, *self.seal(i + 1, n, ITEM, WORDS)) for i, n in enumerate(NUMBERS)]
        records[1] = (*records[1][:5], records[1][5][:-1] + bytes([records[1][5][-1] ^ 1]))
        records.append((6, "supplement", NUMBERS[0], 6, *self.seal(6, NUMBERS[0], "-", ADDED)))
        records += [(7, "feedback", SAID[0], 0, *self.seal(7, SAID[0], "complain", COMPLAINT)),
                    (8, "feedback", SAID[1], 0, *self.seal(8, SAID[1], "report", REPORT))]
        for seq, kind, number, state, header, body in records:
            db.execute("INSERT INTO record VALUES (1103,'t-1',?,?,?,?,?,?,?,?,?,?,?,?)",
                       (EPOCH, seq, seq.to_bytes(16, "big"), kind, number, at, at + 120000, state, zeros, header, body, zeros))
        db.commit()
        db.close()

    def tickets(self):
        """Four of this morning, as a terminal delivered them."""
        now = self.now
        day = (now + 8 * 3600000) // 86400000  # of Beijing
        for i, (queue, number) in enumerate([("general", "A 001"), ("general", "A 002"), ("priority", "C 001"), ("general", "A 003")]):
            self.sql("INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void, line, since)"
                     " VALUES (1103,?,?,?,'t-1',?,0,0,?,?)", day, queue, number, now - (20 - i) * 60000, queue, now - (20 - i) * 60000)

    def licence(self):
        """The first case's applicant holds what its item asks for, as the platform said."""
        self.sql("INSERT INTO licence VALUES (x'0102030405060708090a0b0c',x'%s','R-100','居住证','****0123','市公安局',20240105,20310104,"
                 "'valid','platform',20260105,1767546000000,'','')" % ("07" * 32))
        self.sql("UPDATE record_index SET state=1, idx=x'%s' WHERE number=?" % ("07" * 32), NUMBERS[0])

    def fleet(self):
        """Nine more terminals, in three places: as they last spoke, each in a way of its own; and one of another office."""
        if self.sql("SELECT 1 FROM terminal WHERE terminal='e-01'"):
            return
        now = self.now
        place = {"zone": "城东政务服务 24 小时自助", "hotline": "12345", "supervision": "12345"}
        well = {"receipt": "ready", "ticket": "ready", "reader": "ready"}
        rows = [("e-01", "城东街道", "01 号机", 5, {}, []), ("e-02", "城东街道", "02 号机", 3, {**well, "receipt": "no-paper"}, []),
                ("e-03", "城东街道", "03 号机", 95, {**well, "receipt": "fault"}, []), ("e-04", "城东街道", "04 号机", 2, well, ["ticket-paper-low"]),
                ("n-01", "北门服务站", "01 号机", 1, well, []), ("n-02", "北门服务站", "02 号机", 4, well, ["lamp-broken"]),
                ("n-03", "北门服务站", "03 号机", 4, {**well, "reader": "absent"}, ["door-open", "receipt-paper-low"]),
                ("w-01", "西街社区", "01 号机", 6, well, []), ("w-02", "西街社区", "02 号机", None, well, []), ("x-01", "西街社区", "01 号机", 1, well, [])]
        for i, (name, spot, device, ago, devices, warnings) in enumerate(rows):
            office = 1104 if name == "x-01" else 1103
            self.sql("INSERT INTO terminal (office, terminal, place, added, registration, epoch, cert) VALUES (?,?,?,?,?,?,?)", office, name,
                     json.dumps({**place, "spot": spot, "device": device}, ensure_ascii=False), now, 1, bytes([i + 10]) * 16, b"")
            self.sql("INSERT INTO directory VALUES (?,?)", name, office)
            did = [(30, "start", {})]
            if name == "e-02":
                did += [(20, "device-fault", {"role": "reader"}), (18, "device-recovery", {"role": "reader"}), (10, "shutdown", {}),
                        (8, "start", {}), (1, "device-fault", {"role": "receipt", "what": "no-paper"})]
            report = {"v": 1, "version": "1.4.2", "acked": len(did), "head": len(did) + (3 if name == "e-03" else 0), "catalogue": 1,
                      "level": 7, "needs": 0, "warnings": warnings, **({"devices": devices} if devices else {})}
            if name == "w-01":
                report.update(out="repair", since=now - 3600000, until=now + 3600000)
            if ago is not None:
                self.sql("INSERT INTO health VALUES (?,?,?,?)", office, name, now - ago * 60000, json.dumps(report))
                self.did(office, name, i + 10, did)
        self.name_zones()
        self.sql("INSERT INTO alert VALUES (1103,'e-03','system-failed',?,?,2,'<b>1.4.3</b>: failed, download')", now - 7200000, now - 3600000)

    def city(self, count):
        """So many terminals more, one to five at a place, in four districts around the square, with their outlines; mostly well."""
        now, well, draw, made = self.now, {"receipt": "ready", "ticket": "ready", "reader": "ready"}, random.Random(7), 0
        middles = [("城东区", 116.46, 39.93), ("城西区", 116.30, 39.92), ("南郊区", 116.38, 39.80), ("北山县", 116.40, 40.08)]
        features = [{"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [
            [[round(x + 0.085 * math.cos(i * math.pi / 30) * (1 + 0.12 * math.sin(3 * i * math.pi / 30)), 6),
              round(y + 0.062 * math.sin(i * math.pi / 30) * (1 + 0.1 * math.cos(4 * i * math.pi / 30)), 6)] for i in [*range(60), 0]]]}} for name, x, y in middles]
        with open(self.work + "/city.geojson", "w") as f:
            json.dump({"type": "FeatureCollection", "features": features}, f, ensure_ascii=False)
        rows, health, points = [], [], []
        while made < count:
            district, x, y = middles[min(int(draw.expovariate(0.9)), 3)]
            here = min(draw.choice([1, 2, 2, 3, 4, 5]), count - made)
            zone, spot = district + "政务服务 24 小时自助", "%s第 %d 社区" % (district, made)
            point = (round(1e6 * (y + draw.gauss(0, 0.018))), round(1e6 * (x + draw.gauss(0, 0.026))))
            points.append((1103, hashlib.sha256(("1103\n%s\n%s" % (zone, spot)).encode()).hexdigest()[:16], zone, spot, *point, "测试酉", now))
            for k in range(here):
                name, luck = "c-%05d" % made, draw.random()
                report = {"v": 1, "version": "1.4.2", "acked": 1, "head": 1, "catalogue": 0 if luck > 0.95 else 1, "level": 7, "needs": 0,
                          "warnings": ["receipt-paper-low"] if luck < 0.03 else ["download-failed"] if luck < 0.04 else [],
                          "devices": {**well, "ticket": "no-paper"} if luck > 0.985 else well}
                if 0.04 < luck < 0.05:
                    report.update(out="repair", since=now - 3600000, until=now + 3600000)
                place = {"zone": zone, "spot": spot, "device": "%02d 号机" % (k + 1), "hotline": "12345", "supervision": "12345"}
                rows.append((1103, name, json.dumps(place, ensure_ascii=False), now, 1, b""))
                health.append((1103, name, now - (7200000 if 0.06 < luck < 0.075 else 60000), json.dumps(report)))
                made += 1
        with sqlite3.connect(self.data + "/hall.db", timeout=20) as db:
            db.executemany("INSERT INTO terminal (office, terminal, place, added, registration, cert) VALUES (?,?,?,?,?,?)", rows)
            db.executemany("INSERT INTO health VALUES (?,?,?,?)", health)
            db.executemany("INSERT INTO place_point VALUES (?,?,?,?,?,?,?,?)", points)
        self.name_zones()

    def outlines(self):
        self.ctl("place", "outline", self.work + "/city.geojson", "--data", self.data, "--office", "1103")

    def name_zones(self):
        """What the hall writes beside each terminal that is added (tools/hall/rules/zone.h)."""
        places = ((office, name, json.loads(place)) for office, name, place in self.sql("SELECT office, terminal, place FROM terminal"))
        with sqlite3.connect(self.data + "/hall.db") as db:
            db.executemany("INSERT OR IGNORE INTO terminal_zone VALUES (?,?,?)",
                           [(o, n, hashlib.sha256(("%d\n%s\n%s" % (o, p["zone"], p["spot"])).encode()).hexdigest()[:16]) for o, n, p in places])

    def signed(self, version, forged=False, words="二层 <b>3</b> 号窗口"):
        """A catalogue built and signed elsewhere, with a copy of what is public alone; by keys of another hall where it is forged."""
        there, keys = self.work + "/elsewhere-%d%s" % (version, "f" * forged), self.keys
        shutil.copytree(self.data + "/public", there + "/public")
        if forged:
            keys = there + "/keys"
            self.ctl("keys", "init", "--keys", keys, "--data", there + "/other", "--test")
            for name in ["root.json", "root.sig"]:
                shutil.copy(there + "/other/public/" + name, there + "/public")
        shutil.copytree(self.work + "/items", there + "/items")
        with open(there + "/items/identity-card-renewal.json") as f:
            item = json.load(f)
        item.update(task_version=4, transact_addr=words, promise={"day": 25, "unit": "working-day"})
        with open(there + "/items/identity-card-renewal.json", "w") as f:
            json.dump(item, f, ensure_ascii=False)
        self.ctl("catalog", "build", there + "/items", "--calendar", "assets/catalog/calendar", "--out", there + "/new.db", "--version",
                 str(version))
        self.ctl("catalog", "sign", there + "/new.db", "--keys", keys, "--data", there)
        return there + "/staging"

    def heard(self, name, catalogue, refused=0, why=""):
        """What that terminal says of its catalogue, as its health report is kept."""
        self.sql("INSERT INTO catalogue_terminal VALUES (1103,?,?,?,7,?,?) ON CONFLICT (office, terminal) DO UPDATE SET at=excluded.at,"
                 " catalogue=excluded.catalogue, refused=excluded.refused, why=excluded.why", name, self.now, catalogue, refused, why)

    def certify(self):
        """The terminal whose applications these are has a certificate: it counts where something is given to terminals."""
        self.sql("UPDATE terminal SET cert=x'01' WHERE terminal='t-1'")

    def system(self, version, replaces="", staff="测试未"):
        """A bundle as RAUC makes them, with the length of what is signed last, brought by command."""
        more = "\n[meta.tongban]\nreplaces=%s\n" % replaces if replaces else ""
        text = ("[update]\ncompatible=tongban-x86_64\nversion=%s\n%s" % (version, more)).encode()
        file = self.work + "/bundle"
        with open(file, "wb") as f:
            f.write(bytes(12000) + text + struct.pack(">Q", len(text)))
        return self.ctl("--clock", "2026-01-05T09:00:00+08:00", "system", "publish", "--data", self.data, "--bundle", file, "--office", "1103",
                        "--staff", staff, "--reason", "修好读卡 <i>试</i>", fails=True)

    def runs(self, name, running, state="none", version="", why="", ago=1, slot="a", other="1.4.0"):
        """What that terminal said of its systems, minutes ago, as the hall keeps it."""
        at = self.now - ago * 60000
        said = {"v": 1, "running": running, "slot": slot, "other": other, "state": state, "version": version, "why": why, "at": at // 1000}
        self.sql("INSERT INTO system_terminal VALUES (1103,?,?,?,?,?,0,0) ON CONFLICT (office, terminal) DO UPDATE SET at=excluded.at,"
                 " report=excluded.report, version=excluded.version, state=excluded.state, granted=0, retried=0", name, at, json.dumps(said), version, state)
        self.sql("INSERT INTO system_running VALUES (1103,?,?) ON CONFLICT (office, terminal) DO UPDATE SET running=excluded.running", name, running)

    def did(self, office, name, first, records):
        """Its journal as it was delivered: hours ago, kind, and what the kind adds."""
        epoch, now = bytes([first]) * 16, self.now
        self.sql("INSERT INTO chain VALUES (?,?,?,1,x'05',?,zeroblob(32),x'00',?)", office, name, epoch, len(records), now)
        for seq, (hours, kind, more) in enumerate(records, 1):
            at = now - hours * 3600000
            header = {"v": 1, "terminal": name, "epoch": epoch.hex(), "seq": seq, "at": at, "boot": "00000000-0000-4000-8000-000000000001",
                      "up": 1, "clock": "trusted", "kind": kind, "id": "%032x" % (first * 100 + seq), **more}
            self.sql("INSERT INTO record VALUES (?,?,?,?,?,?,'',?,?,0,zeroblob(32),?,x'',zeroblob(32))", office, name, epoch, seq,
                     bytes.fromhex(header["id"]), kind, at, at + 1000, json.dumps(header).encode())

    def logs(self, terminal, have):
        """So many of the 2,048 bytes of the logs that staff want of it have come."""
        one = self.sql("SELECT id FROM terminal_act WHERE terminal=? AND act='logs'", terminal)[0][0]
        body = b"\x1f\x8b" + bytes(range(256)) * 7 + b"x" * 254
        self.sql("UPDATE terminal_act SET granted=made, done=made WHERE id=?", one)
        self.sql("INSERT OR REPLACE INTO terminal_logs VALUES (1103, ?, ?, 2048, zeroblob(32), ?, 0, ?, ?, 0, '')", one, terminal, int(have), self.now, self.now)
        self.sql("INSERT OR REPLACE INTO terminal_logs_piece VALUES (1103, ?, 0, ?)", one, body[:int(have)])

    def bundle(self):
        """The first two cases were handed in together."""
        for part, number in enumerate(NUMBERS[:2], 1):
            self.sql("INSERT INTO case_bundle (office, number, bundle, item, part, parts) VALUES (1103,?,?,?,?,2)", number, NUMBERS[0],
                     ITEM, part)

    def opener_start(self):
        """hall-open, which alone has the key."""
        self.opener = subprocess.Popen(
            [self.build + "/hall-open", "--keys", self.work + "/open", "--log", self.work + "/openings.log", "--socket",
             self.work + "/open.sock", "--desk", self.work + "/desk.sock"],
            stdout=subprocess.PIPE, stderr=open(self.work + "/hall.log", "a"), text=True)
        self.opener.stdout.readline()

    def opener_stop(self):
        if self.opener:
            self.opener.terminate()
            self.opener.wait(60)
            self.opener.stdout.close()
        self.opener = None

    def start(self, pages):
        ours, theirs = socket.socketpair()
        self.control = ours.makefile("rw")
        self.process = subprocess.Popen(
            [self.build + "/hall", "--data", self.data, "--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--staff-pages",
             pages, "--open", self.work + "/desk.sock", "--json", "--control", "%d,%d" % (theirs.fileno(), START_MS)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=open(self.work + "/hall.log", "a"), text=True, pass_fds=[theirs.fileno()])
        theirs.close()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the hall does not start: " + open(self.work + "/hall.log").read())
        self.address, self.terminals = json.loads(line)["staff"], json.loads(line)["listening"]
        self.port = int(self.address.rsplit(":", 1)[1])
        self.origin = "https://localhost:%d" % self.port
        self.set_clock(START_MS)

    @property
    def now(self):
        """The hall's clock, which runs on."""
        return self.set + int((time.monotonic() - self.at) * 1000)

    def tell(self, line):
        self.control.write(line + "\n")
        self.control.flush()
        return self.control.readline()

    def set_clock(self, ms):
        self.tell("clock set %d" % ms)
        self.set, self.at = ms, time.monotonic()

    def advance(self, ms):
        self.tell("clock advance %d" % ms)
        self.set += ms

    def ask(self, method, path, body=None, cookie=None, headers=None):
        tls = ssl.create_default_context(cafile=self.ca)
        c = http.client.HTTPSConnection("localhost", self.port, context=tls, timeout=120)
        send = {"Origin": self.origin, "X-Tongban": "1"} if method == "POST" else {}
        if cookie:
            send["Cookie"] = cookie
        send.update(headers or {})
        send = {k: v for k, v in send.items() if v is not None}
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        c.request(method, path, body=data, headers=send)
        r = c.getresponse()
        reply = Reply(r.status, r.headers, r.read())
        c.close()
        return reply

    def sql(self, text, *values):
        db = sqlite3.connect(self.data + "/hall.db", timeout=20)
        rows = db.execute(text, values).fetchall()
        db.commit()
        db.close()
        return rows

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(60)
            self.process.stdout.close()
        code = self.process.returncode if self.process else 0
        self.process = None
        return code

    def end(self):
        code = self.stop()
        self.opener_stop()
        log = open(self.work + "/hall.log").read()
        shutil.rmtree(self.work, ignore_errors=True)
        return code, log


PEOPLE = [("0417", "测试卯", "受理岗", "window"), ("0503", "测试巳", "决定岗", "department"), ("0504", "测试申", "决定岗B", "department"),
          ("0901", "测试午", "主管", "supervisor"), ("0601", "测试酉", "终端管理", "fleet"), ("0001", "测试子", "管理岗", "administrator"),
          ("0602", "测试壬", "终端管理", "fleet"),
          ("0603", "测试丙", "终端管理", "fleet"), ("0701", "测试未", "目录", "publisher"), ("0702", "测试戊", "目录", "publisher"),
          ("0703", "测试己", "系统", "publisher"), ("0704", "测试庚", "系统", "publisher")]


def passphrase(number):
    return "一二三四五六七八九十-" + number


class Person:
    def __init__(self, hall, number, code):
        self.hall, self.number, self.code, self.key, self.cookie = hall, number, code, None, None

    def join(self, **more):
        return self.hall.ask("POST", "/api/join", {"id": self.number, "passphrase": passphrase(self.number), "once": self.code, **more})

    def begin(self):
        self.key = self.join().json()["key"]
        done = self.join(code=totp(self.key, self.hall.now))
        self.take_cookie(done)
        return done

    def take_cookie(self, reply):
        if reply.status == 200:
            self.cookie = reply.headers["Set-Cookie"].split(";")[0]

    def sign_in(self, **more):
        self.hall.advance(60000)  # a new step of the authenticator
        body = {"id": self.number, "passphrase": passphrase(self.number), "code": totp(self.key, self.hall.now), **more}
        reply = self.hall.ask("POST", "/api/sign-in", body)
        self.take_cookie(reply)
        return reply

    def get(self, path):
        return self.hall.ask("GET", path, cookie=self.cookie)

    def act(self, number, event, said_id, headers=None, **words):
        if "version" not in words:
            words["version"] = self.get("/api/case/" + number).json()["version"]
        return self.hall.ask("POST", "/api/case/%s/%s" % (number, event), {"id": said_id, **words}, self.cookie, headers)


counter = [0]


def fresh():
    counter[0] += 1
    return "%032x" % counter[0]


def hire(hall, person):
    """The one-time code."""
    number, name, post, role = person
    made = hall.ctl("--clock", "2026-01-05T08:00:00+08:00", "staff", "add", "--data", hall.data, "--office", "1103", "--id", number,
                    "--name", name, "--post", post, "--role", role, "--json")
    return json.loads(made.stdout)["code"]


def main():
    hall = Hall(sys.argv[1], sys.argv[2])
    codes = {p[0]: hire(hall, p) for p in PEOPLE}
    hall.set_clock(START_MS)
    print(json.dumps({"url": hall.origin, "ca": hall.ca, "codes": codes, "numbers": NUMBERS, "said": SAID, "now": hall.now,
                      "data": hall.data}), flush=True)
    for line in sys.stdin:
        if line.startswith("tickets"):
            hall.tickets()
            print("ok", flush=True)
        elif line.startswith("fleet"):
            hall.fleet()
            print("ok", flush=True)
        elif line.startswith("city "):
            hall.city(int(line.split()[1]))
            print("ok", flush=True)
        elif line.startswith("outlines"):
            hall.outlines()
            print("ok", flush=True)
        elif line.startswith("logs "):
            hall.logs(*line.split()[1:])
            print("ok", flush=True)
        elif line.startswith("signed "):
            print(hall.signed(int(line.split()[1]), forged="forged" in line), flush=True)
        elif line.startswith("certify"):
            hall.certify()
            print("ok", flush=True)
        elif line.startswith("system "):
            print(hall.system(line.split()[1], staff="测试己").returncode, flush=True)
        elif line.startswith("runs "):
            name, running, *more = line.split()[1:]
            state, version, why, ago, slot = (more + ["none", "", "-", "1", "a"][len(more):])
            hall.runs(name, running, state, version, why.replace("-", "", why == "-"), int(ago), slot)
            print("ok", flush=True)
        elif line.startswith("heard "):
            name, catalogue, *refused = line.split()[1:]
            hall.heard(name, int(catalogue), *([int(refused[0]), refused[1]] if refused else []))
            print("ok", flush=True)
        elif line.startswith("clock advance "):
            hall.advance(int(line.split()[2]))
            print("ok", flush=True)
        elif line.startswith("bundle"):
            hall.bundle()
            print("ok", flush=True)
        elif line.startswith("licence"):
            hall.licence()
            print("ok", flush=True)
        elif line.startswith("break audit") or line.startswith("mend audit"):
            hall.sql("UPDATE audit SET who = CASE WHEN who LIKE '%~' THEN replace(who, '~', '') ELSE who || '~' END WHERE office=1103 AND seq=3")
            print("ok", flush=True)
        elif line.startswith("opener "):
            hall.opener_stop() if "stop" in line else hall.opener_start()
            print("ok", flush=True)
        else:
            print(hall.tell(line.strip()).strip(), flush=True)
    code, log = hall.end()
    sys.stderr.write(log)
    sys.exit(code)


if __name__ == "__main__":
    main()
