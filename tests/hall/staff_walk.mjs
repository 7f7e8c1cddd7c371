// SPDX-License-Identifier: Apache-2.0
// The staff's pages in a headless Chromium, by keyboard: an account begins, a case goes from received to decided, the line
// drops in the middle of a sentence, a colleague is faster. Pictures of each page go to SHOTS, where that is named.
// Usage: staff_walk.mjs BUILD; ONLY=fleet, map, duty, publish or system: those pages alone; ONLY=newcomer: what no other walk plays, for its
// cases are counted there; ONLY=line: the line drops on every page; ONLY=days: each role's day, by keyboard,
// with HAND=mouse by mouse; ONLY=looks: the days, then every page in both languages
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createInterface } from 'node:readline';
import { mkdirSync, readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { fleet } from './staff_walk_fleet.mjs';
import { map } from './staff_walk_map.mjs';
import { duty } from './staff_walk_duty.mjs';
import { publish } from './staff_walk_publish.mjs';
import { system } from './staff_walk_system.mjs';
import { newcomer } from './staff_walk_newcomer.mjs';
import { days } from './staff_walk_days.mjs';
import { looks } from './staff_walk_looks.mjs';
import { line } from './staff_walk_line.mjs';

const build = process.argv[2], shots = process.env.SHOTS;
let failed = false;
const check = (name, ok, seen = '') => {
  if (!ok) { failed = true; console.log(`# ${JSON.stringify(seen).slice(0, 600)}`); }
  console.log(`${ok ? 'ok' : 'not ok'} staff pages: ${name}`);
};

// --- the hall ---
const stage = spawn('python3', ['tests/hall/staff_stage.py', build, `${build}/staff`], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: stage.stdout })[Symbol.asyncIterator]();
const hall = JSON.parse((await lines.next()).value);
let now = hall.now, began = Date.now();
const tell = async (line) => { stage.stdin.write(`${line}\n`); return (await lines.next()).value; };
const advance = async (ms) => { now += ms; await tell(`clock advance ${ms}`); };
function totp(key) {
  const bits = [...key].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((now + Date.now() - began) / 30000)));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// --- the browser ---
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, acceptInsecureCerts: true, timeout: 120000,
  args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN'] });
