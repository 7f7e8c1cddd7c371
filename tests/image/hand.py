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
    mark = "END%08x" % int.from_bytes(os.urandom(4), "big")
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(path)
        line.settimeout(1)
        # a line of its own first: what an earlier one left half said must not spoil it; the mark is split, for the tty echoes
        line.sendall(("\n{ %s\n} 2>&1; echo %s''%s $?\n" % (command, mark[:4], mark[4:])).encode())
        said = b""
        while time.monotonic() < end:
            try:
                more = line.recv(4096)
            except socket.timeout:
                continue
            if not more:
                sys.exit(101)
            said += more
            found = re.search((mark + r" (\d+)").encode(), said)
            if found:
                text = said[: found.start()].decode(errors="replace").replace("\r", "")
                # the echo of what was sent ends with the line that says the mark
                print(text.split("%s''%s $?\n" % (mark[:4], mark[4:]), 1)[-1], end="")
                sys.exit(int(found[1]))
    except (ConnectionError, FileNotFoundError):
        sys.exit(101)
    print(said.decode(errors="replace"))
    sys.exit(100)


main()
