// SPDX-License-Identifier: Apache-2.0
// How every page looks once the days were played: in both languages axe-core finds nothing, nothing needs sideways scrolling, no
// word is missing and none is left in Chinese. With SHOTS each is a picture at 1366 × 768 and 1920 × 1080 in each language:
// NAME-zh.png, NAME-zh-1920.png, NAME-en.png, NAME-en-1920.png.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';

const LANGUAGES = [['zh-CN', 'zh', '中文'], ['en', 'en', 'English']], SIZES = [[1366, 768, ''], [1920, 1080, '-1920']];

// The words of the pages: {key: text} of a language.
function wordsOf(tag) {
  const folder = `assets/strings/hall/${tag}`, rows = readdirSync(folder).filter((n) => n.startsWith('console')).flatMap((n) => readFileSync(`${folder}/${n}`, 'utf8').split('\n'));
  return Object.fromEntries(rows.filter((l) => l && !l.startsWith('#')).map((l) => l.split('\t')));
}
const ZH = wordsOf('zh-CN'), EN = wordsOf('en');
const PREFIXES = [...new Set(Object.keys(ZH).filter((k) => k.includes('-')).map((k) => k.split('-')[0]))].filter((p) => p.length > 1);
// What stands on pages in Chinese alone, and is no person's, place's or item's: must be said in English.
const CHINESE = Object.keys(ZH).filter((k) => ZH[k] !== EN[k] && ZH[k].length > 3 && !ZH[k].includes('{') && /\p{Script=Han}/u.test(ZH[k]) && !k.startsWith('role-')).map((k) => ZH[k]);

const main = async (page) => { await page.waitForSelector('.act .btn.main'); await page.click('.act .btn.main'); };
const click = (what) => async (page) => { await page.waitForSelector(what); await page.click(what); };

// Whose page, its name, its address, and what is done before it is looked at.
const pages = ({ numbers: n, said }) => [
  ['0417', '02-today', 'today'], ['0417', '13-cases', 'cases'], ['0417', '03-case-new', `case/${n[2]}`], ['0417', '03-case-waits', `case/${n[0]}`],
  ['0503', '03-case-decided', `case/${n[1]}`], ['0503', '04-supplement', `case/${n[2]}/supplement`, click('.docs .seg button:last-child')], ['0503', '05-decide', `case/${n[1]}/decide`, click('input[name=result]')],
  ['0503', '05-hand-over', `case/${n[2]}/hand-over`], ['0503', '05-stop', `case/${n[2]}/stop`], ['0503', '05-refuse', `case/${n[2]}/refuse`], ['0503', '12-no-case', 'case/1103003261105000416'],
  ['0901', '07-cards', 'cards'], ['0901', '18-complaints', 'complaints'], ['0901', '18-complaint', `complaints/${said[0]}`], ['0901', '18-complaint-new', `complaints/${said[1]}`],
  ['0901', '08-report', 'report', (page) => page.waitForSelector('.chart img')],
  ['0901', '08-proof', 'report', async (page) => { await page.waitForSelector('#figure'); await page.select('#figure', 'received'); await page.waitForNetworkIdle({ idleTime: 300 }); await page.click('.report > section .btn'); }],
  ['0901', '08-steps', 'report', click('.mid .seg button:last-child')],
  ['0601', '10-fleet', 'terminals//all'], ['0601', '10-fleet-need', 'terminals'], ['0601', '10-terminal-paper', 'terminal/e-02'], ['0601', '10-terminal-silent', 'terminal/e-03'], ['0601', '10-terminal-out', 'terminal/w-01'],
  ['0601', '10-terminal-act', 'terminal/e-02', async (page) => { await page.waitForSelector('.act > .btn:nth-of-type(3)'); await page.click('.act > .gap ~ .btn:nth-of-type(3)').catch(() => page.click('.act > .gap ~ .btn')); }],
  ['0601', '19-map', 'map//all'], ['0601', '18-duty', 'duty'], ['0601', '18-duty-take', 'duty', async (page) => { await click('.alerts tr[tabindex]')(page); await main(page); }],
  ['0702', '09-publish', 'publish'], ['0702', '09-edition', 'edition/2'], ['0702', '09-edition-asks', 'edition/2', main], ['0702', '09-system', 'system/1.5.0'], ['0702', '09-system-asks', 'system/1.5.0', main],
  ['0702', '09-halts', 'halts'], ['0702', '09-halts-asks', 'halts', main],
  ['0001', '17-people', 'people'], ['0001', '17-people-asks', 'people', async (page) => { await click('tr[tabindex]')(page); await click('.act .btn')(page); }], ['0001', '17-people-add', 'people', click('.top .btn')],
  ['0001', '11-audit', 'audit', click('tr[tabindex]')], ['0001', '12-no-role', 'cases'],
];

async function settle(page) {
  await page.waitForSelector('h1, h2');
  await page.waitForNetworkIdle({ idleTime: 250, timeout: 8000 }).catch(() => {}); // figures that follow by themselves
}
async function speak(page, tag, words) {
  if (await page.evaluate(() => document.documentElement.lang) === tag) return;
  await page.evaluate((w) => [...document.querySelectorAll('.dock button')].find((b) => b.innerText.includes(w)).click(), words);
  await page.waitForFunction((l) => document.documentElement.lang === l, {}, tag);
}

