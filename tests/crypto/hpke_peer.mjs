// SPDX-License-Identifier: Apache-2.0
//
// Opens a box that crypto/test_seal.c sealed, with an implementation of RFC 9180 that shares no line with ours.
// Usage: node hpke_peer.mjs BOX.json; prints ok and not ok lines.
import { readFile } from "node:fs/promises";
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

const POINT = 65;
const bytes = (text) => new TextEncoder().encode(text);
const unhex = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });

async function open(box, info, aad) {
  const recipientKey = await suite.kem.importKey("raw", unhex(box.key), false);
  const sealed = unhex(box.sealed);
  const params = { recipientKey, enc: sealed.slice(0, POINT), info: bytes(info) };
  return new Uint8Array(await suite.open(params, sealed.slice(POINT), bytes(aad)));
}

async function refused(box, info, aad) {
  try {
    await open(box, info, aad);
    return false;
  } catch {
    return true;
  }
}

function report(name, passed) {
  console.log(`${passed ? "ok" : "not ok"} ${name}`);
  if (!passed) process.exitCode = 1;
}

const box = JSON.parse(await readFile(process.argv[2], "utf8"));
const padded = await open(box, box.info, box.aad).catch(() => new Uint8Array());
const plain = new TextDecoder().decode(padded).replace(/\0+$/, "");
report("hpke_core_opens_our_box", padded.length % 256 === 0 && plain === box.plain);
report("hpke_core_refuses_another_header", await refused(box, box.info, `${box.aad} `));
report("hpke_core_refuses_another_kind", await refused(box, "tongban/feedback/1", box.aad));
