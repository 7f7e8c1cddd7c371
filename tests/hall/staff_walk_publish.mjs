// SPDX-License-Identifier: Apache-2.0
// Publishing, by mouse and by keyboard: a catalogue signed elsewhere is brought, another person approves it, it goes to chosen
// terminals, one refuses it, it is withdrawn; and what each step says before it is pressed.
import { readdirSync } from 'node:fs';

export async function publish({ person, join, hall, tell, check, says, shot, press, at, text, main, front, type }) {
  const one = await person(), other = await person();
  await front(one);
  await join(one, '0701');
  check('publishing: what is in use is the title', await says(one, '现在各终端用第 1 版目录'));
  const folder = await tell('signed 2'), forged = await tell('signed 2 forged');
  const choose = async (page, dir) => (await page.$('input[type=file]')).uploadFile(...readdirSync(dir).map((n) => `${dir}/${n}`));
  await choose(one, forged);
  await type(one, 'main section input:not([type=file])', '别人签的');
  await main(one);
  check('signed by others: refused with a word', await says(one, '不是目录钥匙签的名'));
  await choose(one, folder);
  await main(one);
  check('brought, by keyboard', await says(one, '第 2 版带来了，等另一个人批准'));
  await shot(one, '09-publish-list');
  await one.keyboard.down('Shift'); // back out of the field, to the row
  for (let i = 0; i < 6 && !await one.evaluate(() => document.activeElement.tagName === 'TR'); i++) await one.keyboard.press('Tab');
  await one.keyboard.up('Shift');
  await one.keyboard.press('Enter');
  await at(one, '#/edition/2');
  check('what changed, in words', await says(one, '20 个工作日 → 25 个工作日'));
  check('HTML in an item is text', (await text(one)).includes('<b>3</b>'));
  check('nobody approves his own', await says(one, '您带来的，要另一个人批准') && !(await text(one)).includes('批准……'));
  await shot(one, '09-edition-own');

  await front(other);
  await join(other, '0702');
  await tell('fleet');
  await other.goto(`${hall.url}/#/edition/2`);
  await says(other, '第 2 版等另一个人批准');
  await main(other);
  check('the bar asks, and says what happens', await says(other, '现在什么都不变'));
  await shot(other, '09-edition-asks');
  await other.keyboard.press('Escape');
  check('Escape does nothing', await says(other, '批准……'));
  await main(other);
  await other.waitForSelector('.act .first:focus');
  await other.keyboard.type('核对过');
  await main(other);
  check('approved, by keyboard', await says(other, '第 2 版批准了，还没有终端拿到'));
  await main(other);
  await says(other, '哪些终端');
  await type(other, 'input[placeholder]', 't-1, e-01 e-02');
  await type(other, '.act .first', '先试三台');
  await main(other);
  check('a stage is ordered', await says(other, '存下了：这一档排上了'));
  check('and begins', await says(other, '发到 3 台，0 台换上了'));
  for (const words of ['heard t-1 2', 'heard e-01 2', 'heard e-02 1 2 signature']) await tell(words);
  check('a refusal stops it, and the figures follow by themselves', await says(other, '第 2 版自己停了：1 台拒绝，2 台换上了'));
  await press(other, '重新取');
  check('who refused, and why', await says(other, '签名对不上'));
  await shot(other, '09-publish');
  await press(other, '撤回……');
  check('withdrawing says beforehand what happens to each group', await says(other, '2 台已换上的照用到有更高的版本'));
  await shot(other, '09-publish-withdraw');
  await press(other, '先不');
  await press(other, '接着发……');
  await type(other, '.act .first', '那台已修好');
  await press(other, '接着发');
  check('on, by mouse', await says(other, '存下了：接着发'));
  await tell('heard e-02 2');
  await press(other, '放到1 %……');
  await type(other, '.act .first', '放开');
  await press(other, '放到1 %');
  check('the next stage', await says(other, '现在在这一档'));
  await press(other, 'English');
  check('in English', await says(other, 'Catalogue 2: offered to'));
  await shot(other, '09-publish-en');
  await press(other, 'Larger');
  await shot(other, '09-publish-en-large');
  await press(other, 'Withdraw');
  await shot(other, '09-publish-withdraw-en-large');
  const raw = await other.evaluate(() => /\b(why|ed|pub|upload|col|side)-[a-z]/.exec(document.body.innerText)?.[0] || '');
  check('no word of publishing is missing', raw === '', raw);
  await type(other, '.act .first', 'mistaken');
  await main(other);
  check('withdrawn', await says(other, 'Catalogue 2 is withdrawn'));
  await press(other, 'Larger');
  await press(other, '中文');
  const unnamed = await other.evaluate(() => [...document.querySelectorAll('button, a, input, select, textarea')].filter((e) => !(e.innerText || e.getAttribute('aria-label') || e.labels?.length)).map((e) => e.outerHTML));
  check('everything there has a name', unnamed.length === 0, unnamed);
  await one.close();
  await other.close();
}
