// SPDX-License-Identifier: Apache-2.0
// Items that are taken off everywhere: which, since when and why, which terminals have it and which not yet; taking one off,
// and bringing it back. The bar becomes the question, and says what will happen before it is pressed.
import { html, useState, useEffect, useRef, t, why, ask, bytes, clock, moment, useKeys, stay, Icon, Say, Title } from './lib.js';
import * as draft from './draft.js';

export const words = 'publish';

const LOOK_MS = 3000, MOST = { zh: 120, en: 120, reason: 200 };
const FEW = 12; // so many a terminal of earlier software takes (HALTS_FEW)
const line = (text) => text.trim().replace(/\s+/g, ' ');

function headline(p) {
  const lacks = Math.max(0, ...p.halts.map((h) => h.lacks));
  const newer = Math.max(0, ...p.halts.map((h) => h.newer));
  return !p.halts.length ? t('halt-title-none') : lacks ? t('halt-title-lacks', p.halts.length, lacks) : newer ? t('halt-title-newer', p.halts.length, newer) : t('halt-title', p.halts.length);
}

function Waits({ h }) {
  return html`<div class="s">${h.waits.map((w) => html`<div><b>${w.device}</b>　${w.spot}　${w.terminal}　${w.heard ? t('halt-heard', moment(w.heard)) : t('ed-never')}</div>`)}${h.more && t('ed-more-terminals')}</div>`;
}