// One page as it is now, in one language.
async function judge({ check, axe, page, name, tag }) {
  const found = await axe(page), wide = await page.evaluate(() => [document.documentElement, document.querySelector('.mid')].some((e) => e && e.scrollWidth > e.clientWidth));
  check(`${name} in ${tag} can be used by everybody (axe-core)`, found.length === 0, found);
  check(`${name} in ${tag} needs no sideways scrolling`, !wide);
  const words = await page.evaluate(() => document.body.innerText);
  const raw = tag === 'en' ? [] : words.match(/(?<![\w./-])[a-z]{2,}(-[a-z0-9]+)+(?![\w/.])/g)?.filter((w) => PREFIXES.includes(w.split('-')[0])) ?? [];
  check(`${name} in ${tag}: no word is missing`, raw.length === 0, raw);
  if (tag !== 'en') return;
  const left = await page.evaluate((list) => { // but for a paper, which is Chinese
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), out = [];
    while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('[lang=zh-CN], option') && list.some((w) => walk.currentNode.data.includes(w))) out.push(walk.currentNode.data);
    return out;
  }, CHINESE);
  check(`${name} in English: nothing is left in Chinese`, left.length === 0, left);
}

export async function looks(all) {
  const { hall, begin, check, axe } = all, shots = process.env.SHOTS, began = Date.now();
  const take = async (page, name, width, height) => { if (!shots) return; mkdirSync(shots, { recursive: true }); await page.setViewport({ width, height }); await new Promise((r) => setTimeout(r, 150)); await page.screenshot({ path: `${shots}/${name}.png` }); };
  let whose = '', page;
  for (const [id, name, address, then] of pages(hall)) {
    if (whose !== id) { await page?.close(); page = await begin(id); whose = id; }
    for (const [tag, short, words] of LANGUAGES) {
      await page.setViewport({ width: 1366, height: 768 });
      await page.evaluate((h) => { location.hash = h; }, `#/none`);
      await speak(page, tag, words);
      await page.evaluate((h) => { location.hash = h; }, `#/${address}`);
      try {
        await settle(page);
        if (then) { await then(page); await settle(page); }
      } catch (e) { check(`${name} in ${tag} is there`, false, e.message); }
      await judge({ ...all, page, name, tag });
      for (const [w, h, more] of SIZES) await take(page, `${name}-${short}${more}`, w, h);
    }
    await page.setViewport({ width: 1366, height: 768 });
    await speak(page, 'zh-CN', '中文');
    await page.evaluate(() => Object.keys(sessionStorage).filter((k) => k.startsWith('tongban.draft.')).forEach((k) => sessionStorage.removeItem(k)));
  }
  await page.close();

  // the narrow page, 400 px wide beside other software; the sign-in, the list of keys, the board
  await all.tell('tickets');
  for (const [tag, short, words] of LANGUAGES) {
    const one = await begin('0503'), at = (h) => one.evaluate((x) => { location.hash = x; }, h);
    await speak(one, tag, words);
    await one.click('.dock button:nth-child(3)');
    await one.waitForSelector('dialog[open]');
    await judge({ ...all, page: one, name: '16-keys', tag });
    await take(one, `16-keys-${short}`, 1366, 768);
    await one.keyboard.press('Escape');
    await one.setViewport({ width: 400, height: 768 });
    await at('#/call');
    await one.waitForSelector('form.scroll input');
    await judge({ ...all, page: one, name: '06-queue-open', tag });
    await take(one, `06-queue-open-${short}`, 400, 768);
    await one.type('main input[inputmode]', tag === 'en' ? '8' : '7');
    await one.evaluate(() => document.querySelectorAll('input[type=checkbox]').forEach((c) => c.checked || c.click()));
    await one.click('form.scroll .btn.main');
    await one.waitForSelector('.at');
    await one.keyboard.press('F2');
    await one.waitForSelector('.at .n');
    await settle(one);
    await judge({ ...all, page: one, name: '06-queue', tag });
    await take(one, `06-queue-${short}`, 400, 768);
    await one.keyboard.press('F9');
    await one.setViewport({ width: 1366, height: 768 });
    await one.goto(`${hall.url}/#/cases`);
    await one.waitForSelector('.dock');
    await one.click('.dock button:last-child');
    await one.waitForSelector('input[name=passphrase]');
    await settle(one);
    await judge({ ...all, page: one, name: '01-sign-in', tag });
    for (const [w, h, more] of SIZES) await take(one, `01-sign-in-${short}${more}`, w, h);
    await one.close();
  }
  const board = await all.person();
  await board.goto(`${hall.url}/board.html?office=1103`);
  await board.waitForSelector('main');
  await take(board, '15-board', 1920, 1080);
  await board.close();
  console.log(`# the looks: ${Math.round((Date.now() - began) / 1000)} s`);
}
