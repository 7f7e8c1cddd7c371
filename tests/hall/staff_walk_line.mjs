// SPDX-License-Identifier: Apache-2.0
// The line drops in the middle of a sentence, on every page that takes one: first before anything is sent, and the page is
// loaded anew; then the hall stores it and its answer is lost. What was typed waits, and is done once.
// (A case's are in staff_walk.mjs.)
const click = async (page, at) => { await (await page.waitForSelector(at)).click(); };
// A field may be drawn anew while it is reached for.
const fillIn = async (page, at, words) => {
  for (let i = 0; i < 5 && await page.$eval(at, (e) => e.value).catch(() => '') !== words; i++) {
    await page.waitForSelector(at);
    await page.$eval(at, (e) => { e.focus(); e.select(); });
    await page.keyboard.type(words);
  }
};
const press = async (page, words) => {
  const button = await page.waitForFunction((w) => [...document.querySelectorAll('button, a')].find((b) => b.innerText.includes(w) && b.getAttribute('aria-disabled') !== 'true'), { polling: 50 }, words);
  await button.click();
};

// Whose, where, how its question is opened, the fields and what is typed there, how it is sent, what is said at the end, and
// what stands on the page then as often as it was done.
const PLACES = [
  { id: '0901', name: 'a complaint is assigned', at: (h) => `complaints/${h.said[0]}`, open: (p) => press(p, '交办…'), choose: ['main select', '测试巳'], send: (p) => click(p, '.act .btn.main:not(.off)'), told: '早就存下了', once: ['.tl li', '交办'] },
  { id: '0503', name: 'a complaint is answered', at: (h) => `complaints/${h.said[0]}`, before: async (p) => { await fillIn(p, 'input[name=reason]', '要答复'); await p.keyboard.press('Enter'); }, open: (p) => press(p, '答复…'), fill: ['textarea', '窗口已加人，不会再空'], send: (p) => click(p, '.act .btn.main:not(.off)'), told: '早就存下了', once: ['.tl li', '窗口已加人'] },
  { id: '0001', name: 'somebody is added', at: () => 'people', open: async (p) => { await press(p, '加一个人'); await p.waitForSelector('input[name=id]:focus'); }, fill: ['input[name=name]', '测试线'], more: [['input[name=id]', '0614'], ['input[name=post]', '受理岗']], send: (p) => press(p, '加上，给一次性码'), told: '再给一个新码', once: ['tbody tr', '测试线'] },
  { id: '0602', name: 'a terminal is to do something', at: () => 'terminal/e-02', open: (p) => press(p, '重新取送…'), fill: ['form.acts input[name=why]', '目录<b>旧</b>'], send: (p) => click(p, 'form.acts .btn.main'), told: '记下了', once: ['main tbody tr', '目录<b>旧</b>'] },
  { id: '0602', name: 'which is taken back', at: () => 'terminal/e-02', open: (p) => press(p, '撤回…'), fill: ['input[name=withdraw-why]', '先不用了'], send: (p) => click(p, '.card form.acts .btn.main'), told: '早就存下了', once: ['main tbody tr', '撤回了'] },
  { id: '0602', name: 'its place', at: () => 'terminal/e-02', open: (p) => press(p, '地图…'), fill: ['input[name=point]', '39.915, 116.404'], send: (p) => click(p, 'form.where .btn'), told: '39.915000, 116.404000', once: ['main p', '39.915000, 116.404000'] },
  { id: '0602', name: 'a shift', at: () => 'duty', open: (p) => press(p, '排班…'), fill: ['input[name=way]', '对讲三频道'], choose: ['select[name=staff]', '0602'], send: (p) => press(p, '存下'), told: '现在值班：测试壬', once: ['main tbody tr', '对讲三频道'] },
  { id: '0602', name: 'an alert is taken', at: () => 'duty', open: async (p) => { await click(p, '.alerts tr[tabindex]'); await press(p, '我来接…'); }, fill: ['input[name=words]', '我马上去'], send: (p) => click(p, 'form.acts .btn.main'), told: '是我的', once: ['.alerts tbody tr', '我马上去'] },
  { id: '0702', name: 'a system is approved', at: () => 'system/1.5.0', open: (p) => press(p, '批准……'), fill: ['.act .first', '核对<i>过</i>'], send: (p) => click(p, '.act .btn.main:not(.off)'), told: '早就存下了', once: ['.steps li.done', '测试戊'] },
  { id: '0702', name: 'an item is taken off', at: () => 'halts', open: (p) => press(p, '停办一项'), fill: ['input[name=reason]', '材料写错了'], more: [['.act .first', '有效期满'], ['input[name=zh]', '材料清单有误']], send: (p) => click(p, '.act .btn.main:not(.off)'), told: '存下了：停办', once: ['main tbody tr', '材料写错了'] },
];