const troubles = [];
async function person() {
  const context = await browser.createBrowserContext(), page = await context.newPage();
  await page.setViewport({ width: 1366, height: 768 });
  page.on('pageerror', (e) => troubles.push(e.message));
  page.on('console', (m) => m.type() === 'error' && !/status of (4\d\d|50[23])|ERR_INTERNET|ERR_CONNECTION_RESET/.test(m.text()) && troubles.push(m.text()));
  page.setDefaultTimeout(120000);
  return page;
}
// axe-core runs beside the page's own script, by the debugger: the page's Content-Security-Policy lets in nothing.
const AXE = readFileSync('tests/node_modules/axe-core/axe.min.js', 'utf8');
const look = async (page) => {
  await page.evaluate(AXE);
  return page.evaluate(async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`));
};
const shot = async (page, name) => {
  if (shots) { mkdirSync(shots, { recursive: true }); await page.screenshot({ path: `${shots}/${name}.png` }); }
  const axe = await look(page);
  check(`${name} can be used by everybody (axe-core)`, axe.length === 0, axe);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth || document.querySelector('.mid')?.scrollWidth > document.querySelector('.mid')?.clientWidth);
  check(`${name} needs no sideways scrolling`, !wide);
};
const text = (page) => page.evaluate(() => document.body.innerText);
const says = (page, words) => page.waitForFunction((w) => document.body.innerText.includes(w), { polling: 100 }, words).then(() => true, async () => { console.log(`# ${(await text(page)).slice(0, 900)}`); return false; });
const holds = (page, selector, words) => page.waitForFunction((q, w) => document.querySelector(q)?.value === w, { polling: 100 }, selector, words).then(() => true, () => false);
const main = async (page) => { await page.keyboard.down('Control'); await page.keyboard.press('Enter'); await page.keyboard.up('Control'); };
const at = (page, hash) => page.waitForFunction((h) => location.hash === h && document.querySelector("h1"), { polling: 100 }, hash);
const type = async (page, selector, words) => { await page.waitForSelector(selector); await page.type(selector, words); };
const front = async (page) => { // and keys go there
  await page.bringToFront();
  await page.waitForFunction(() => document.hasFocus(), { polling: 100 });
};
const press = async (page, words) => { // once it can be pressed
  await page.waitForFunction((w) => {
    const button = [...document.querySelectorAll('button, a')].find((b) => b.innerText.includes(w));
    if (!button || button.getAttribute('aria-disabled') === 'true') return false;
    button.click();
    return true;
  }, { polling: 100 }, words);
};

// From a one-time code to today, by keyboard alone: a person's first minutes.
const keys = {}; // of their authenticators
async function join(page, id) {
  await page.goto(hall.url);
  await page.waitForSelector('input[name=id]');
  if (id === '0417') await shot(page, '01-sign-in');
  await press(page, '第一次来');
  await page.waitForSelector('input[name=once]');
  await page.focus('input[name=id]');
  for (const words of [id, hall.codes[id], `一二三四五六七八九十-${id}`]) {
    await page.keyboard.type(words);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.waitForSelector('.key');
  if (id === '0417') await shot(page, '01-join');
  const key = await page.$eval('.key', (e) => e.innerText);
  await page.focus('input[name=code]');
  await page.keyboard.type(totp(key));
  await page.keyboard.press('Enter');
  await page.waitForSelector('aside');
  keys[id] = key;
  return key;
}
// Whoever has joined, signed in by keyboard in a browser of his own; another joins.
async function begin(id) {
  const page = await person();
  await front(page);
  if (!keys[id]) { await join(page, id); return page; }
  await advance(60000); // a new step of the authenticator
  await page.goto(hall.url);
  await page.waitForSelector('input[name=id]');
  await page.focus('input[name=id]');
  for (const words of [id, `一二三四五六七八九十-${id}`, totp(keys[id])]) { await page.keyboard.type(words); await page.keyboard.press('Tab'); }
  await page.focus('input[name=code]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('aside');
  return page;
}

// A window: open it, call, recall, here, absent, back, on to another queue, done; the board shows it, also when the line is down.
async function calls(clerk, board) {
  await tell('tickets');
  await clerk.setViewport({ width: 400, height: 768 });
  await clerk.goto(`${hall.url}/#/call`);
  check('which window, which queues', await says(clerk, '今天坐几号窗口'));
  await shot(clerk, '06-queue-open');
  await clerk.type('main input[inputmode]', '3');
  await clerk.evaluate(() => document.querySelectorAll('input[type=checkbox]').forEach((c) => c.click()));
  await press(clerk, '开窗口');
  check('who waits, and who is next', await says(clerk, '叫 C001') && await says(clerk, '一共 4 人在等'));
  await board.goto(`${hall.url}/board.html?office=1103`);
  await board.setViewport({ width: 1920, height: 1080 });
  check('the board: nobody is called', await says(board, '现在没有叫号'));
  await front(clerk);
  await clerk.evaluate(() => { // three presses at one moment
    for (let i = 0; i < 3; i++) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'F2', code: 'F2', bubbles: true }));
  });
  check('called', await says(clerk, '叫了 C001'));
  check('pressed again at once nobody else is called', (await clerk.$eval('.at .n', (e) => e.innerText)) === 'C001');
  await clerk.keyboard.press('F4');
  check('called again', await says(clerk, '又叫了 C001'));
  await clerk.keyboard.press('F8');
  check('absent', await says(clerk, '没来，记下了'));
  await press(clerk, '回来了');
  check('and back', await says(clerk, 'C001 回来了'));
  await new Promise((r) => setTimeout(r, 2000));
  await clerk.keyboard.press('F2');
  check('who came back is next', await says(clerk, '叫了 C001'));
  await clerk.keyboard.press('F6');
  check('here', await says(clerk, '正在办'));
  await shot(clerk, '06-queue-narrow');
  await front(board);
  check('the board shows number and window', await says(board, 'C001') && await says(board, '号窗口'));
  await shot(board, '15-board');
  const small = await board.evaluate(() => [...document.querySelectorAll('body *')].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 59.9).map((e) => e.outerHTML));
  check('no text of the board is under 60 px', small.length === 0, small);
  await board.setOfflineMode(true);
  check('the line is down: the picture stays, with its time', await says(board, '起断线，请听窗口叫号') && (await text(board)).includes('C001'));
  await shot(board, '15-board-offline');
  await board.setOfflineMode(false);
  await board.waitForFunction(() => !document.body.innerText.includes('断线'), { polling: 100 });
  await front(clerk);
  await new Promise((r) => setTimeout(r, 2000));
  await clerk.keyboard.press('F2');
  check('done, and the next is called', await says(clerk, '办完了，下一位 A001'));
  await press(clerk, '转走…');
  await press(clerk, '转到社保医保');
  check('sent on with the same number', await says(clerk, 'A001 转走了'));
  await clerk.keyboard.press('F9');
  await press(clerk, '暂停窗口');
  check('the window is paused', await says(clerk, '今天坐几号窗口'));
  await clerk.setViewport({ width: 1366, height: 768 });
  await shot(clerk, '06-queue');
}

