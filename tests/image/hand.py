#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Has a test's machine do something, by the shell on its third serial line, and prints what it says. The exit code is the
# command's; 100: it did not answer in time, 101: the machine is gone. Usage: hand.py SOCKET SECONDS COMMAND
import os
import re
import socket
import sys
import time


def main():
    path, seconds, command = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    end = time.monotonic() + seconds
    mark = "%08x" % int.from_bytes(os.urandom(4), "big")
    answer = re.compile(f"BEGIN{mark}\r?\n(.*)END{mark} (\\d+)\r?\n".encode(), re.DOTALL)
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(path)
        line.settimeout(1)
        # A line of its own first: what an earlier one left half said must not spoil it. The tty echoes and the shell prompts
        # before the command runs: so its answer is what stands between two marks, which are split in what is sent.
        line.sendall(f"\n{{ echo BEGIN''{mark}\n{command}\n}} 2>&1; echo END''{mark} $?\n".encode())
        said = b""
        while time.monotonic() < end:
            try:
                more = line.recv(4096)
            except socket.timeout:
                continue
            if not more:
                sys.exit(101)
            said += more
            found = answer.search(said)
            if found:
                print(found[1].decode(errors="replace").replace("\r", ""), end="")
                sys.exit(int(found[2]))
    except (ConnectionError, FileNotFoundError):
        sys.exit(101)
    print(said.decode(errors="replace"))
    sys.exit(100)


main()
