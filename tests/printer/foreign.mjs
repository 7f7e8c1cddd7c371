// SPDX-License-Identifier: Apache-2.0
//
// Receipts as other authors' software encodes them, for the virtual printer: NAME.bin the stream, NAME.txt what must be read
// from it. The text that receiptline's stream must give is taken from the picture (SVG) the same library draws of the same
// receipt, a line for each row; of the other library from what was asked for. Usage: foreign.mjs FOLDER
import { deflateSync } from "node:zlib";
import { writeFileSync } from "node:fs";
import receiptline from "receiptline";
import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";

const folder = process.argv[2];
const SIZE = 48; // test_foreign.c looks for the same picture
const QR = "TB1:1103003261119000274:T-1103-003";
const dark = (x, y) => (x * 7 + y * 13) % 11 < 4 || x === 0 || y === 0 || x === SIZE - 1 || y === SIZE - 1;

function crc(bytes) {
  let c = 0xffffffff;
  for (const b of bytes) {
    c ^= b;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(8 + body.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), 4 + body.length);
  return out;
}

function png() {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIZE, 0);
  head.writeUInt32BE(SIZE, 4);
  head[8] = 8; // grey
  const rows = Buffer.alloc(SIZE * (SIZE + 1));
  for (let y = 0; y < SIZE; y++) for (let x = 0; x < SIZE; x++) rows[y * (SIZE + 1) + 1 + x] = dark(x, y) ? 0 : 255;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0)),
  ]);
}

// The codes need a quiet zone: nothing stands close above or below.
const receipt = (rare) => `城东政务服务自助区 | 一层
{width:*}
^^^收件凭证
-
办件编号 1103 003 261119 00027 4
{width:12 *;border:line}
事项|高龄津贴申领
申请人|测*甲 → ①
{width:auto;border:space}
{image:${png().toString("base64")}}


{code:${QR};option:qrcode,5,M}

{code:A03-001;option:code128,2,72,hri}
${rare}
请保管好这张凭证，长长的一行到了纸边要接到下一行去，一个字也不能少。
`;

// Rows of <text> by their height, each row from left to right.
function linesOf(svg) {
  const rows = new Map();
  for (const [, y, inside] of svg.matchAll(/<g transform="translate\([\d.-]+,([\d.]+)\)">(.*?)<\/g>/gs)) {
    const signs = [...inside.matchAll(/<tspan x="([\d.]+)">(.*?)<\/tspan>/gs)];
    if (signs.length) rows.set(+y, (rows.get(+y) ?? "") + signs.map((s) => s[2]).join(""));
  }
  const text = [...rows].sort((a, b) => a[0] - b[0]).map((r) => r[1]).join("\n");
  return text.replace(/&#(x?)([0-9a-f]+);/g, (_, hex, n) => String.fromCodePoint(parseInt(n, hex ? 16 : 10)));
}

function keep(name, stream, text) {
  writeFileSync(`${folder}/${name}.bin`, stream);
  writeFileSync(`${folder}/${name}.txt`, text.replace(/[ \u00a0]+/g, " ") + "\n");
}

const fourByte = "镕㐀𠮷龦", twoByte = "镕龥丂";
for (const [name, command, cpl, rare] of [["epson", "epson", 48, fourByte], ["generic", "generic", 48, fourByte], ["58", "generic", 32, twoByte]]) {
  const draw = (as) => receiptline.transform(receipt(rare), { cpl, encoding: "gb18030", spacing: false, cutting: true, command: as });
  keep(`receiptline-${name}`, Buffer.from(draw(command), "binary"), linesOf(draw("svg")));
}

const data = new Uint8ClampedArray(SIZE * SIZE * 4);
for (let y = 0; y < SIZE; y++)
  for (let x = 0; x < SIZE; x++) data.set(dark(x, y) ? [0, 0, 0, 255] : [255, 255, 255, 255], (y * SIZE + x) * 4);
for (const imageMode of ["column", "raster"])
  keep(
    `point-of-sale-${imageMode}`,
    new ReceiptPrinterEncoder({ language: "esc-pos", columns: 48, imageMode, codepageMapping: "epson" })
      .initialize().codepage("auto")
      .line("Überweisung 3,50 €").line("Ελλάδα Привет Łódź")
      .bold(true).line("bold").bold(false).underline(true).line("underlined").underline(false)
      .size(2, 2).line("big").size(1, 1).align("center").line("in the middle").align("left")
      .table([{ width: 20, align: "left" }, { width: 20, align: "right" }], [["Item", "1103"], ["Sum", "7,00"]])
      .rule().newline()
      .image({ data, width: SIZE, height: SIZE }, SIZE, SIZE, "threshold", 128).newline().newline()
      .qrcode(QR, { model: 2, size: 5, errorlevel: "m" }).newline()
      .barcode("A03-001", "code128", { height: 60, text: true })
      .newline().cut("partial").encode(),
    "Überweisung 3,50 €\nΕλλάδα Привет Łódź\nbold\nunderlined\nbig\nin the middle\nItem 1103\nSum 7,00\nA03-001",
  );