// Ten days later nothing was decided: the supervisor sees it.
async function cards(boss, key) {
  await front(boss);
  await advance(14 * 24 * 3600000);
  await boss.reload();
  await type(boss, 'input[name=id]', '0901');
  await boss.type('input[name=passphrase]', '一二三四五六七八九十-0901');
  await boss.type('input[name=code]', totp(key));
  await boss.keyboard.press('Enter');
  await boss.waitForSelector('aside');
  await boss.keyboard.press('Digit3');
  check('cards: how many, and the worst', await says(boss, '最久的晚了'));
  await shot(boss, '07-cards');
  await press(boss, 'English');
  check('in English', await says(boss, 'days late'));
  await shot(boss, '07-cards-en');
  await press(boss, '中文');
}

// What a resident said: assigned, read, answered in the words a terminal will show.
async function complaints(boss, worker) {
  await front(boss);
  await press(boss, '留言');
  check('what was said, the late first', await says(boss, '投诉') && await says(boss, '举报'));
  await shot(boss, '18-complaints');
  await boss.keyboard.press('ArrowDown');
  await boss.keyboard.press('Enter');
  check('one of them', await says(boss, '1月26日 前答复') && await says(boss, '内容是封着的'));
  await main(boss);
  await boss.waitForSelector('main select');
  await boss.select('main select', '测试巳');
  await main(boss);
  check('assigned', await says(boss, '存下了：交办') && await says(boss, '测试巳'));
  await shot(boss, '18-complaint');
  await front(worker);
  await worker.goto(`${hall.url}/#/complaints/${hall.said[0]}`);
  await worker.reload();
  check('whoever has it must read it first', await says(worker, '要先开封看过'));
  await type(worker, 'input[name=reason]', '要答复');
  await worker.keyboard.press('Enter');
  check('opened: words, name, phone', await says(worker, '等了<b>两个钟头</b>') && await says(worker, '测试丙') && await says(worker, '13800000456'));
  check('markup in it is text, and the code is not there', !(await text(worker)).includes('483925') && (await worker.$$eval('main b b', (l) => l.length)) === 0);
  await shot(worker, '18-complaint-opened');
  const stored = await worker.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
  check('nothing of it is in any storage of the browser', !/两个钟头|测试丙|13800000456/.test(stored), stored);
  await press(worker, '答复…');
  await type(worker, 'textarea', '窗口已加人，以后不会再空。');
  check('as the person will see it', (await worker.$eval('.paper', (e) => e.innerText)).includes('窗口已加人，以后不会再空。'));
  await shot(worker, '18-complaint-answer');
  await main(worker);
  check('answered', await says(worker, '存下了：答复') && await says(worker, '投诉：答复了'));
  await press(worker, 'English');
  check('in English', await says(worker, 'What was done'));
  await shot(worker, '18-complaint-en');
  await press(worker, '中文');
}

