// SPDX-License-Identifier: Apache-2.0
// Who has read nothing: a case goes from received to decided by pressing what is offered, in at most 12 clicks, and once more by
// keys.
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
    const field = (await page.waitForFunction((m, q, w) => document.querySelector(m) ?? [...document.querySelectorAll(q)].find(new Function(`return ${w}`)()), {}, MAIN, FIELD, waits.toString())).asElement();
    if (await field.evaluate((e, m) => e.matches(m), MAIN)) continue; // the next step's page was still being drawn
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
