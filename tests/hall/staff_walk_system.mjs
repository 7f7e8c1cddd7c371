// SPDX-License-Identifier: Apache-2.0
// Systems of the terminals on the page 发布, by keyboard: brought by command, approved by another person, to chosen terminals;
// one falls back and stops it, it is tried there once more.
export async function system({ person, join, hall, tell, check, says, shot, press, at, text, main, front, type }) {
  const one = await person(), other = await person();
  await front(one);
  await join(one, '0703');
  await one.goto(`${hall.url}/#/publish`);
  check('systems: how one is brought', await says(one, 'hallctl system publish'));
  await tell('fleet');
  await tell('certify');
  check('brought by command', (await tell('system 1.5.0')) === '0');
  for (const words of ['t-1 1.4.0', 'e-01 1.4.0', 'e-02 1.4.0', 'n-01 1.4.0']) await tell(`runs ${words}`);
  await press(one, '重新取');
  check('it stands there', await says(one, '修好读卡 <i>试</i>') && await says(one, '1.4.0 4 台'));
  await one.focus('input[type=file]');
  await one.keyboard.down('Shift'); // back to the row of the system
  for (let i = 0; i < 6 && !await one.evaluate(() => document.activeElement.tagName === 'TR'); i++) await one.keyboard.press('Tab');
  await one.keyboard.up('Shift');
  await one.keyboard.press('Enter');
  await at(one, '#/system/1.5.0');
  check('nobody approves his own', await says(one, '系统 1.5.0 等另一个人批准') && !(await text(one)).includes('批准……'));
  check('what it is', (await text(one)).includes('tongban-x86_64'));
  await shot(one, '09-system-own');

  await front(other);
  await join(other, '0704');
  await other.goto(`${hall.url}/#/system/1.5.0`);
  await says(other, '系统 1.5.0 等另一个人批准');
  for (const [words, done] of [['核对过', '系统 1.5.0 批准了']]) {
    await main(other);
    await other.waitForSelector('.act .first:focus');
    await other.keyboard.type(words);
    await main(other);
    check('approved, by keyboard', await says(other, done));
  }
  await main(other);
  await other.waitForSelector('.act .first:focus');
  check('the bar says what will happen', await says(other, '夜里没有人的时候换'));
  await type(other, 'input[placeholder]', 'e-01 e-02 n-01 w-01');
  await type(other, '.act .first', '先试四台');
  await shot(other, '09-system-asks');
  await main(other);
  check('it begins', await says(other, '系统 1.5.0：发到 4 台，0 台换上了'));
  for (const words of ['e-01 1.5.0 good 1.5.0 - 1 b', 'e-02 1.4.0 here 1.5.0', 'n-01 1.4.0 fellback 1.5.0 not-ready', 'w-01 1.4.0 downloading 1.5.0 - 95']) await tell(`runs ${words}`);
  check('the figures follow by themselves', await says(other, '1 台换上了，1 台没装成'));
  await press(other, '重新取');
  check('who fell back, and why', await says(other, '退回了原来的系统：启动以后没准备好'));
  check('who waits, why and until when', await says(other, '等夜里的时间') && await says(other, '夜里 2:00–5:00'));
  check('each with its slots', await says(other, 'B 槽') && await says(other, '另一槽 1.4.0'));
  await press(other, '放到1 %……');
  await type(other, '.act .first', '放开');
  await press(other, '放到1 %');
  check('what failed stops it when the hall looks', await says(other, '系统 1.5.0 自动停下了：1 台没装成'));
  await shot(other, '09-system');
  await press(other, '再试……');
  await other.waitForSelector('.act .first:focus');
  check('once more: says what happens', await says(other, '在 01 号机 这台再试一次'));
  await other.keyboard.type('换过硬盘');
  await shot(other, '09-system-retry');
  await main(other);
  check('once more, by keyboard', await says(other, '存下了：再试一次'));
  await press(other, '撤回……');
  check('withdrawing says beforehand what happens to each group', await says(other, '1 台已换上的照用'));
  await press(other, '先不');
  await press(other, 'English');
  check('in English', await says(other, 'System 1.5.0 stopped by itself'));
  await shot(other, '09-system-en');
  await press(other, 'Larger');
  await shot(other, '09-system-en-large');
  const raw = await other.evaluate(() => /\b(why|ed|sy|pub|pend|col|side)-[a-z]/.exec(document.body.innerText)?.[0] || '');
  check('no word of systems is missing', raw === '', raw);
  const unnamed = await other.evaluate(() => [...document.querySelectorAll('button, a, input, select, textarea')].filter((e) => !(e.innerText || e.getAttribute('aria-label') || e.labels?.length)).map((e) => e.outerHTML));
  check('everything of a system has a name', unnamed.length === 0, unnamed);
  await press(other, 'Larger');
  await press(other, '中文');
  await says(other, '系统 1.5.0 自动停下了'); // it hears keys again
  await front(other);
  await other.keyboard.press('Escape');
  await at(other, '#/publish');
  check('back by Escape; the title tells of it', await says(other, '系统 1.5.0 自动停下了'));
  await shot(other, '09-publish-systems');
  await other.setOfflineMode(true);
  await other.evaluate(() => { location.hash = '#/halts'; });
  check('a page that cannot be fetched says so, and what is safe', await says(other, '没送出的草稿还在'));
  await other.setOfflineMode(false);
  await other.goto(`${hall.url}/#/publish`);
  await says(other, '系统 1.5.0 自动停下了');
  await other.evaluate(() => {
    const real = window.fetch;
    window.fetch = async (...a) => { const r = await real(...a), headers = new Headers(r.headers); headers.set('X-Tongban-Pages', 'f'.repeat(16)); return new Response(await r.blob(), { status: r.status, headers }); };
  });
  await press(other, '重新取');
  check('the hall has new pages by now: it is said', await says(other, '页面有新的了：手上的存好，按 F5'));
  await shot(other, '12-renewed');
  for (const p of [one, other]) await p.close();
}
