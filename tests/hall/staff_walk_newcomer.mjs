// SPDX-License-Identifier: Apache-2.0
// Who has read nothing: a case goes from received to decided by pressing what is offered, in at most 12 clicks, and once more by
// keys. Then the day of every role by keyboard alone: whatever else is pressed there is a fault.
const CLICKS_MAX = 12;

// The main button of the bar; the first field that waits.
const MAIN = '.act .btn.main', FIELD = 'main textarea, main .opt input[type=radio]';
const waits = (e) => (e.type === 'radio' ? ![...document.getElementsByName(e.name)].some((r) => r.checked) : !e.value);

// Presses the main button where there is one, else fills the first field that waits, until the case is decided.
async function byMouse({ page, says, hall, number }) {
  let clicks = 0;
  const click = async (at) => { await (await page.waitForSelector(at)).click(); clicks++; };
  await page.goto(`${hall.url}/#/today`);
  await says(page, number.slice(13, 18));
  await (await page.evaluateHandle((n) => document.querySelector(`a[href="#/case/${n}"]`).closest('tr'), number)).click();
  clicks++;
  await page.waitForSelector(MAIN);
  while (clicks <= CLICKS_MAX && !(await page.evaluate(() => document.body.innerText.includes('存下了：决定')))) {
    if (await page.$(MAIN)) {
      await click(MAIN);
      await page.waitForNetworkIdle({ idleTime: 300 }); // what the hall answers is drawn
      continue;
    }
    const field = await page.evaluateHandle((q, w) => [...document.querySelectorAll(q)].find(new Function(`return ${w}`)()), FIELD, waits.toString());
    await field.click();
    clicks++;
    if (await field.evaluate((e) => e.type !== 'radio')) await page.keyboard.type('可以');
  }
  return clicks;
}
async function byKeys({ page, check, says, hall, number }) {
  let keys = 0;
  const key = async (k) => { await page.keyboard.press(k); keys++; };
  const send = async () => { await page.keyboard.down('Control'); await page.keyboard.press('Enter'); await page.keyboard.up('Control'); keys++; };
  await page.goto(`${hall.url}/#/today`);
  await says(page, number.slice(13, 18));
  do { await key('ArrowDown'); } while (keys < 20 && !(await page.evaluate((n) => document.activeElement.querySelector(`a[href="#/case/${n}"]`) !== null, number)));
  await key('Enter');
  await page.waitForSelector(MAIN);
  check('the bar says nothing of the case before', !(await page.evaluate(() => document.querySelector('.act').innerText.includes('存下了'))));
  while (keys < 60 && !(await page.evaluate(() => document.body.innerText.includes('存下了：决定')))) {
    if (await page.$(MAIN)) {
      await send();
      await page.waitForNetworkIdle({ idleTime: 300 }); // what the hall answers is drawn
      continue;
    }
    while (keys < 60 && !(await page.evaluate((q, w) => document.activeElement.matches(q) && new Function(`return ${w}`)()(document.activeElement), FIELD, waits.toString()))) await key('Tab');
    if (await page.evaluate(() => document.activeElement.type === 'radio')) await key('Space');
    else await page.keyboard.type('可以');
  }
  return keys;
}

// A hand that never leaves the keyboard: Tab until what bears these words has the focus, then Enter.
const reach = async (page, words, key = 'Enter') => {
  for (let i = 0; i < 80; i++) {
    if (await page.evaluate((w) => { const e = document.activeElement; return e !== document.body && (e.innerText || e.getAttribute('aria-label') || e.labels?.[0]?.innerText || '').includes(w); }, words)) { await page.keyboard.press(key); return true; }
    await page.keyboard.press('Tab');
  }
  return false;
};
// Nothing here was pressed by anything else.
const watch = (page) => page.evaluate(() => { window.byHand = 0; addEventListener('pointerdown', () => window.byHand++, true); addEventListener('click', (e) => { if (!e.isTrusted) window.byHand++; }, true); });
const main = async (page) => { await page.keyboard.down('Control'); await page.keyboard.press('Enter'); await page.keyboard.up('Control'); };

export async function newcomer({ check, says, hall, begin, numbers }) {
  const page = await begin('0504');
  const clicks = await byMouse({ page, says, hall, number: numbers[0] });
  console.log(`# from received to decided: ${clicks} clicks`);
  check(`a newcomer takes a case from received to decided in at most ${CLICKS_MAX} clicks`, clicks <= CLICKS_MAX && (await says(page, '存下了：决定')), clicks);
  const keys = await byKeys({ page, check, says, hall, number: numbers[1] });
  console.log(`# the same by keyboard: ${keys} keys, without the words`);
  check('and by keyboard', await says(page, '存下了：决定') && keys < 40, keys);
  await page.close();
}