const wire = async (page) => { // the answers of what is written are lost, while it is so
  const cdp = await page.createCDPSession(), state = { loses: false, nobody: false };
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*/api/*', requestStage: 'Response' }] });
  cdp.on('Fetch.requestPaused', ({ requestId, request }) => {
    if (state.nobody && request.url.endsWith('/api/me')) { state.nobody = false; cdp.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' }).catch(() => {}); } else if (state.loses && request.method === 'POST') { state.loses = false; cdp.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' }).catch(() => {}); } else cdp.send('Fetch.continueRequest', { requestId }).catch(() => {}); // the page may have gone
  });
  return state;
};

async function one(all, page, line, what) {
  const { hall, says, check } = all, at = what.fill?.[0] ?? what.choose[0], words = what.fill?.[1] ?? what.choose[1];
  const go = async () => { await page.goto(`${hall.url}/#/${what.at(hall)}`); await page.reload(); await page.waitForSelector('aside ~ main h1'); };
  const typed = () => page.waitForFunction((q, w) => document.querySelector(q)?.value === w, { polling: 50, timeout: 120000 }, at, words).then(() => true, () => false);
  await go();
  if (what.before) await what.before(page);
  await what.open(page);
  for (const [q, w] of [...(what.more ?? []), ...(what.fill ? [what.fill] : [])]) await fillIn(page, q, w);
  if (what.choose) await page.select(...what.choose);
  await page.setOfflineMode(true);
  await what.send(page);
  check(`${what.name}: the line is down, and what is safe is said`, await says(page, '只会算一次') && await typed(), await page.$eval(at, (e) => e.value).catch((e) => e.message));
  await page.setOfflineMode(false);
  line.nobody = true; // and the line is still bad when the page comes
  await go();
  if (what.before) await what.before(page);
  await what.open(page);
  check(`${what.name}: it waits with every character`, await typed());
  line.loses = true;
  await what.send(page);
  check(`${what.name}: the answer is lost`, await says(page, '只会算一次'));
  await what.send(page);
  check(`${what.name}: sent again it is told how it stands`, await says(page, what.told));
  await go();
  await page.waitForFunction((q, w) => [...document.querySelectorAll(q)].some((e) => e.innerText.includes(w)), { polling: 50, timeout: 120000 }, ...what.once).catch(() => {});
  const n = await page.$$eval(what.once[0], (l, w) => l.filter((e) => e.innerText.includes(w)).length, what.once[1]);
  check(`${what.name}: once`, n === 1, n);
  const left = await page.evaluate(() => Object.keys(sessionStorage).filter((k) => k.startsWith('tongban.draft.')));
  check(`${what.name}: no draft is left`, left.length === 0, left);
}

export async function line(all) {
  await all.tell('fleet');
  await all.tell('system 1.5.0');
  let page, loses, whose = '';
  for (const what of PLACES) {
    if (whose !== what.id) {
      await page?.close();
      page = await all.begin(what.id);
      loses = await wire(page);
      whose = what.id;
    }
    await one(all, page, loses, what).catch(async (e) => all.check(`${what.name}: to its end`, false, `${e.message} ${await all.text(page)}`));
  }
  await page.close();
}
