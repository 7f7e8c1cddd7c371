// SPDX-License-Identifier: Apache-2.0
// The terminals' pages, by keyboard: where must somebody go, which zone can spare none, what is known of one that is silent.
export async function fleet({ person, join, hall, tell, check, says, shot, press, at, text }) {
  const page = await person();
  await join(page, '0601');
  await tell('fleet');
  await page.reload();
  check('terminals: the title is the finding', await says(page, '10 台：2 台要去人，2 台没消息'));
  check('it is the first page of who looks after them', await page.evaluate(() => document.querySelector('aside a.on').innerText.includes('终端')));
  check('a zone that can spare none', await says(page, '不能再停'));
  await shot(page, '10-fleet');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await at(page, '#/terminal/e-03');
  check('one that is silent: what stands is of then', await says(page, '以后没有消息') && await says(page, '之前：凭证打印机坏'));
  check('HTML in what it said is text', (await text(page)).includes('<b>1.4.3</b>') && await page.evaluate(() => ![...document.querySelectorAll('main b')].some((b) => b.innerText === '1.4.3')));
  await shot(page, '10-terminal');
  await page.keyboard.press('Escape');
  await at(page, '#/terminals');
  await says(page, '要管的');
  await page.goto(`${hall.url}/#/terminal/e-02`);
  check('no paper, and when', await says(page, '凭证打印机没纸') && await says(page, '87 %'));
  await shot(page, '10-terminal-paper');
  await press(page, '看这一片');
  check('its zone', await says(page, '只看这一片') && (await page.$$('tbody tr[tabindex]')).length === 4);
  await press(page, '没消息');
  check('who is silent there', await page.waitForFunction(() => document.querySelectorAll('tbody tr[tabindex]').length === 1, { polling: 100 }).then(() => true));
  await page.keyboard.press('Slash');
  await page.keyboard.type('n-03');
  await page.keyboard.press('Enter');
  await at(page, '#/terminal/n-03');
  check('found by its id', await says(page, '箱门开着'));
  await page.goto(`${hall.url}/#/terminal/x-01`);
  check('another office’s is none', await says(page, '没有这台终端'));
  await page.goto(`${hall.url}/#/terminals`);
  await press(page, 'English');
  check('in English', await says(page, '10 terminals: 2 need somebody there'));
  await shot(page, '10-fleet-en');
  await page.goto(`${hall.url}/#/terminal/w-01`);
  check('out of service in English', await says(page, 'Out of service since'));
  await shot(page, '10-terminal-en');
  await press(page, 'Larger');
  await shot(page, '10-terminal-en-large');
  const raw = await page.evaluate(() => /\b(why|is|sit|pend|dev|fleet|hours|zone|alert|col|out)-[a-z]/.exec(document.body.innerText)?.[0] || '');
  check('no word of the terminals is missing', raw === '', raw);
  await press(page, '中文');
  await page.close();
}
