// SPDX-License-Identifier: Apache-2.0
// The map: its geometry by itself, then as somebody has it who looks after a city's terminals, by keyboard and by hand: what is
// urgent, where, in which order; a place put there by the coordinates of another map; ten thousand.
import { placesOf, choose, marksOf, sumOf, viewOf, toScreen, zoomed, moved, lines, districtsOf, clear, APART } from '../../tools/hall/staff/pages/map_lib.js';

const SITUATIONS = ['silent', 'go', 'out', 'soon', 'desk', 'new', 'good'];
// So many places of one to five terminals in a province, each the same at every run.
function province(count) {
  let seed = 7;
  const draw = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  return { situations: SITUATIONS, places: [...Array(count)].map((_, i) => {
    const n = SITUATIONS.map(() => 0);
    n[draw() < 0.03 ? Math.floor(draw() * 6) : 6] = 1 + Math.floor(draw() * 5);
    return { name: String(i), zone: `第 ${i % 80} 区`, spot: `第 ${i} 社区`, point: [Math.round((29 + 4 * draw()) * 1e6), Math.round((103 + 5 * draw()) * 1e6)], n, pending: 0, need: [] };
  }) };
}

export function geometry({ check }) {
  const { places, plane } = placesOf(province(10000)), sorted = choose(places, '', ''), [w, h] = [800, 450], whole = viewOf(sorted, w, h);
  check('the worst first', sorted.every((p, i) => i === 0 || sorted[i - 1].rank <= p.rank) && sorted[0].worst === 'silent' && sorted.length === 10000);
  const screen = toScreen(whole, w, h);
  check('all are in view of all', sorted.every((p) => { const [x, y] = screen(p); return x > 0 && x < w && y > 0 && y < h; }));
  for (const scale of [whole.scale, whole.scale * 4, whole.scale * 40]) {
    const marks = marksOf(sorted, scale), all = marks.reduce((n, m) => n + m.places.length, 0);
    const near = marks.some((m, i) => marks.some((o, k) => k > i && ((m.x - o.x) * scale) ** 2 + ((m.y - o.y) * scale) ** 2 < APART ** 2 - 1e-6));
    check(`no mark covers another, and none is lost (${marks.length})`, all === 10000 && !near);
    check('a mark is as bad as its worst', marks.every((m) => m.places.every((p) => p.rank >= m.places[0].rank) && m.worst === m.places[0].worst));
  }
  const began = performance.now();
  for (let i = 0; i < 10; i++) marksOf(sorted, whole.scale * (1 + i / 10));
  console.log(`# ${((performance.now() - began) / 10).toFixed(1)} ms to gather 10,000 places`);
  check('those that are asked for alone', choose(places, 'go', '').every((p) => p.by.go > 0) && choose(places, 'need', '').every((p) => p.worst !== 'good') && choose(places, '', '17').length === 1);
  check('how many of each', JSON.stringify(sumOf([{ by: { silent: 1, go: 0, out: 0, soon: 0, desk: 0, new: 0, pending: 2, good: 3 } }], '')) === '[["silent",1],["pending",2],["good",3]]');
  const at = [200, 100], under = (v) => [v.x + (at[0] - w / 2) / v.scale, v.y + (at[1] - h / 2) / v.scale], [a, b] = [under(whole), under(zoomed(whole, 3, ...at, w, h))];
  check('what is under the hand stays there', Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-9);
  check('and moves as far as the hand', Math.abs((moved(whole, 50, -20).x - whole.x) * whole.scale + 50) < 1e-6);
  let v = whole;
  for (let i = 0; i < 60; i++) v = zoomed(v, 2, 0, 0, w, h);
  check('nearer than a street nobody comes', v.scale === zoomed(v, 2, 0, 0, w, h).scale && Number.isFinite(v.x));
  check('nor out of the world', viewOf([], w, h).scale > 0 && viewOf([sorted[0]], w, h).scale > 1000);
  const g = lines(whole, w, h, sorted[0].k);
  check('lines of a grid', g.north.length > 1 && g.east.length > 1 && g.north.every(([, y]) => y >= -1 && y <= h + 1) && g.east.every(([, x]) => x >= -1 && x <= w + 1), g);
  const [d] = districtsOf({ districts: [{ name: '区', rings: [[104e6, 30e6, 105e6, 30e6, 105e6, 31e6, 104e6, 31e6]] }] }, plane), middle = plane([30.5e6, 104.5e6]);
  check('a district has its name in its middle', Math.hypot(d.at.x - middle.x, d.at.y - middle.y) < 1e-6 && /^M.*Z$/.test(d.path), d);
  check('words cover neither words nor marks', JSON.stringify(clear([[0, 0, 50, 18], [40, 5, 50, 18], [200, 0, 10, 10], [0, 100, 9, 9]], [[195, 0, 40, 40]])) === '[0,null,null,0]' && clear([[0, 0, 50, 18]], [[0, 0, 50, 18]], [0, 10, -20])[0] === -20);
}

