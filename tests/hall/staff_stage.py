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
import os
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


def totp(key, ms):
    """RFC 6238, written anew."""
    pad = key + "=" * (-len(key) % 8)
    mac = hmac.new(base64.b32decode(pad), struct.pack(">Q", ms // 30000), hashlib.sha1).digest()
    at = mac[-1] & 15
    return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000)


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class Hall:
    def __init__(self, build, pages):
        self.build = os.path.abspath(build)
        self.work = tempfile.mkdtemp(prefix="tongban-staff-")
        self.data, self.keys = self.work + "/hall", self.work + "/keys"
        self.set, self.at = START_MS, time.monotonic()
        self.ctl("keys", "init", "--keys", self.keys, "--data", self.data, "--test")
        self.ctl("catalog", "build", "tests/catalogues/zone", "--calendar", "assets/catalog/calendar", "--out", self.work + "/1.db",
                 "--version", "1")
        self.ctl("catalog", "sign", self.work + "/1.db", "--keys", self.keys, "--data", self.data)
        self.ctl("catalog", "publish", "--data", self.data)
        self.ctl("terminal", "add", "--data", self.data, "--id", "t-1", "--office", "1103", "--place", "tools/scenario/place.json",
                 "--hall", "https://127.0.0.1:1", "--out", self.work + "/sheet")
        self.ctl("staff", "door", "--data", self.data, "--host", "hall.example.cn")
        self.deliver()
        self.ctl("rebuild", "--data", self.data)
        self.ca = self.data + "/tls/ca.crt"
        self.process = None
        self.start(pages)

    def ctl(self, *arguments, fails=False):
        done = subprocess.run([self.build + "/hallctl", *arguments], cwd=ROOT, capture_output=True, text=True)
        if not fails and done.returncode:
            raise SystemExit("hallctl %s: %s" % (" ".join(arguments), done.stderr))
        return done

    def deliver(self):
        """Five applications of one item, of 5 January 2026, one in the morning."""
        at, zeros = 1767546000000, bytes(32)
        db = sqlite3.connect(self.data + "/hall.db")
        db.execute("UPDATE terminal SET epoch=?, registration=1", (EPOCH,))
        db.execute("INSERT INTO chain VALUES (1103,'t-1',?,1,?,5,?,?,?)", (EPOCH, b"\0", zeros, b"\0", at))
        for i, number in enumerate(NUMBERS):
            seq = i + 1
            header = json.dumps({"v": 1, "terminal": "t-1", "epoch": EPOCH.hex(), "seq": seq, "at": at,
                                 "boot": "00000000-0000-4000-8000-000000000000", "up": 1, "clock": "trusted", "kind": "application",
                                 "id": "%032x" % seq, "key": "0102030405060708", "number": number, "item": ITEM,
                                 "item_version": 3, "form_version": 1}, separators=(",", ":")).encode()
            db.execute("INSERT INTO record VALUES (1103,'t-1',?,?,?,'application',?,?,?,0,?,?,?,?)",
                       (EPOCH, seq, seq.to_bytes(16, "big"), number, at, at + 120000, zeros, header, b"\0", zeros))
        db.commit()
        db.close()

    def start(self, pages):
        ours, theirs = socket.socketpair()
        self.control = ours.makefile("rw")
        self.process = subprocess.Popen(
            [self.build + "/hall", "--data", self.data, "--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--staff-pages",
             pages, "--json", "--control", "%d,%d" % (theirs.fileno(), START_MS)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=open(self.work + "/hall.log", "a"), text=True, pass_fds=[theirs.fileno()])
        theirs.close()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the hall does not start: " + open(self.work + "/hall.log").read())
        self.address = json.loads(line)["staff"]
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
        c = http.client.HTTPSConnection("localhost", self.port, context=tls, timeout=30)
        send = {"Origin": self.origin, "X-Tongban": "1"} if method == "POST" else {}
        if cookie:
            send["Cookie"] = cookie
        send.update(headers or {})
        send = {k: v for k, v in send.items() if v is not None}
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        c.request(method, path, body=data, headers=send)
        r = c.getresponse()
        reply = Reply(r.status, r.headers, r.read().decode())
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
        log = open(self.work + "/hall.log").read()
        shutil.rmtree(self.work, ignore_errors=True)
        return code, log


PEOPLE = [("0417", "测试卯", "受理岗", "window"), ("0503", "测试巳", "决定岗", "department"), ("0504", "测试申", "决定岗B", "department"),
          ("0901", "测试午", "主管", "supervisor"), ("0001", "测试子", "管理岗", "administrator")]


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
    print(json.dumps({"url": hall.origin, "ca": hall.ca, "codes": codes, "numbers": NUMBERS, "now": hall.now,
                      "data": hall.data}), flush=True)
    for line in sys.stdin:
        print(hall.tell(line.strip()).strip(), flush=True)
    code, log = hall.end()
    sys.stderr.write(log)
    sys.exit(code)


if __name__ == "__main__":
    main()
