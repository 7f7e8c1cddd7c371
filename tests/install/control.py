#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# A finger for `install`: starts it with --control and does what stands on standard input, a line each:
#     see TEXT     until a node's label begins so (or its id is #TEXT)
#     tap TEXT     touch that node
#     run COMMAND  a command of the shell
#     kill         the program, as a power cut does
#     end          until it has ended; its output follows
# Usage: control.py PROGRAM OPTION…
import json
import os
import socket
import subprocess
import sys
import time

PATIENCE_S = 120


class Screen:
    def __init__(self, argv):
        ours, theirs = socket.socketpair()
        self.program = subprocess.Popen(argv + ["--control", str(theirs.fileno())], pass_fds=[theirs.fileno()],
                                        stdout=subprocess.PIPE, env=dict(os.environ, SDL_VIDEODRIVER="dummy"))
        theirs.close()
        self.lines = ours.makefile("rw")

    def ask(self, request):
        self.lines.write(request + "\n")
        self.lines.flush()
        return json.loads(self.lines.readline())

    def nodes(self):
        return self.ask("nodes")["view"]["nodes"]

    def find(self, text):
        for node in self.nodes():
            if node["id"] == text[1:] if text.startswith("#") else node["label"].startswith(text):
                return node
        return None

    def see(self, text):
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            node = self.find(text)
            if node:
                return node
            time.sleep(0.05)
        labels = [n["label"] for n in self.nodes()]
        sys.exit("control: %s is not there, but: %s" % (text, ", ".join(labels)))

    def tap(self, text):
        node = self.see(text)
        at = "%d %d" % (node["x"] + node["w"] // 2, node["y"] + node["h"] // 2)
        self.ask("down " + at)
        self.ask("up " + at)


screen = Screen(sys.argv[1:])
try:
    for line in sys.stdin:
        verb, _, rest = line.strip().partition(" ")
        if verb == "see":
            screen.see(rest)
        elif verb == "tap":
            screen.tap(rest)
        elif verb == "run":
            subprocess.run(rest, shell=True, check=True)
        elif verb == "kill":
            screen.program.kill()
            screen.program.wait()
        elif verb == "end":
            out, _ = screen.program.communicate(timeout=PATIENCE_S)
            sys.stdout.write(out.decode())
finally:
    if screen.program.poll() is None:
        screen.program.kill()
