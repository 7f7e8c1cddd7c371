// SPDX-License-Identifier: Apache-2.0
// Each role's day as who has it plays it, from signing in to signing out: by keyboard alone, or by mouse alone (HAND=mouse).
import { readdirSync } from 'node:fs';
import { Keyboard, Mouse } from './staff_hands.mjs';

const WEEKS = 14 * 24 * 3600000;

const DAYS = [
  // A window: one case taken in, what is missing asked for at once, another accepted; then numbers are called.
  ['0417', async ({ h, ok, says, tell, hall }) => {
    await h.row(hall.numbers[0].slice(13, 18));
    await h.main();
    ok('takes a case in', await says('存下了：收件'));
    await h.press('补正…');
    const documents = await h.page.$$eval('.docs .seg', (l) => l.length);
    for (let i = 0; i < documents; i++) await h.press({ css: '.docs .seg button', nth: 2 * i + (i === 0 ? 1 : 0) });
    await h.fill({ css: '.docs .kv input' }, '照片要半年内的');
    await h.main();
    ok('asks once for what is missing', await says('存下了：一次性补正'));
    await h.go(1);
    await h.row(hall.numbers[1].slice(13, 18));
    await h.main();
    await says('存下了：收件');
    await h.main();
    ok('is asked before accepting', await says('承诺的日子从明天起算'));
    await h.back();
    await h.main();
    await h.main();
    ok('accepts', await says('存下了：受理'));
    await tell('tickets');
    await h.go(3);
    await says('今天坐几号窗口');
    await h.fill('窗口号', '5');
    await h.tick({ css: 'fieldset input' });
    await h.tick({ css: 'fieldset input', nth: 1 });
    await h.press('开窗口');
    ok('opens the window', await says('人在等'));
    await h.call('F2', '叫 ');
    ok('calls', await says('叫了 '));
    await h.call('F6', '到了');
    ok('serves', await says('正在办'));
    await h.call('F9', '只办完');
    ok('ends', await says('办完了'));
    await h.press('暂停窗口');
    await says('今天坐几号窗口');
    await h.press('回');
    ok('and is back', await says('今天要办'));
  }],
  // A supervisor, two weeks later: from a card to its case, which is handed over; a complaint is assigned; the report.
  ['0901', async ({ h, ok, says, hall }) => {
    await h.go(3);
    ok('cards', await says('最久的晚了'));
    await h.row(hall.numbers[1].slice(13, 18));
    await says('走到哪一步');
    await h.press('移交…');
    await h.choose('交给谁', '测试巳');
    await h.fill('为什么移交', '请今天办');
    await h.main();
    ok('hands over', await says('存下了：移交'));
    await h.go(4);
    await h.row('投诉');
    await says('内容是封着的');
    await h.press('交办');
    await h.choose({ css: 'main select' }, '测试巳');
    await h.main();
    ok('assigns', await says('存下了：交办'));
    await h.go(5);
    await says('收件');
    await h.press('看环节');
    ok('slow steps', await says('哪一步慢'));
    await h.press('按部门');
    await says('2026年1月：办结');
    await h.press('‹ 2025年12月');
    ok('the month before', await says('2025年12月：'));
  }],
  // A department: reads what was written, examines, decides; reads a complaint, and answers.
  ['0503', async ({ h, ok, says, hall }) => {
    await h.row(hall.numbers[1].slice(13, 18));
    await h.tick({ css: '.sealed input[type=radio]' });
    await h.press('开封查看');
    ok('what is damaged cannot be opened, and it is said', await says('开不了') || await says('坏'));
    await h.main();
    await h.fill('审查意见', '材料齐全');
    await h.main();
    ok('examines', await says('存下了：审查'));
    await h.main();
    await h.tick({ css: 'input[name=result]' });
    await h.fill('意见', '准予换发。');
    await h.main();
    ok('decides', await says('存下了：决定'));
    await h.go(4);
    await h.row('投诉');
    await h.fill('为什么', '要答复');
    await h.press('开封');
    ok('reads a complaint', await says('等了<b>两个钟头</b>'));
    await h.press('答复…');
    await h.fill({ css: 'textarea' }, '窗口已加人。');
    await h.main();
    ok('answers', await says('存下了：答复'));
  }],
  // Who looks after terminals: two are told something, one goes onto the map, its logs are asked for; on duty, an alert is taken.
  ['0601', async ({ h, ok, says, tell }) => {
    await tell('fleet');
    await h.press('重新取');
    await says('台没消息');
    await h.press({ css: '.zone' });
    await says('只看这一片');
    await h.row('01 号机', 'Space');
    await h.row('02 号机', 'Space');
    ok('chooses two', await says('勾了 2 台'));
    await h.press('通知…');
    await h.fill({ css: 'input[name=zh]' }, '今天 17:00 停电');
    await h.fill({ css: 'input[name=why]' }, '电力公司通知');
    await h.press({ css: 'form.acts .btn.main' });
    ok('tells them', await h.page.waitForFunction(() => !document.body.innerText.includes('勾了'), { polling: 50 }).then(() => true));
    await h.row('02 号机');
    await says('它自己');
    await h.press('地图…');
    await h.fill({ css: 'input[name=point]' }, '39.915, 116.404');
    await h.press({ css: 'form.where button' });
    ok('puts it on the map', await says('39.915000, 116.404000'));
    await h.press('取日志…');
    await h.fill({ css: 'form.acts input[name=why]' }, '打印机说不清');
    await h.press({ css: 'form.acts .btn.main' });
    ok('asks for logs', await says('记下了：取日志'));
    await h.press('撤回…');
    await h.fill({ css: 'input[name=withdraw-why]' }, '先不要');
    await h.press({ css: '.card form.acts .btn.main' });
    ok('takes it back', await says('撤回了'));
    await h.press('看这一片');
    await h.press('地图');
    await h.press({ css: '.mark' });
    ok('opens a mark', await h.page.waitForSelector('.inview li.on').then(() => true));
    await h.go(2);
    await says('没人接');
    await h.press('排班…');
    await h.choose({ css: 'select[name=staff]' }, '测试酉');
    await h.fill({ css: 'input[name=way]' }, '值班手机');
    await h.press('存下');
    ok('is on duty', await says('现在值班：测试酉') || await says('值班手机'));
    await h.row('凭证打印机');
    await h.press('我来接…');
    await h.fill({ css: 'input[name=words]' }, '我去，10 点前到');
    await h.press({ css: 'form.acts .btn.main' });
    ok('takes an alert', await says('我去，10 点前到'));
  }],
  // A publisher brings a catalogue.
  ['0701', async ({ h, ok, says, tell }) => {
    const folder = await tell('signed 2');
    await says('现在各终端用第 1 版目录');
    await h.open({ css: 'input[type=file]' }, readdirSync(folder).map((n) => `${folder}/${n}`));
    await h.fill('为什么', '承诺改成 25 天');
    await h.main();
    ok('brings a catalogue', await says('第 2 版上传了'));
    await h.row('第 2 版');
    ok('sees what changed', await says('20 个工作日 → 25 个工作日'));
    await h.back();
    ok('and is back', await says('上传了，等另一个人批准') || await says('等另一个人批准'));
  }],
  // Another approves it, gives it to a few, pauses, withdraws; takes an item off, and brings it back; approves a system.
  ['0702', async ({ h, ok, says, tell }) => {
    await tell('certify');
    await tell('system 1.5.0');
    await h.press('重新取');
    await h.row('第 2 版');
    await h.main();
    await h.fill({ css: '.act .first' }, '核对过');
    await h.main();
    ok('approves', await says('存下了：批准'));
    await h.main();
    await h.fill('哪些终端', 't-1');
    await h.fill({ css: '.act .first' }, '先试一台');
    await h.main();
    ok('orders a stage', await says('存下了：这一档排上了'));
    await says('发到 1 台');
    await h.press('停下');
    await h.fill({ css: '.act .first' }, '先看看');
    await h.main();
    ok('pauses', await says('存下了：停下'));
    await h.press('撤回……');
    await h.back();
    ok('withdraws nothing', await says('接着发……'));
    await h.press('返回');
    await h.press('停办的事项');
    await h.main();
    await h.fill({ css: '.act .first' }, '有效期满');
    await says('居民身份证有效期满换领');
    await h.fill({ css: 'input[name=zh]' }, '材料清单有误');
    await h.fill({ css: 'input[name=reason]' }, '材料写错了');
    await h.main();
    ok('takes an item off', await says('存下了：停办'));
    await h.press('恢复……');
    await h.fill({ css: 'input[name=reason]' }, '改好了');
    await h.main();
    ok('brings it back', await says('存下了：恢复'));
    await h.press('返回');
    await h.row('1.5.0');
    await h.main();
    await h.fill({ css: '.act .first' }, '核对过');
    await h.main();
    ok('approves a system', await says('系统 1.5.0 批准了'));
  }],
  // An administrator: somebody new, another role, what was done, whether the log is whole.
  ['0001', async ({ h, ok, says }) => {
    await h.press('加一个人');
    await h.fill('工号', '0613');
    await h.fill('姓名', '测试键');
    await h.fill('岗位', '受理岗');
    await h.press('加上，给一次性码');
    ok('adds somebody, whose code is shown', await h.page.waitForSelector('.once').then(() => true));
    await h.row('0504');
    await h.press('换角色…');
    await h.choose('角色', '窗口');
    await h.press({ css: 'form.act .btn.main' });
    ok('gives another role', await says('测试申 换好了'));
    await h.go(2);
    await says('谁，什么时候，为什么');
    await h.row('换角色');
    await says('这一条');
    await h.press('从头核对一遍');
    ok('the log is whole', await says('链完整'));
  }],
];