const DAYS = {
  '0417': async ({ page, check, says, tell }) => { // a window
    await page.waitForSelector('main tr[tabindex]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    check('opens a case', await says(page, '申请人'));
    await tell('tickets');
    await page.keyboard.press('Digit3');
    await says(page, '今天坐几号窗口');
    check('the window’s number', await reach(page, '窗口号', 'End'));
    await page.keyboard.type('5');
    for (let i = 0; i < 3; i++) { await page.keyboard.press('Tab'); if (await page.evaluate(() => document.activeElement.type === 'checkbox')) await page.keyboard.press('Space'); }
    check('opens it', await reach(page, '开窗口') && await says(page, '人在等'));
    await page.keyboard.press('F2');
    check('calls', await says(page, '叫了 '));
    await page.keyboard.press('F6');
    check('serves', await says(page, '正在办'));
    await page.keyboard.press('F9');
    check('and ends', await says(page, '办完了'));
  },
  '0901': async ({ page, check, says }) => { // a supervisor
    await page.keyboard.press('Digit3');
    await says(page, '最久的晚了');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    check('from a card to its case', await says(page, '申请人'));
    check('hands it over', await reach(page, '移交') && await says(page, '交给谁'));
    check('to whom', await reach(page, '交给谁', 'ArrowDown'));
    await page.keyboard.press('Tab');
    await page.keyboard.type('请今天办');
    await main(page);
    check('stored', await says(page, '存下了：移交'));
    await page.keyboard.press('Digit4');
    await says(page, '投诉');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    check('reads what was said', await says(page, '内容是封着的'));
    await page.keyboard.press('Digit5');
    check('the report', await says(page, '办结'));
    await page.keyboard.press('BracketLeft');
    check('and the one before', await says(page, '2025年12月'));
  },
  '0001': async ({ page, check, says }) => { // an administrator
    check('adds somebody', await reach(page, '加一个人'));
    await page.waitForSelector('form input[name=id]:focus');
    for (const words of ['0613', '测试键', '受理岗']) { await page.keyboard.type(words); await page.keyboard.press('Tab'); }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    check('whose code is shown', await page.waitForSelector('.once').then(() => true));
    await page.keyboard.press('Digit2');
    await says(page, '谁，什么时候，为什么');
    check('looks whether the log is whole', await reach(page, '从头核对一遍') && await says(page, '链完整'));
  },
  '0601': async ({ page, check, says, hall }) => { // who looks after terminals
    await says(page, '台没消息');
    check('onto the map', await reach(page, '地图') && await says(page, '看得到的'));
    check('to a mark', await page.evaluate(() => document.querySelectorAll('.mark').length > 0) && await (async () => { for (let i = 0; i < 60; i++) { if (await page.evaluate(() => document.activeElement.matches('.mark'))) return true; await page.keyboard.press('Tab'); } return false; })());
    await page.keyboard.press('Enter');
    check('opens it', await page.waitForSelector('.inview li.on').then(() => true));
    check('a terminal of it', await (async () => { for (let i = 0; i < 120; i++) { if (await page.evaluate(() => document.activeElement.matches('.inview a[href^="#/terminal/"]'))) return true; await page.keyboard.press('Tab'); } return false; })());
    await page.keyboard.press('Enter');
    await says(page, '它自己');
    check('wants something of it', await reach(page, '重新取送') && await page.waitForSelector('form.acts input').then(() => true));
    await reach(page, '给同事看的理由', 'End');
    await page.keyboard.type('目录旧');
    await page.keyboard.press('Enter');
    check('stored', await says(page, '等它来取') || await says(page, '它没消息'));
    await page.keyboard.press('Digit2');
    check('the duty list', await says(page, '值班'));
  },
  '0701': async ({ page, check, says }) => { // a publisher
    await says(page, '目录');
    check('an edition', await (async () => { for (let i = 0; i < 40; i++) { if (await page.evaluate(() => document.activeElement.matches('tr[tabindex]'))) return true; await page.keyboard.press('Tab'); } return false; })());
    await page.keyboard.press('Enter');
    check('what changed in it', await says(page, '20 个工作日'));
    await page.keyboard.press('Escape');
    check('and back', await says(page, '带'));
  },
};

export async function days(all) {
  for (const [id, day] of Object.entries(DAYS)) {
    const page = await all.begin(id);
    await watch(page);
    await day({ ...all, page, check: (name, ok, seen) => all.check(`${id} by keyboard: ${name}`, ok, seen) });
    const byHand = await page.evaluate(() => window.byHand);
    all.check(`${id}: a day by keyboard alone`, byHand === 0, byHand);
    await page.close();
  }
}
