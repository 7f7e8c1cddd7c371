// SPDX-License-Identifier: Apache-2.0
// From a press to the last change painted, on each of the staff's pages, in a headless Chromium; beside a bare page of as many
// rows in the same browser. What the hall takes is in it; what is left after its last answer stands beside.
// Usage: paint.mjs, with {"url","rounds","pages":[{"name","hash","cookie"},…]} on stdin; rows as table.c prints them.
import { readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const BUDGET_MS = 100;
const { url, rounds, pages } = JSON.parse(readFileSync(0, 'utf8'));
const row = (verdict, what, budget, ours, more) => console.log(`${what.padEnd(38)} | ${ours.padEnd(44)} | ${more.padEnd(58)} | ${budget.padEnd(26)} | ${verdict}`);
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, acceptInsecureCerts: true,
  args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'] });

// In the page: how long until nothing changes any more, seen from behind the frame that painted the last change; and how long
// of it after the last answer was there.
function install() {
  let open = 0, data = 0;
  const real = window.fetch;
  window.fetch = async (...a) => { open++; try { const r = await real(...a); await r.clone().arrayBuffer(); data = performance.now(); return r; } finally { open--; } };
  const painted = () => new Promise((done) => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => done(performance.now()); c.port2.postMessage(0); }));
  window.measurePaint = async (go) => {
    let changed = 0, end = 0, last = null;
    const seen = new MutationObserver(() => { changed = performance.now(); last = painted().then((at) => { end = at; }); });
    seen.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
    const begin = performance.now();
    data = begin;
    go();
    while (open || !changed || performance.now() - Math.max(changed, data) < 150) await new Promise((r) => setTimeout(r, 20));
    seen.disconnect();
    await last;
    return [end - begin, Math.max(0, end - data)]; // an answer that changes nothing may be the last
  };
}
const spread = (list) => { const l = [...list].sort((a, b) => a - b); return [l[Math.floor(l.length / 2)], l[Math.min(l.length - 1, Math.floor((l.length * 99) / 100))]].map((x) => x.toFixed(0)); };

async function signedIn(cookie) {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport({ width: 1366, height: 768 });
  page.on('pageerror', (e) => { console.error(`paint: ${page.url()}: ${e.message}`); process.exit(1); }); // nothing would be painted any more
  await page.setCookie({ name: cookie.split('=')[0], value: cookie.split('=')[1], url, secure: true, path: '/' });
  await page.evaluateOnNewDocument(install);
  await page.goto(`${url}/#/nowhere`);
  await page.waitForSelector('aside');
  return page;
}
async function one(hash, cookie) {
  const page = await signedIn(cookie), took = [], after = [];
  let rows = 0;
  for (let i = 0; i <= rounds; i++) { // the first fetches the page's module
    const [all, rest] = await page.evaluate((h) => window.measurePaint(() => { location.hash = h; }), hash);
    if (i) { took.push(all); after.push(rest); }
    rows = await page.$$eval('main tr, main li, main .mark', (l) => l.length);
    await page.evaluate(() => window.measurePaint(() => { location.hash = '#/nowhere'; }));
  }
  await page.browserContext().close();
  return { took, after, rows };
}
// A table of so many rows of five cells, made by one innerHTML.
async function bare(rows) {
  const page = await (await browser.createBrowserContext()).newPage(), took = [];
  await page.setViewport({ width: 1366, height: 768 });
  await page.evaluateOnNewDocument(install);
  await page.goto('data:text/html,<main></main>');
  for (let i = 0; i <= rounds; i++) {
    const [all] = await page.evaluate((n) => window.measurePaint(() => { document.querySelector('main').innerHTML = `<table>${'<tr><td>一</td><td>二</td><td>三</td><td>四</td><td>五</td></tr>'.repeat(n)}</table>`; }), rows);
    if (i) took.push(all);
    await page.evaluate(() => window.measurePaint(() => { document.querySelector('main').innerHTML = '<p></p>'; }));
  }
  await page.browserContext().close();
  return took;
}

for (const { name, hash, cookie } of pages) {
  const { took, after, rows } = await one(hash, cookie), [p50, p99] = spread(took), [, rest] = spread(after), [beside] = spread(await bare(rows));
  row(p99 <= BUDGET_MS ? 'met' : 'MISSED', `${name}: pressed -> painted`, `<= ${BUDGET_MS} ms at p99`, `p50 ${p50}, p99 ${p99} ms`, `${rest} at p99 after the answer; ${rows} rows bare: ${beside} at p50`);
}
await browser.close();
