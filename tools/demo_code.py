# SPDX-License-Identifier: Apache-2.0
#
# What an authenticator on a phone would show now (RFC 6238), for the demo, whose people have no phone. Usage: demo_code.py KEY
import base64
import hashlib
import hmac
import struct
import sys
import time

key = "".join(sys.argv[1:]).upper()
mac = hmac.new(base64.b32decode(key + "=" * (-len(key) % 8)), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
at = mac[-1] & 15
print("%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000))