// The supervisor's report: figures, what one stands on down to a case, slow steps, files.
async function reports(boss) {
  await front(boss);
  await press(boss, '报表');
  check('a report: how many were decided', await says(boss, '：办结 1 件，按期 100.0 %'));
  await boss.waitForSelector('.chart img');
  check('its chart is drawn', await boss.$eval('.chart img', (i) => i.decode().then(() => i.naturalWidth > 0)));
  await shot(boss, '08-report');
  await boss.select('#figure', 'received');
  check('another figure, with its chart', await says(boss, '列出这 5 件'));
  await press(boss, '列出这 5 件');
  check('every case it counts', await says(boss, '收件：2026年1月') && await says(boss, '到底了') && (await boss.$$eval('tbody tr', (r) => r.length)) === 5);
  await shot(boss, '08-proof');
  await boss.keyboard.press('ArrowDown');
  await boss.keyboard.press('Enter');
  await at(boss, `#/case/${hall.numbers[0]}`);
  await boss.waitForFunction(() => !document.body.innerText.includes('到底了'), { polling: 100 }); // who turns back before the case is there still has the list
  await boss.goBack();
  check('back at the report', await says(boss, '列出这 5 件'));
  await press(boss, '按事项');
  check('by item', await says(boss, '居民身份证有效期满换领'));
  await boss.evaluate(() => [...document.querySelectorAll('tbody button.link')].find((b) => b.ariaLabel.includes('办结')).click());
  check('one figure of one item', await says(boss, '办结，居民身份证'));
  await boss.keyboard.press('Escape');
  await press(boss, '存 CSV');
  check('saved for spreadsheets', await says(boss, '存好了：report-2026-01-figures.csv'));
  await boss.select('#figure', 'overdue');
  await press(boss, '列出这 4 件');
  await press(boss, '存超期公示页');
  check('what is overdue, as a page to publish', await says(boss, '存好了：overdue.html'));
  await boss.keyboard.press('Escape');
  await press(boss, '看环节');
  check('slow steps', await says(boss, '哪一步慢') && await says(boss, '占期限'));
  await shot(boss, '08-steps');
  await boss.evaluate(() => document.querySelector('tbody button.link').click());
  check('and the cases of one', await says(boss, hall.numbers[0].slice(13, 18)));
  await shot(boss, '08-step');
  await boss.keyboard.press('Escape');
  await press(boss, '半年');
  await press(boss, '按月');
  check('a trend over months', await says(boss, '2026年上半年'));
  await boss.waitForSelector('.chart img');
  await shot(boss, '08-months');
  await boss.keyboard.press('BracketLeft');
  check('the half-year before it', await says(boss, '2025年下半年'));
  await press(boss, 'English');
  check('a report in English', await says(boss, 'Second half of 2025'));
  await boss.keyboard.press('BracketRight');
  await says(boss, 'First half of 2026');
  await boss.waitForSelector('.chart img');
  await shot(boss, '08-report-en');
  await press(boss, '中文');
}

