#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Keys of a virtual machine's keyboard, by QMP, one after the other; or a device of it pulled out.
# Usage: press.py SOCKET KEY… | press.py SOCKET pull DEVICE
import json
import socket
import sys
import time


def main():
    line = socket.socket(socket.AF_UNIX)
    line.connect(sys.argv[1])
    lines = line.makefile("rw")
    lines.readline()

    def ask(command, **arguments):
        lines.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        lines.flush()
        while True:
            answer = json.loads(lines.readline())
            if "error" in answer:
                sys.exit("press: %s: %s" % (command, answer["error"]["desc"]))
            if "return" in answer:
                return

    ask("qmp_capabilities")
    if sys.argv[2] == "pull":
        ask("device_del", id=sys.argv[3])
        return
    for key in sys.argv[2:]:
        ask("send-key", keys=[{"type": "qcode", "data": key}], **{"hold-time": 200})
        time.sleep(1)  # a slow machine draws what follows before the next one


main()