const marks = (page) => page.$$eval('.mark', (l) => l.map((m) => m.getAttribute('aria-label')));
const sees = (page, what) => page.waitForFunction(what, { polling: 50 }).then(() => true, () => false);

export async function map({ begin, hall, tell, check, says, shot, press, at, text }) {
  geometry({ check });
  const page = await begin('0602');
  await tell('fleet');
  await page.goto(`${hall.url}/#/map`);
  check('nothing is on the map, and how to put it there', await says(page, '还没有一处放在地图上') && await says(page, '不在地图上的 4 处'));
  await shot(page, '19-map-empty');
  await page.goto(`${hall.url}/#/terminal/e-01`);
  await says(page, '没有说在哪里');
  const put = async (words, datum) => {
    await press(page, '地图…'); await page.waitForSelector('form.where input:focus');
    await page.keyboard.type(words);
    if (datum) await page.select('form.where select', datum);
    await shot(page, '19-map-put');
    await page.keyboard.press('Enter');
  };
  await put('116.404, 39.915');
  check('the wrong way round is said', await says(page, '经度和纬度写反了'));
  await page.$eval('form.where input', (e) => { e.value = ''; });
  await page.type('form.where input', '39.922699552216216，116.41662724378733');
  await page.select('form.where select', 'bd09');
  await page.focus('form.where input');
  await page.keyboard.press('Enter');
  check('put there from Baidu’s map, and moved back', await says(page, '39.915000, 116.404000') && await says(page, '测试壬'));
  await shot(page, '19-map-terminal');
  await press(page, '看地图');
  check('the one place', await says(page, '只看这一片') && await sees(page, () => document.querySelectorAll('.mark').length === 1));
  check('its mark says how it stands', (await marks(page))[0] === '城东街道: 1 台没消息，1 台要去人，1 台快没纸，1 台正常', await marks(page));
  check('a grid where no outlines are', await says(page, '北纬') && await page.$$eval('.lines path', (l) => l.length > 3));
  await shot(page, '19-map-one');

  await tell('city 200');
  await page.goto(`${hall.url}/#/terminals`);
  await press(page, '地图');
  await at(page, '#/map//need');
  check('what is to be seen to', await says(page, '210 台') && await sees(page, () => document.querySelectorAll('.mark').length > 5));
  check('zones’ names at their middle', await page.$$eval('.names text', (l) => l.some((x) => x.textContent.includes('政务服务'))));
  await shot(page, '19-map-grid');
  await tell('outlines');
  await press(page, '重新取');
  check('districts', await sees(page, () => document.querySelectorAll('.districts path').length === 4) && await page.$$eval('.names text', (l) => l.some((x) => x.textContent === '城西区')));
  await shot(page, '19-map-need');
  await press(page, '全部 210');
  check('all of them; the address says so', await sees(page, () => location.hash === '#/map//all') && await sees(page, () => [...document.querySelectorAll('.mark')].some((m) => m.getAttribute('aria-label').includes('正常'))));
  check('where many lie close together one mark counts them', (await page.$$eval('.badge text', (l) => l.reduce((n, x) => n + Number(x.textContent), 0))) > 150 && (await marks(page)).some((m) => /\d+ 处/.test(m)));
  await shot(page, '19-map');

  // by keyboard: onto the map, along the marks, open one that stands for several, then a place, then a terminal
  await page.$eval('.map > svg', (e) => e.focus());
  await page.keyboard.press('Home');
  await new Promise((r) => setTimeout(r, 300));
  const before = (await marks(page)).length;
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  check('Tab comes to the worst first', /没消息/.test(first) && first === (await marks(page))[0], first);
  const order = await page.evaluate(() => [...document.querySelectorAll('.mark')].map((m) => ['silent', 'go', 'out', 'soon', 'desk', 'new', 'pending', 'good'].indexOf(m.querySelector('.m').classList[1])));
  check('and on from there to the least', order.every((n, i) => i === 0 || order[i - 1] <= n), order);
  await page.evaluate(() => [...document.querySelectorAll('.mark')].find((m) => /\d+ 处/.test(m.getAttribute('aria-label'))).focus());
  await page.keyboard.press('Enter');
  check('it opens: nearer, and in more marks', await page.waitForFunction((n) => document.querySelectorAll('.mark').length !== n, { polling: 50 }, before).then(() => true, () => false) && await page.$eval('.inview li.on b', (e) => e.innerText.length > 0));
  await shot(page, '19-map-near');
  await page.$eval('.map > svg', (e) => e.focus());
  await page.keyboard.press('Home');
  check('Home shows all again', await page.waitForFunction((n) => document.querySelectorAll('.mark').length === n, { polling: 50 }, before).then(() => true, () => false));
  const where = () => page.$eval('.mark', (m) => m.getAttribute('transform'));
  const here = await where();
  await page.keyboard.press('ArrowRight');
  check('arrow keys move it', await page.waitForFunction((t) => document.querySelector('.mark').getAttribute('transform') !== t, { polling: 50 }, here).then(() => true, () => false));
  const box = await (await page.$('.map')).boundingBox(), [x, y] = [box.x + box.width / 2, box.y + 40], moved = await where();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 90, y + 60, { steps: 5 });
  await page.mouse.up();
  check('and so does a hand', await page.waitForFunction((t) => document.querySelector('.mark').getAttribute('transform') !== t, { polling: 50 }, moved).then(() => true, () => false));
  const ruler = await page.$eval('.ruler', (e) => e.textContent);
  await page.mouse.wheel({ deltaY: -900 });
  check('a wheel zooms, and the page stays', await page.waitForFunction((t) => document.querySelector('.ruler').textContent !== t, { polling: 50 }, ruler).then(() => true, () => false) && await page.$eval('.mid', (e) => e.scrollTop === 0));
  const touch = await page.createCDPSession(), km = await page.$eval('.ruler', (e) => e.textContent), fingers = (apart) => [x - apart, x + apart].map((fx, id) => ({ x: fx, y: y + 80, id }));
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(60) });
  for (const apart of [80, 110, 150, 200]) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  check('two fingers zoom it', await page.waitForFunction((t) => document.querySelector('.ruler').textContent !== t, { polling: 50, timeout: 5000 }, km).then(() => true, () => false), km);
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: false });
  const listed = await page.$$eval('.inview li b', (l) => l.length), named = await page.$eval('.inview .hd .push', (e) => parseInt(e.innerText, 10));
  check('the list has what is in view', listed === Math.min(named, 30) || listed === Math.min(named, 31), [listed, named]);
  await press(page, '没消息');
  await press(page, '全部');
  await page.$eval('.map > svg', (e) => e.focus());
  await page.keyboard.press('Home');
  await page.evaluate(() => [...document.querySelectorAll('.inview .pick')].find((b) => b.innerText.includes('城东街道')).focus());
  await page.keyboard.press('Enter');
  check('picked in the list, it is marked on the map', await sees(page, () => document.querySelectorAll('.mark.on').length === 1));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await at(page, '#/terminal/e-03');
  await page.goBack();
  check('back where one looked', await says(page, '看得到的') && await sees(page, () => document.querySelectorAll('.mark').length > 0));
  await page.goto(`${hall.url}/#/map//go`);
  await page.reload();
  check('a filter by its address', await sees(page, () => document.querySelectorAll('.mark').length > 0) && (await marks(page)).every((m) => m.includes('要去人')), await marks(page));
  await press(page, '列表');
  check('and the list has the same', await sees(page, () => location.hash === '#/terminals//go') && await sees(page, () => document.querySelector('.seg button.yes')?.innerText.startsWith('要去人')));
  await page.goto(`${hall.url}/#/map//all`);
  await press(page, 'English');
  check('in English', await says(page, 'In view, worst first') && await says(page, 'update pending'));
  await shot(page, '19-map-en');
  const raw = await page.evaluate(() => /\b(map|where|datum|point|view|fleet)-[a-z]/.exec(document.body.innerText)?.[0] || '');
  check('no word of the map is missing', raw === '', raw);
  await press(page, 'Larger');
  await shot(page, '19-map-en-large');
  await press(page, 'Larger');
  await press(page, '中文');
  await page.setViewport({ width: 1920, height: 1080 });
  await says(page, '看得到的');
  await shot(page, '19-map-1920');
  await page.close();
}
