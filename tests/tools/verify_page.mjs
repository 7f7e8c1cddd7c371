// SPDX-License-Identifier: Apache-2.0
//
// The page that verifies papers, in a headless Chromium without a network, as large as a phone: on stdin lines "NAME<TAB>what it
// must say, good, bad or not<TAB>the code, its lines parted by |". Usage: verify_page.mjs PAGE [PICTURE]
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

const [page_file, picture] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
const troubles = [];
page.on('pageerror', (e) => troubles.push(e.message));
page.on('console', (m) => m.type() === 'error' && troubles.push(m.text()));
await page.setOfflineMode(true);
await page.setViewport({ width: 390, height: 844 });
await page.goto(`file://${page_file}`);
let failed = false;
for await (const line of createInterface({ input: process.stdin })) {
  const [name, want, code] = line.split('\t');
  await page.evaluate((text) => {
    const box = document.querySelector('#code');
    box.value = '';
    box.dispatchEvent(new Event('input')); // what was said is gone
    box.value = text;
    box.dispatchEvent(new Event('input'));
  }, code.replaceAll('|', '\n'));
  await page.waitForFunction(() => !document.querySelector('#said').hidden, { polling: 50 });
  const said = await page.evaluate(() => [document.querySelector('#said').className, document.querySelector('#said').innerText]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  const ok = said[0] === want && !wide && troubles.length === 0;
  if (!ok) console.log(`# ${JSON.stringify([said, wide, troubles])}`);
  console.log(`${ok ? 'ok' : 'not ok'} papers: on a phone, ${name}`);
  failed |= !ok;
  if (picture) await page.screenshot({ path: `${picture}-${said[0]}.png` });
}
await browser.close();
process.exitCode = failed ? 1 : 0;
