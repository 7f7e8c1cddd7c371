// SPDX-License-Identifier: Apache-2.0
//
// What our encoder wrote, read by a decoder that shares nothing with it or with the virtual printer: a few commands, and
// node's own GB 18030; with iconv-lite (of npm) where it is there. The text must be what the virtual printer read.
// Usage: decode.mjs FOLDER (NAME.bin and NAME.txt, as test_papers keeps them)
import { readFileSync, readdirSync } from "node:fs";

const folder = process.argv[2];
const judges = { node: (bytes) => new TextDecoder("gb18030").decode(bytes) };
try {
  const iconv = (await import("iconv-lite")).default;
  judges.iconv_lite = (bytes) => iconv.decode(Buffer.from(bytes), "gb18030");
} catch {
  console.log("# iconv-lite is not installed");
  console.log("skip iconv_lite_reads_the_papers");
}

// Bytes of a command from its first one on, for those that the encoder has; undefined for any other.
const word = (b, i) => b[i] | (b[i + 1] << 8);
const lengths = {
  "\x1b@": () => 2, "\x1bt": () => 3, "\x1b3": () => 3, "\x1bE": () => 3, "\x1ba": () => 3, "\x1b!": () => 3, "\x1bJ": () => 3,
  "\x1b*": (b, i) => 5 + word(b, i + 3) * 3,
  "\x1c&": () => 2, "\x1c!": () => 3, "\x1c2": () => 76,
  "\x1d!": () => 3, "\x1da": () => 3, "\x1dr": () => 3, "\x1dV": (b, i) => (b[i + 2] < 65 ? 3 : 4),
  "\x1d(": (b, i) => 5 + word(b, i + 3),
  "\x1de": (b, i) => (b[i + 2] === 3 ? 4 : 3),
  "\x1dv": (b, i) => 8 + word(b, i + 4) * word(b, i + 6),
  "\x10\x04": () => 3, "\x10\x05": () => 3,
};

// Lines of bytes as they were sent; a taught glyph becomes U+FFFC.
function textOf(bytes, decode) {
  const lines = [];
  let line = [], words = "";
  const flush = () => { words += decode(Uint8Array.from(line)); line = []; };
  const end = () => { flush(); if (words.trim()) lines.push(words); words = ""; };
  for (let i = 0; i < bytes.length; ) {
    const b = bytes[i];
    if (b === 0x1b || b === 0x1c || b === 0x1d || b === 0x10) {
      const length = lengths[String.fromCharCode(b, bytes[i + 1])];
      if (!length) throw new Error(`byte ${i}: a command ${b.toString(16)} ${bytes[i + 1].toString(16)} that is not the encoder's`);
      if (b === 0x1b && bytes[i + 1] === 0x4a) end();
      i += length(bytes, i);
    } else if (b === 0x0a) {
      end();
      i++;
    } else if (b === 0xfe && bytes[i + 1] >= 0xa1) {
      flush();
      words += "\ufffc";
      i += 2;
    } else {
      line.push(b);
      if (b >= 0x81) line.push(bytes[i + 1]);
      i += b >= 0x81 ? 2 : 1;
    }
  }
  end();
  return lines;
}

// Frames and rules are pictures or keep a distance: what is compared are the words.
const words = (lines) => lines.map((l) => l.replace(/ +/g, "")).filter((l) => l).join("\n");

for (const [judge, decode] of Object.entries(judges)) {
  const names = readdirSync(folder).filter((n) => n.endsWith(".bin")).map((n) => n.slice(0, -4)).sort();
  let failed = names.length ? 0 : 1;
  for (const name of names) {
    let got;
    try {
      got = words(textOf(readFileSync(`${folder}/${name}.bin`), decode));
    } catch (e) {
      got = e.message;
    }
    const want = words(readFileSync(`${folder}/${name}.txt`, "utf8").split("\n"));
    if (got === want) continue;
    const at = got.split("\n").findIndex((l, i) => l !== want.split("\n")[i]);
    console.log(`# ${name}, line ${at + 1}: ${judge} read "${got.split("\n")[at]}", the virtual printer "${want.split("\n")[at]}"`);
    failed = 1;
  }
  console.log(`# ${names.length} papers`);
  console.log(`${failed ? "not ok" : "ok"} ${judge}_reads_the_papers`);
  if (failed) process.exitCode = 1;
}