async function signIn(h, all, id) {
  await all.front(h.page);
  await all.advance(60000); // a new step of the authenticator
  await h.page.goto(all.hall.url);
  for (const [name, words] of [['id', id], ['passphrase', `一二三四五六七八九十-${id}`], ['code', all.totp(all.keys[id])]]) await h.fill({ css: `input[name=${name}]` }, words);
  await h.press('登录');
  await h.page.waitForSelector('aside');
}

export async function days(all) {
  const Hand = process.env.HAND === 'mouse' ? Mouse : Keyboard, by = Hand === Mouse ? 'mouse' : 'keyboard', began = Date.now();
  for (const [id] of DAYS) { // while their codes are good
    const first = await all.person();
    await all.front(first);
    await all.join(first, id);
    await first.close();
  }
  for (const [id, day] of DAYS) {
    if (process.env.DAY && process.env.DAY !== id) continue;
    if (id === '0901') await all.advance(WEEKS);
    const h = new Hand(await all.person());
    try {
      await signIn(h, all, id);
      await day({ ...all, h, says: (words) => all.says(h.page, words), ok: (name, ok, seen) => all.check(`${id} by ${by}: ${name}`, ok, seen) });
      await h.press('退出');
      all.check(`${id} by ${by}: signed out`, await h.page.waitForSelector('input[name=passphrase]').then(() => true));
    } catch (e) {
      all.check(`${id} by ${by}: the day comes to its end`, false, `${e.message} ${await all.text(h.page)}`);
    }
    all.check(`${id} by ${by}: the focus is never lost and always seen`, h.faults.length === 0, h.faults);
    console.log(`# ${id} by ${by}: ${h.steps} ${by === 'mouse' ? 'clicks' : 'keys'}, without the words`);
    await h.page.close();
  }
  console.log(`# the days: ${Math.round((Date.now() - began) / 1000)} s`);
}
