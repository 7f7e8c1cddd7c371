// SPDX-License-Identifier: Apache-2.0
// The duty list's page, by keyboard and by mouse: a list is made, an alert is taken, two press at once, one is given back.
export async function duty({ person, join, tell, hall, check, says, shot, press, at, text }) {
  const page = await person(), other = await person();
  const has = (p, words) => p.waitForFunction((w) => document.body.innerText.includes(w), { polling: 100 }, words).then(() => true, () => false);
  const asked = (p) => p.waitForFunction(() => document.activeElement?.name === 'words', { polling: 100 }); // and keys go there
  const rows = (p) => p.evaluate(() => [...document.querySelectorAll('.alerts tbody tr')].map((r) => r.innerText));
  await join(page, '0602');
  await tell('fleet');
  await page.goto(`${hall.url}/#/duty`);
  check('duty: the title says how many and which first', await says(page, '件没人接，先看 '));
  check('nobody sends, and there is no list: both are said', await has(page, '从来没有跑过') && await has(page, '还没有值班表'));
  check('what, where, next step', await has(page, '凭证打印机没纸') && await has(page, '换凭证纸') && await has(page, '城东街道'));
  await shot(page, '18-duty-empty');

  // a list, by mouse
  await press(page, '排班…');
  await page.waitForSelector('select[name=staff]');
  await press(page, '存下');
  check('without somebody nothing is stored', await has(page, '先选是谁'));
  await page.select('select[name=staff]', '0602');
  await page.type('input[name=way]', '<b>值班手机</b>');
  await page.select('select[name=to]', '18');
  await shot(page, '18-duty-shift');
  await press(page, '存下');
  check('on duty now', await has(page, '现在值班：测试壬'));
  check('HTML in the way is text', (await text(page)).includes('<b>值班手机</b>'));
  check('the gaps are named', await has(page, '星期五 18:00 到 星期一 8:00'));
  await press(page, '排班…');
  await page.waitForSelector('select[name=staff]');
  await page.select('select[name=staff]', '0603');
  await page.select('select[name=place]', '2');
  await page.select('select[name=from]', '18');
  await page.select('select[name=to]', '8');
  await page.type('input[name=way]', '对讲 3 频道');
  await page.keyboard.press('Enter');
  check('over night', await has(page, '18:00 到第二天 8:00') && await has(page, '星期六 8:00 到 星期一 8:00'));

  // one is taken, by keyboard
  await join(other, '0603');
  await other.goto(`${hall.url}/#/duty`);
  await says(other, '件没人接，先看 ');
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const first = (await rows(page))[0].split('\t')[1];
  await press(page, '我来接…');
  await asked(page);
  check('before it is sent, what will happen', await has(page, '到那时以前不再告诉别人'));
  await page.keyboard.type('<i>我去</i>，10 点前到');
  await shot(page, '18-duty-take');
  await page.keyboard.press('Enter');
  check('stored, and whose it is', await has(page, '是我的') && await has(page, '<i>我去</i>，10 点前到'));
  await shot(page, '18-duty');

  // somebody else saw it as nobody's
  await other.evaluate((w) => [...document.querySelectorAll('.alerts tbody tr')].find((r) => r.innerText.includes(w)).click(), first);
  await press(other, '我来接…');
  await asked(other);
  await other.keyboard.type('我离得近');
  await other.keyboard.press('Enter');
  check('of two who press the second is told whose it is', await has(other, '没有动：测试壬') && await has(other, '先接了，说“<i>我去</i>，10 点前到”'));
  await shot(other, '18-duty-late');
  check('and sees it, with what was typed', await has(other, '现在是测试壬的') && await other.$eval('input[name=words]', (e) => e.value) === '我离得近');
  await other.keyboard.press('Escape');
  check('who gives up leaves it', await has(other, '接过来'));

  // and gives it back
  await press(page, '我去不了…');
  await asked(page);
  await page.keyboard.press('Escape');
  check('nothing was done', await has(page, '<i>我去</i>，10 点前到'));
  await press(page, '我去不了…');
  await asked(page);
  await page.keyboard.press('Enter');
  check('given back', await has(page, '交回去了') && await has(page, '测试壬：我去不了'));
  await press(page, '删…');
  check('it asks first', await has(page, '删掉这一班'));
  await press(page, '留着');
  await press(page, '看这台');
  await page.waitForFunction(() => location.hash.startsWith('#/terminal/'), { polling: 100 });
  await page.goto(`${hall.url}/#/duty`);
  await press(page, 'English');
  check('in English', await says(page, 'alerts not taken; first') && await has(page, 'Monday to Friday') && await has(page, 'Not taken'));
  await shot(page, '18-duty-en');
  await press(page, 'Larger');
  await shot(page, '18-duty-en-large');
  const raw = await page.evaluate(() => /\b(why|is|sit|duty|gap|gaps|shift|plan|level|do|days|hours|weekday|alert|col)-[a-z]/.exec(document.body.innerText)?.[0] || '');
  check('no word of the duty list is missing', raw === '', raw);
  await press(page, '中文');
  await page.close();
  await other.close();
}
