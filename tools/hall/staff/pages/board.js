// SPDX-License-Identifier: Apache-2.0
// The public display: board.html?office=1103. Nobody signs in, nobody's name is on it. When the hall does not answer, the last
// picture stays, with the time it is from. Notices change by pages.
const office = new URLSearchParams(location.search).get('office') || '';
const EVERY_MS = 2000, LOST_MS = 10000, NOTICE_MS = 12000, NOTICES = 3;
const ICONS = { next: '<path d="M4 12h15M13 6l6 6-6 6"/>', off: '<rect x="9" y="3" width="6" height="5" rx="1"/><rect x="3" y="16" width="6" height="5" rx="1"/><path d="M12 8v4H6v4M12 12h6M15.5 16l5 5M20.5 16l-5 5"/>' };
let words = {}, board = null, heard = 0; // heard: when it came, by this machine's clock that only runs
const t = (key, ...fill) => (words[key] ?? key).replace(/\{(\d)\}/g, (_, n) => fill[n] ?? '');
const clock = (ms) => new Date(ms + 8 * 3600000).toISOString().slice(11, 16);
const el = (tag, props, ...inside) => {
  const e = Object.assign(document.createElement(tag), props);
  e.append(...inside.filter((x) => x !== null && x !== false));
  return e;
};
const icon = (name) => {
  const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  s.setAttribute('viewBox', '0 0 24 24');
  s.setAttribute('aria-hidden', 'true');
  s.innerHTML = ICONS[name];
  return s;
};
const plain = (number) => number.replace(' ', '');
const long = (number) => (plain(number).length > 5 ? 'long' : '');

function calls() {
  if (!board.windows.length) return el('p', { className: 'none' }, t('board-none'));
  return el('ol', { className: 'calls' }, ...board.windows.slice(0, 4).map((w, i) => el('li', { className: `${i ? '' : 'new'} ${long(w.ticket)}` }, el('span', {}, plain(w.ticket)), icon('next'), el('span', {}, String(w.number), el('small', {}, t('board-window'))))));
}
const wait = (q) => (q.paused_until ? t('board-paused', q.paused_until.slice(11, 16)) : q.waiting === 0 ? t('board-nobody') : q.most > 0 ? `${q.least}–${q.most}` : q.waiting > 0 ? t('board-people', q.waiting) : '—');

function draw() {
  if (!board) return;
  const age = performance.now() - heard, at = Date.parse(board.at), lost = age > LOST_MS;
  const head = el('header', {}, el('img', { src: 'mark.svg', alt: '' }), el('h1', {}, t('board-title')),
    lost ? el('div', { className: 'off push' }, icon('off'), el('span', { role: 'status' }, t('board-off', clock(at)))) : el('span', { className: 'en', lang: 'en' }, t('board-title-en')),
    el('div', { className: `time ${lost ? '' : 'push'}` }, clock(at + age)));
  const side = el('aside', { className: 'side' }, el('h2', {}, t('board-next')), el('ol', { className: 'next' }, ...board.next.map((n) => el('li', { className: long(n) }, plain(n)))),
    el('h2', {}, lost ? t('board-wait-at', clock(at)) : t('board-wait')), el('table', {}, el('tbody', {}, ...board.queues.slice(0, 5).map((q) => el('tr', {}, el('td', {}, q.name), el('td', {}, wait(q)))))));
  const page = Math.floor(performance.now() / NOTICE_MS) % NOTICES;
  document.body.replaceChildren(head, el('main', {}, calls()), side, el('footer', {}, t(`board-notice-${page + 1}`), el('span', {}, `${page + 1} / ${NOTICES}`)));
}

async function look() {
  try {
    const r = await fetch(`api/board?office=${encodeURIComponent(office)}`, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    if (r.status === 200) { board = await r.json(); heard = performance.now(); }
    else if (r.status === 404 && !board) document.body.replaceChildren(el('p', { className: 'none' }, t('board-no-office')));
  } catch {
    // the picture says since when
  }
  draw();
  setTimeout(look, EVERY_MS);
}

fetch('words/zh-CN.tsv').then((r) => r.text()).then((text) => {
  words = Object.fromEntries(text.split('\n').filter((l) => l && !l.startsWith('#')).map((l) => l.split('\t')));
  document.title = t('board-title');
  look();
});