// The administrator: accounts by keyboard, and the audit log, whose chain is whole until somebody changes a row.
async function administers(page) {
  check('an administrator comes to the accounts', await says(page, '个人能登录'));
  await shot(page, '17-people');
  await press(page, '加一个人');
  await page.waitForSelector('form input[name=id]');
  for (const words of ['0612', '测试新', '受理岗']) { await page.keyboard.type(words); await page.keyboard.press('Tab'); }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  check('a one-time code, once', await page.waitForSelector('.once').then((e) => e.evaluate((x) => /^[A-Z0-9-]{10,}$/.test(x.innerText))));
  await shot(page, '17-people-code');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + location.href);
  const code = await page.$eval('.once', (e) => e.innerText);
  check('which stands in no storage of the browser', !kept.includes(code), kept);
  await press(page, '换角色…');
  await page.select('.act select', 'supervisor');
  await press(page, '换');
  check('another role', await says(page, '测试新 换好了'));
  await page.evaluate(() => [...document.querySelectorAll('tr[tabindex]')].find((r) => r.innerText.includes('测试子')).focus());
  await press(page, '停用…');
  await shot(page, '17-people-ask');
  await page.keyboard.press('Enter');
  check('the last administrator stays', await says(page, '这是最后一个管理员'));
  await shot(page, '17-people-last');
  await press(page, 'English');
  check('accounts in English', await says(page, 'people can sign in'));
  await shot(page, '17-people-en');
  await press(page, '中文');
  await front(page);
  await page.keyboard.press('Digit2');
  check('who did what', await says(page, '谁，什么时候，为什么') && await says(page, '加人'));
  await press(page, '从头核对一遍');
  check('the chain is whole', await says(page, '链完整'));
  await page.select('main select', '0503');
  check('by person', await page.waitForFunction(() => document.querySelectorAll('tbody tr').length > 0 && [...document.querySelectorAll('tbody tr')].every((r) => r.innerText.includes('测试巳')), { polling: 100 }).then(() => true));
  check('who opened what and why', await says(page, '开封') && await says(page, '决定岗'));
  await page.keyboard.press('Escape');
  await page.evaluate(() => [...document.querySelectorAll('tbody tr')].find((r) => r.innerText.includes('开封')).focus());
  await shot(page, '11-audit');
  await press(page, `只看 ${hall.numbers[0]} 的`);
  check('all about one case', await says(page, '收件') && await says(page, '受理'));
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  check('down to the first row', await says(page, '到底了'));
  await press(page, 'English');
  check('in English', await says(page, 'Who, when, why'));
  await shot(page, '11-audit-en');
  await press(page, '中文');
  await tell('break audit');
  await press(page, '从头核对一遍');
  check('a row was changed: from which on is said', await says(page, '链断了：1103 号大厅从第 3 条起对不上'));
  await shot(page, '11-audit-broken');
  await tell('mend audit');
}

