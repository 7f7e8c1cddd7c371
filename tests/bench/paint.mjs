// SPDX-License-Identifier: Apache-2.0
// Each of the staff's pages in a headless Chromium, from a press to the last change painted: processor time of the page's own
// thread, by what it went into, and the clock's beside, which on a machine that does other things is theirs too; beside both a
// bare page of as many rows in the same browser. And the first page of a browser that has nothing yet: its bytes without the
// figures on it, and how many answers it waits for one after the other. Usage: paint.mjs, with {"url","rounds","pages":[{"name","hash","cookie"},…]} on
// stdin; rows as table.c prints them.
import { readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const BUDGET_MS = 100, FIRST_KB = 60, FIRST_WAITS = 4, FAR_MS = 300;
const { url, rounds, pages } = JSON.parse(readFileSync(0, 'utf8'));
const row = (verdict, what, budget, ours, more) => console.log(`${what.padEnd(38)} | ${ours.padEnd(44)} | ${more.padEnd(58)} | ${budget.padEnd(26)} | ${verdict}`);
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, acceptInsecureCerts: true,
  args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'] });

// In the page: how long until nothing changes any more, seen from behind the frame that painted the last change.
function install() {
  let open = 0, data = 0;
  const real = window.fetch;
  window.fetch = async (...a) => { open++; try { return await real(...a); } finally { open--; data = performance.now(); } };
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
    return end - begin;
  };
}
const at = (list, part) => { const l = [...list].sort((a, b) => a - b); return l[Math.min(l.length - 1, Math.floor(l.length * part))]; };

async function open(address, cookie) {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport({ width: 1366, height: 768 });
  page.on('pageerror', (e) => { console.error(`paint: ${page.url()}: ${e.message}`); process.exit(1); }); // nothing would be painted any more
  if (cookie) await page.setCookie({ name: cookie.split('=')[0], value: cookie.split('=')[1], url, secure: true, path: '/' });
  await page.evaluateOnNewDocument(install);
  await page.goto(address);
  return page;
}

// Processor time of the page's thread, in ms, by what it went into; and the clock's.
const PARTS = { all: 'TaskDuration', script: 'ScriptDuration', style: 'RecalcStyleDuration', layout: 'LayoutDuration' };
async function measured(page, cdp, go, ...given) {
  const read = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map((m) => [m.name, m.value * 1000]));
  const before = await read(), clock = await page.evaluate(go, ...given), after = await read();
  return { clock, ...Object.fromEntries(Object.entries(PARTS).map(([k, name]) => [k, after[name] - before[name]])) };
}
async function watched(page) {
  const cdp = await page.createCDPSession();
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return cdp;
}

async function one(hash, cookie) {
  const page = await open(`${url}/#/nowhere`, cookie), took = [];
  await page.waitForSelector('aside');
  const cdp = await watched(page);
  let rows = 0;
  for (let i = 0; i <= rounds; i++) { // the first fetches the page's module
    const m = await measured(page, cdp, (h) => window.measurePaint(() => { location.hash = h; }), hash);
    if (i) took.push(m);
    rows = await page.$$eval('main tr, main li, main .mark', (l) => l.length);
    await page.evaluate(() => window.measurePaint(() => { location.hash = '#/nowhere'; }));
  }
  await page.browserContext().close();
  return { took, rows };
}
// A table of so many rows of five cells, made by one innerHTML.
async function bare(rows) {
  const page = await open('data:text/html,<main></main>'), cdp = await watched(page), took = [];
  for (let i = 0; i <= rounds; i++) {
    const m = await measured(page, cdp, (n) => window.measurePaint(() => { document.querySelector('main').innerHTML = `<table>${'<tr><td>一</td><td>二</td><td>三</td><td>四</td><td>五</td></tr>'.repeat(n)}</table>`; }), rows);
    if (i) took.push(m);
    await page.evaluate(() => window.measurePaint(() => { document.querySelector('main').innerHTML = '<p></p>'; }));
  }
  await page.browserContext().close();
  return took;
}

// Until the page's title stands there, in a browser that has nothing; each answer takes `ms` longer.
async function first({ hash, cookie }, ms) {
  const page = await open('about:blank'), cdp = await page.createCDPSession();
  let bytes = 0, answers = 0;
  const data = new Set(); // the hall's answers; all else are pages, words and pictures
  cdp.on('Network.requestWillBeSent', (e) => { if (e.request.url.startsWith(`${url}/api/`)) data.add(e.requestId); });
  cdp.on('Network.loadingFinished', (e) => { answers++; if (!data.has(e.requestId)) bytes += e.encodedDataLength; });
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: ms, downloadThroughput: -1, uploadThroughput: -1 });
  await page.setCookie({ name: cookie.split('=')[0], value: cookie.split('=')[1], url, secure: true, path: '/' });
  const begin = performance.now();
  await page.goto(`${url}/${hash}`, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('h1', { polling: 'raf' });
  const took = performance.now() - begin;
  await page.browserContext().close();
  return { took, bytes, answers };
}
const near = await first(pages[0], 0), far = await first(pages[0], FAR_MS), waits = Math.round((far.took - near.took) / FAR_MS), kb = near.bytes / 1024;
row(waits <= FIRST_WAITS && kb < FIRST_KB ? 'met' : 'MISSED', 'the first page of a new browser', `<= ${FIRST_WAITS}, < ${FIRST_KB} kB`, `${waits} answers one after the other`, `${near.answers} in all, ${kb.toFixed(0)} kB without figures, ${near.took.toFixed(0)} ms by the clock`);

for (const { name, hash, cookie } of pages) {
  const { took, rows } = await one(hash, cookie), beside = await bare(rows), of = (k, part, list = took) => at(list.map((m) => m[k]), part).toFixed(0);
  row(at(took.map((m) => m.all), 0.99) <= BUDGET_MS ? 'met' : 'MISSED', `${name}: pressed -> painted`, `<= ${BUDGET_MS} ms at p99`, `p50 ${of('all', 0.5)}, p99 ${of('all', 0.99)} ms of CPU`,
    `script ${of('script', 0.5)}, style ${of('style', 0.5)}, layout ${of('layout', 0.5)}; clock ${of('clock', 0.5)}, ${of('clock', 0.99)}; ${rows} rows bare ${of('all', 0.5, beside)}`);
}
await browser.close();