function Halts({ p, begin }) {
  return html`<section class="card">${p.halts.length ? html`<table><thead><tr><th>${t('ed-item')}</th><th>${t('halt-reads')}</th><th>${t('halt-who')}</th><th>${t('halt-has')}</th></tr></thead>
    <tbody>${p.halts.map((h) => html`<tr key=${h.item}><td><b>${h.name}</b><br /><span class="s q">${h.item}</span><br /><button class="btn small" onClick=${() => begin({ on: true, item: h.item, name: h.name })}>${t('halt-on')}</button></td><td>${h.zh}${h.en && html`<br /><span class="s q">${h.en}</span>`}</td><td>${h.by}　<span class="q">${moment(h.since)}</span><br /><span class="s q">${h.why}</span></td>
      <td>${h.lacks ? html`<span class="chip warn"><${Icon} n="wait" />${t('halt-n', h.has, h.has + h.lacks)}</span><${Waits} h=${h} />` : h.has > 0 && html`<span class="chip ok"><${Icon} n="ok" />${t('halt-all', h.has)}</span>`}${h.newer > 0 && html`<div class="s">${t('halt-newer', h.newer)}</div>`}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('halt-none')}</p>`}</section>`;
}

// What is missing before it may be sent; '': nothing.
function lacks(q) {
  if (!q.item) return t('halt-lack-item');
  if (!q.on && !q.zh.trim()) return t('halt-lack-zh');
  if (!q.reason.trim()) return t('ed-lack-reason');
  const long = Object.keys(MOST).find((k) => bytes(q[k] || '') > MOST[k]);
  return long ? t('too-long', MOST[long], bytes(q[long])) : '';
}

// Which item is meant: what the catalogue finds of some words; the last question's answer counts.
function Find({ q, put }) {
  const asked = useRef(0), [found, set] = useState(null);
  const look = (text) => {
    put({ find: text, item: '' });
    const nth = ++asked.current;
    if (!text.trim()) { set(null); return; }
    ask('POST', 'api/items', { text: line(text) }).then((a) => { if (nth === asked.current) { set(a.status === 200 ? a.items : []); if (a.items?.length === 1) put({ item: a.items[0].item, name: a.items[0].name }); } });
  };
  return html`<label class="f fill"><span>${t('halt-find')}</span><input class="first" value=${q.find} onInput=${(e) => look(e.target.value)} /></label>
    ${!found && q.item && html`<b>${q.name}</b>`}${found && (found.length ? html`<label class="f fill"><span>${t('halt-which')}</span><select value=${q.item} onChange=${(e) => { const i = found.find((f) => f.item === e.target.value); put({ item: i?.item ?? '', name: i?.name ?? '' }); }}><option value="">${t('halt-choose', found.length)}</option>${found.map((i) => html`<option value=${i.item}>${i.name}　${i.dept}</option>`)}</select></label>` : html`<span class="why">${t('halt-found-none')}</span>`)}`;
}

function Question({ q, put, send, close, lack, said }) {
  const field = (name) => html`<label class="f fill"><span>${t(`halt-${name}`)}</span><input class=${q.on ? 'first' : ''} name=${name} value=${q[name]} onInput=${(e) => put({ [name]: e.target.value })} /></label>`;
  return html`<div class="act ask"><div class="stack fill">${said?.bad && html`<p class="badc" role="alert">${said.bad}</p>`}<p role="status">${q.on ? t('halt-effect-on', q.name) : t('halt-effect-off')}</p>
    ${!q.on && html`<div class="row"><${Find} q=${q} put=${put} /></div><div class="row">${field('zh')}${field('en')}</div>`}<div class="row">${field('reason')}</div></div>
    <div class="stack"><span class="why" role="status">${lack}</span><div class="row nowrap"><button class="btn" onClick=${close}>${t('ed-not-now')} <kbd>Esc</kbd></button><button class="btn main ${lack ? 'off' : ''}" aria-disabled=${!!lack} onClick=${send}>${t(q.on ? 'halt-do-on' : 'halt-do-off')}${!lack && html` <kbd>Ctrl Enter</kbd>`}</button></div></div></div>`;
}

export function Page() {
  const [p, set] = useState(null), [asked, setQuestion] = useState(null), [said, setSaid] = useState(null), place = asked?.on ? `halt/on/${asked.item}` : 'halt/off';
  const [typed, put] = draft.useDraft(place, asked?.on ? { reason: '' } : { find: '', item: '', name: '', zh: '', en: '', reason: '' }), q = asked && { ...asked, ...typed };
  const look = () => ask('GET', 'api/halts').then(stay(set));
  useEffect(() => { look(); const timer = setInterval(look, LOOK_MS); return () => clearInterval(timer); }, []);
  useEffect(() => document.querySelector('.act .first')?.focus(), [!asked, asked?.on]);
  const lack = q ? lacks(q) : '', close = () => setQuestion(null);
  const begin = (question) => { setSaid(null); setQuestion(question); };
  const off = () => begin({ on: false });
  const send = async () => {
    if (!q || lack) return;
    const body = { item: q.item, reason: line(q.reason), ...(!q.on && { zh: line(q.zh), en: line(q.en) }) };
    const a = await draft.sendFrom(place, `api/halt/${q.on ? 'on' : 'off'}`, body);
    setSaid(a.status === 200 ? { good: t(q.on ? 'halt-did-on' : 'halt-did-off', q.name, clock(a.at)) } : { bad: why(a) });
    if (a.status === 200) close(); // else what was typed stays, with why
    look();
  };
  useKeys({ 'Ctrl Enter': () => (q ? send() : off()), Escape: () => { if (q) close(); else location.hash = '#/publish'; } });
  if (!p) return html`<main></main>`;
  if (p.status !== 200) return html`<main><div class="top"><${Title}>${t('halts')}<//></div><div class="mid"><${Say} kind="bad" icon="network-off">${why(p)}<//></div>
    <div class="act"><a class="btn" href="#/publish">${t('ed-back')} <kbd>Esc</kbd></a></div></main>`;
  return html`<main><div class="top"><div><${Title}>${headline(p)}<//><p class="q">${t('halt-sub')}</p></div><div class="right"><span class="q s">${t('as-of', clock(p.at))}</span></div></div>
    <div class="mid">${p.halts.length > FEW && html`<${Say} kind="warn" icon="wait">${t('halt-few', p.halts.length, FEW)}<//>`}<${Halts} p=${p} begin=${begin} /><p class="q">${t('halt-how')}</p></div>
    ${q ? html`<${Question} q=${q} put=${put} send=${send} close=${close} lack=${lack} said=${said} />` : html`<div class="act"><a class="btn" href="#/publish">${t('ed-back')}</a><div class="gap"></div>${said?.good ? html`<span class="row" role="status"><${Icon} n="ok" c="okc" />${said.good}</span>` : said?.bad ? html`<span class="badc" role="alert">${said.bad}</span>` : html`<${draft.Waiting} places=${[['halt/off', off]]} draw=${look} />`}
      <button class="btn main" onClick=${off}>${t('halt-off')} <kbd>Ctrl Enter</kbd></button></div>`}</main>`;
}