async function run() {
  const one = hall.numbers[0];
  const clerk = await person();
  let loaded = 0; // over the line
  const wire = await clerk.createCDPSession();
  await wire.send('Network.enable');
  wire.on('Network.loadingFinished', (e) => { loaded += e.encodedDataLength; });
  await clerk.goto(hall.url, { waitUntil: 'networkidle0' });
  await clerk.waitForSelector('input[name=id]');
  check('the first page is at most 60 kB', loaded > 10000 && loaded <= 60 * 1024, loaded);
  await wire.detach();
  const key = await join(clerk, '0417');
  check('today: five new cases', await says(clerk, '今天要办 5 件'));
  await shot(clerk, '02-today');

  // by keyboard: down, open, take in, accept
  await clerk.keyboard.press('ArrowDown');
  await clerk.keyboard.press('ArrowDown');
  check('the second row', await clerk.evaluate(() => [...document.querySelectorAll('tr[tabindex]')].indexOf(document.activeElement) === 1));
  await clerk.keyboard.press('ArrowUp');
  await clerk.keyboard.press('Enter');
  await at(clerk, `#/case/${one}`);
  check('a new case: take it in', await says(clerk, '还没人收'));
  check('what is held electronically: nobody has asked', await says(clerk, '没核到') && await says(clerk, '还没向证照平台查过'));
  await tell('licence');
  await tell('bundle');
  await clerk.reload();
  check('held, until when and by whose word', await says(clerk, '有效到 2031年1月4日') && await says(clerk, '证照平台 2026年1月5日的数据'));
  check('what was handed in together', await says(clerk, '一起交的 2 件') && (await clerk.$$eval(`a[href="#/case/${hall.numbers[1]}"]`, (l) => l.length)) === 1);
  await shot(clerk, '03-case-new');
  await main(clerk);
  check('it was stored', await says(clerk, '存下了：收件'));
  await shot(clerk, '03-case');

  // what is missing is said once
  await press(clerk, '补正…');
  await clerk.waitForSelector('.docs');
  const groups = await clerk.$$eval('.seg', (g) => g.length);
  check('every document has a verdict', groups > 0, groups);
  check('which is missing until then', await says(clerk, '没判'));
  for (let i = 0; i < groups; i++) await clerk.evaluate((n, no) => document.querySelectorAll('.seg')[n].querySelectorAll('button')[no].click(), i, i === 0 ? 1 : 0);
  await clerk.waitForSelector('.docs .kv input');
  await type(clerk, '.docs .kv input', '照片是三年前的，要半年内');
  await shot(clerk, '04-supplement');

  // the line drops in the middle of a sentence; what was typed waits, also when the page is closed
  await clerk.setOfflineMode(true);
  await clerk.type('.docs .kv input', '的');
  await main(clerk);
  check('the line is down and it is said what is safe', await says(clerk, '只会算一次'));
  await shot(clerk, '12-line');
  await clerk.setOfflineMode(false);
  await clerk.goto(`${hall.url}/#/case/${one}`);
  await clerk.reload();
  check('the draft waits', await says(clerk, '有一份没送出的草稿'));
  await press(clerk, '接着写');
  await clerk.waitForSelector('.docs .kv input');
  await shot(clerk, '04-draft');
  check('with every character', await holds(clerk, '.docs .kv input', '照片是三年前的，要半年内的'));
  // the hall stores it, its answer is lost; sent again it counts once
  await tell('fault none');
  let lost = true;
  const lose = async (r) => {
    if (r.method() === 'POST' && r.url().includes('/supplement') && lost) {
      lost = false;
      const copy = await clerk.evaluate((u, b) => window.__plain(u, b), r.url(), r.postData());
      check('the hall has stored it', copy === 200, copy);
      r.abort('connectionreset');
    } else r.continue();
  };
  await clerk.setRequestInterception(true);
  clerk.on('request', lose);
  await clerk.evaluate(() => { window.__plain = (u, b) => new Promise((done) => { const x = new XMLHttpRequest(); x.open('POST', u); x.setRequestHeader('X-Tongban', '1'); x.onload = () => done(x.status); x.send(b); }); });
  await main(clerk);
  check('its answer is lost', await says(clerk, '只会算一次'));
  await main(clerk);
  check('sent again it is told that the hall had it', await says(clerk, '早就存下了'));
  clerk.off('request', lose);
  await clerk.setRequestInterception(false);
  check('the supplement is asked for, once', await says(clerk, '一次性补正') && (await clerk.$$eval('.tl b', (l) => l.filter((b) => b.innerText === '一次性补正').length)) === 1, await text(clerk));

  await main(clerk);
  await type(clerk, 'textarea', '新照片来');
  await shot(clerk, '04-supplied');
  await clerk.evaluate(async () => { // a quick hand: the last character and Ctrl Enter before anything is drawn
    const field = document.querySelector('textarea');
    field.value += '了';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    for (let i = 0; i < 5; i++) await null;
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true }));
  });
  check('what was asked for has come', await says(clerk, '存下了：补齐'));
  check('with its last character', (await text(clerk)).includes('新照片来了'));
  check('and cannot be asked for again', !(await text(clerk)).includes('补正…'));
  await main(clerk);
  check('accepting asks first', await says(clerk, '承诺的日子从明天起算'));
  await shot(clerk, '05-ask');
  await main(clerk);
  check('accepted', await says(clerk, '存下了：受理'));
  check('a window does not examine, and it is said why', await says(clerk, '您的角色不能办这一步'));

  // handed over to the department
  await press(clerk, '移交…');
  await clerk.waitForSelector('select');
  await clerk.select('select', '测试巳');
  await type(clerk, 'textarea', '请审查');
  await shot(clerk, '05-hand-over');
  await main(clerk);
  check('handed over', await says(clerk, '存下了：移交'));

  const examiner = await person(), second = await person();
  await join(examiner, '0503');
  check('the department finds it today', await says(examiner, one.slice(13, 18)));
  await examiner.goto(`${hall.url}/#/case/${one}/examine`);
  await type(examiner, 'textarea', '材料齐全，照片清楚');
  await main(examiner);
  check('examined', await says(examiner, '存下了：审查'));

  // what the applicant wrote: a reason first, on the page alone, gone when it is closed
  check('it is sealed, and opening needs a reason', await says(examiner, '先选一个理由'));
  await shot(examiner, '03-case-sealed');
  await tell('opener stop');
  await examiner.focus('.sealed input[type=radio]');
  await examiner.keyboard.press('Space');
  await press(examiner, '开封查看');
  check('hall-open away is said', await says(examiner, '开封服务没有应答'));
  await shot(examiner, '03-case-away');
  await tell('opener start');
  await press(examiner, '开封查看');
  check('opened: the words of the form', await says(examiner, '有时读不出') && await says(examiner, '110105 19491231 0021'));
  check('what was added behind it, and by whose card', await says(examiner, '<i>新照片</i>已经交到窗口') && await says(examiner, '不是申请人本人的卡'));
  const broke = await examiner.evaluate(() => [document.title, document.querySelectorAll('main img, main b b, main i').length]);
  check('HTML in a field is text', (await text(examiner)).includes('<img src=x onerror=') && broke[0] !== 'broken in' && broke[1] === 0, broke);
  check('how the applicant is told', await says(examiner, '发短信 138****0123'));
  check('who opened it, when and why', await says(examiner, '开封过 1 次'));
  await shot(examiner, '03-case-opened');
  const stored = await examiner.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
  check('nothing of it is in any storage of the browser', !/测试甲|早日办好|13800000123/.test(stored), stored);
  await press(examiner, '合上');
  check('closed, it is gone', await says(examiner, '先选一个理由') && !(await text(examiner)).includes('早日办好'));
  await shot(examiner, '03-case-examined');

  // two clerks decide: the faster one counts, the slower one is told and keeps what was written
  await examiner.goto(`${hall.url}/#/case/${one}/decide`);
  await examiner.waitForSelector('input[type=radio]');
  await examiner.focus('input[type=radio]');
  await examiner.keyboard.press('Space');
  await examiner.type('textarea', '经审查，准予换发。');
  await shot(examiner, '05-decide');
  const twin = await examiner.browserContext().newPage();
  await twin.setViewport({ width: 1366, height: 768 });
  await twin.goto(`${hall.url}/#/case/${one}/decide`);
  await twin.waitForSelector('textarea');
  await twin.evaluate(() => document.querySelectorAll('input[type=radio]')[1].click());
  await twin.waitForFunction(() => document.querySelector('.paper h3')?.innerText.includes('不予'));
  await twin.focus('textarea');
  await twin.keyboard.type('照片不清。');
  await front(examiner); // what lies behind is not drawn
  await main(examiner);
  check('decided', await says(examiner, '存下了：决定'));
  await shot(examiner, '03-case-decided');
  await front(twin);
  await main(twin);
  check('the slower one is told who was faster', await says(twin, '已经办了：决定（准予）'));
  check('and keeps what was written', await says(twin, '照片不清。'));
  await shot(twin, '05-conflict');
  await twin.close();
  await front(examiner);

  await examiner.keyboard.press('Digit2');
  await at(examiner, '#/cases');
  check('the list of cases', await says(examiner, '到底了'));
  await shot(examiner, '13-cases');
  await press(examiner, 'English');
  check('in English', await says(examiner, 'Find cases'));
  await examiner.goto(`${hall.url}/#/case/${one}`);
  check('a case in English', await says(examiner, 'Where it stands'));
  await shot(examiner, '14-case-en');
  await press(examiner, 'Larger');
  await shot(examiner, '14-case-en-large');
  const unnamed = await examiner.evaluate(() => [...document.querySelectorAll('button, a, input, select, textarea')].filter((e) => !(e.innerText || e.getAttribute('aria-label') || e.labels?.length)).map((e) => e.outerHTML));
  check('everything that can be pressed has a name', unnamed.length === 0, unnamed);
  const raw = await examiner.evaluate(() => /\b(why|ev|do|stage|form|sup|leg|conflict)-[a-z]/.exec(document.body.innerText)?.[0] || '');
  check('no word is missing', raw === '', raw);

  await join(second, '0001');
  await administers(second);
  await second.goto(`${hall.url}/#/cases`);
  check('an administrator sees no cases here', await says(second, '您的角色不看办件'));
  await press(second, '退出');
  check('signed out', await second.waitForSelector('input[name=passphrase]').then(() => true));

  const boss = await person(), bossKey = await join(boss, '0901');
  await press(examiner, '中文');
  await complaints(boss, examiner);

  // half an hour of nothing, a draft half written
  await front(clerk);
  await clerk.goto(`${hall.url}/#/case/${hall.numbers[1]}`);
  await clerk.reload();
  await says(clerk, '还没人收');
  await main(clerk);
  await says(clerk, '存下了：收件');
  await press(clerk, '申请人撤回…');
  await type(clerk, 'textarea', '电话里说不办了');
  await advance(31 * 60000);
  await main(clerk);
  check('half an hour later one is signed out, and told that drafts are wiped', await says(clerk, '没送出的草稿也擦掉了'));
  const left = await clerk.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
  check('and nothing personal is left in the browser', !/电话里|draft|1103001/.test(left), left);
  await shot(clerk, '01-idle');
  await clerk.type('input[name=id]', '0417');
  await clerk.type('input[name=passphrase]', '一二三四五六七八九十-0417');
  await clerk.type('input[name=code]', totp(key));
  await clerk.keyboard.press('Enter');
  await clerk.waitForSelector('textarea');
  check('signed in again, one begins anew', await holds(clerk, 'textarea', ''));
  await calls(clerk, examiner);
  await cards(boss, bossKey);
  await reports(boss);
}

try {
  const only = process.env.ONLY, all = { person, join, begin, hall, tell, check, says, shot, press, at, text, main, front, type, advance, totp, keys, axe: look };
  if (!only || only === 'fleet') await fleet(all); // of this morning: before days go by
  if (!only || only === 'duty') await duty(all);
  if (!only || only === 'publish') await publish(all);
  if (!only || only === 'system') await system(all);
  if (!only || only === 'map') await map(all);
  if (!only) await run();
  if (only === 'newcomer') await newcomer({ ...all, numbers: hall.numbers.slice(3) });
  if (only === 'line') await line(all);
  if (only === 'days' || only === 'looks') await days(all);
  if (only === 'looks') await looks(all);
  check('nothing went wrong in the pages', troubles.length === 0, troubles);
} catch (e) {
  check('the walk comes to its end', false, e.stack);
}
await browser.close();
stage.stdin.end();
const code = await new Promise((done) => stage.on('exit', done));
check('the hall ends well', code === 0, code);
process.exit(failed ? 1 : 0);
