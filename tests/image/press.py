#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Keys of a virtual machine's keyboard, by QMP, one after the other; or a device of it pulled out; or its panel touched, which is a
# tablet of QEMU's. Usage: press.py SOCKET KEY… | press.py SOCKET pull DEVICE | press.py SOCKET touch X,Y
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
    if sys.argv[2] == "touch":
        x, y = (int(n) for n in sys.argv[3].split(","))
        place = [{"type": "abs", "data": {"axis": a, "value": v}} for a, v in (("x", x * 32767 // 1080), ("y", y * 32767 // 1920))]
        finger = [[{"type": "btn", "data": {"down": down, "button": "left"}}] for down in (True, False)]
        for events in place, *finger:  # in one report SDL takes the button before the place
            ask("input-send-event", events=events)
            time.sleep(0.5)
        return
    for key in sys.argv[2:]:
        ask("send-key", keys=[{"type": "qcode", "data": key}], **{"hold-time": 200})
        time.sleep(1)  # a slow machine draws what follows before the next one


main()
