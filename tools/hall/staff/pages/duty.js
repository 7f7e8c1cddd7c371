// SPDX-License-Identifier: Apache-2.0
// Open alerts, the most urgent first: what, where, since when, whose, what next; one is taken by saying until when. Below, who
// is on duty when (duty_plan.js), and what ended within a day.
import { html, useState, useEffect, useRef, t, has, why, ask, bytes, clock, useLatest, useKeys, rowKeys, stop, stay, Icon, Say, Title } from './lib.js';
import { toBar } from './focus.js';
import { whyWord, since } from './fleet_lib.js';
import { Plan, Gaps, gapNow } from './duty_plan.js';
import * as draft from './draft.js';

const CHIP = { now: ['bad', 'alert'], soon: ['warn', 'wait'], desk: ['', 'info'] };
const MINUTES = [30, 60, 120, 240, 720, 1440];
const MOST = 200; // bytes of what is said
const TWICE_MS = 2000;

const whatWord = (w) => (has(`is-${w}`) ? whyWord(w) : has(`alert-${w}`) ? t(`alert-${w}`) : has(`duty-is-${w}`) ? t(`duty-is-${w}`) : w);
const where = (r) => (r.terminal === '-' ? t('duty-hall') : `${r.device} ${r.spot}`.trim() || r.terminal);
const doWord = (r) => t(has(`do-${r.what}`) ? `do-${r.what}` : `do-${r.level}`);
const key = (r) => `${r.terminal} ${r.what} ${r.since_ms}`;
const place = (r, verb) => `duty/${verb}/${key(r)}`;
const told = (a) => (a.reason === 'alert-taken' ? (a.staff ? t('duty-taken', a.name, a.taken ? clock(a.taken) : '', a.words) : t('duty-free-now')) : a.reason === 'alert-ended' ? t('duty-ended', a.name ? t('by-whom', a.name) : '') : why(a));

function headline(p) {
  if (!p.all) return t('duty-none');
  const worst = p.rows[0];
  return p.free ? t('duty-title', p.free, where(worst), whatWord(worst.what)) : t('duty-all-taken', p.all);
}

// Whose it is; else who was told, and who will be.
function Whose({ r, now }) {
  if (r.staff && !r.gone) return html`<b>${r.name}</b>${r.by && html`　<span class="chip ${r.late ? 'bad' : 'ok'}"><${Icon} n=${r.late ? 'alert' : 'clock'} />${t(r.late ? 'duty-past' : 'duty-by', since(r.by, now))}</span>`}<br /><span class="s q wrap">${r.words}</span>`;
  const left = r.words && html`<br /><span class="s q wrap">${r.name}${t('colon')}${r.words}</span>`;
  const was = !r.told ? t('duty-nobody-told') : r.told_to && r.waits ? t('duty-waits', r.told_to, since(r.told, now), r.tries) : r.told_to ? t('duty-told', r.told_to, since(r.told, now)) : t('duty-nobody-on', since(r.told, now));
  return html`<b>${r.gone ? r.name : t('duty-nobody')}</b>　${r.gone && html`<span class="chip bad"><${Icon} n="alert" />${t('duty-gone')}</span>　`}<span class="s">${was}</span>${left}<br /><span class="s q">${r.next ? (r.next_at ? t('duty-next-at', r.next, since(r.next_at, now)) : t('duty-next', r.next)) : t('duty-no-one')}</span>`;
}

function Row({ r, i, now, on, pick }) {
  const [kind, icon] = CHIP[r.level];
  return html`<tr tabindex=${stop(i)} class=${on ? 'chosen' : ''} onClick=${pick}><td><span class="chip ${kind}"><${Icon} n=${icon} />${t(`level-${r.level}`)}</span></td><td><b>${whatWord(r.what)}</b>${r.detail && html`<br /><span class="s q wrap">${r.detail}</span>`}</td>
    <td>${where(r)}</td><td class="nw">${since(r.since, now)}${r.count > 1 ? html`<br /><span class="s q">${t('duty-times', r.count)}</span>` : ''}</td><td><${Whose} r=${r} now=${now} /></td><td>${doWord(r)}</td></tr>`;
}

// The bar as a question: taking one, giving it back, ending it. Where somebody was faster what was typed stays, and whose it is
// now stands beside it.
function Ask({ r, verb, leave, done, look }) {
  const [{ words, minutes }, put] = draft.useDraft(place(r, verb), { words: verb === 'take' && r.staff ? '' : t(`duty-say-${verb}`), minutes: '60' }), [said, setSaid] = useState('');
  const first = useRef(), moved = useRef(0);
  useEffect(() => { first.current.focus(); first.current.select(); }, []);
  const lack = !words.trim() ? t('duty-lacks-words') : bytes(words.trim()) > MOST ? t('duty-too-long') : '';
  const send = async (e) => {
    e.preventDefault();
    if (lack) { setSaid(lack); return; }
    if (performance.now() - moved.current < TWICE_MS) return; // a quick hand's second press is no answer to what it was just told
    const body = { terminal: r.terminal, what: r.what, since: r.since_ms, seen: r.staff, words: words.trim(), ...(verb === 'take' && { minutes: +minutes }) };
    const a = await draft.sendFrom(place(r, verb), `api/duty/${verb}`, body, true);
    if (a.status === 200) { done(t(`duty-did-${verb}`, clock(a.at), whatWord(r.what)), 'ok'); return; }
    if (a.status === 409 && a.reason !== 'alert-taken') { done(told(a), 'warn'); return; } // it has ended
    setSaid(told(a));
    if (a.status === 409) { moved.current = performance.now(); look(); }
  };
  return html`<form class="row grow acts" onSubmit=${send} onKeyDown=${(e) => { if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); leave(); } }}><b>${t(verb === 'take' && r.staff ? 'duty-ask-over' : `duty-ask-${verb}`, whatWord(r.what), where(r), r.name)}</b>
    <label class="f wide"><span class="s">${t('duty-words')}</span><input class="sm" name="words" ref=${first} value=${words} onInput=${(e) => { put({ words: e.target.value }); setSaid(''); }} /></label>
    ${verb === 'take' && html`<label class="f"><span class="s">${t('duty-until')}</span><select class="sm" name="minutes" value=${minutes} onChange=${(e) => put({ minutes: e.target.value })}>${MINUTES.map((m) => html`<option value=${m}>${t(`duty-in-${m}`)}</option>`)}</select></label>`}
    <span class="why" role="status">${said || t(`duty-about-${verb}`)}</span><button type="button" class="btn" onClick=${leave}>${t('duty-not')} <kbd>Esc</kbd></button><button class="btn main ${lack ? 'off' : ''}">${t(`duty-do-${verb}`)}</button></form>`;
}

function Ended({ p }) {
  if (!p.ended.length) return null;
  return html`<section class="card"><div class="hd"><h2>${t('duty-over')}</h2></div><table><thead><tr><th>${t('duty-what')}</th><th>${t('duty-where')}</th><th>${t('duty-from')}</th><th>${t('duty-to')}</th><th>${t('duty-who')}</th></tr></thead>
    <tbody>${p.ended.map((r) => html`<tr><td>${whatWord(r.what)}</td><td>${where(r)}</td><td class="nw">${since(r.since, p.at)}</td><td class="nw">${since(r.ended, p.at)}</td><td>${r.name || t('duty-by-itself')}${r.words ? html`<br /><span class="s q wrap">${r.words}</span>` : ''}</td></tr>`)}</tbody></table></section>`;
}

export const words = ['terminals', 'duty'];
export function Page({ me }) {
  const [p, set] = useState(null), [at, setAt] = useState(''), [verb, setVerb] = useState(''), [said, setSaid] = useState(null);
  const take = useLatest(stay(set)), look = () => take(ask('GET', 'api/duty'));
  useEffect(look, []);
  const r = p?.rows?.find((one) => key(one) === at);
  useKeys({ ArrowDown: () => document.querySelector('.alerts tr[tabindex="0"]')?.focus(), Escape: () => { setAt(''); setVerb(''); } });
  if (!p) return html`<main></main>`;
  if (p.status !== 200) return html`<main><div class="top"><${Title}>${t('side-duty')}<//></div><div class="mid"><${Say} kind="bad" icon="network-off">${why(p)}<//></div>
    <div class="act"><div class="gap"></div><button class="btn main" onClick=${look}>${t('again')}</button></div></main>`;
  const pick = (one) => { setAt(key(one)); setVerb(''); setSaid(null); };
  const done = (words, kind) => { setVerb(''); setSaid({ words, kind }); look(); };
  const mine = r && r.staff === me.id;
  return html`<main><div class="top"><${Title}>${headline(p)}<//><div class="right"><span class="q s">${t('as-of', clock(p.at))}</span><button class="btn small" onClick=${look}><${Icon} n="sync" c="i16" />${t('again')}</button></div></div>
    <div class="mid">${!p.sends && html`<${Say} kind="warn" icon="alert">${p.sent ? t('duty-not-sent-since', since(p.sent, p.at)) : t('duty-never-sent')}<//>`}
    ${p.undelivered > 0 && html`<${Say} kind="warn" icon="alert">${t('duty-undelivered', p.undelivered)}<//>`}
    ${!p.shifts.length ? html`<${Say} kind="warn" icon="info">${t('duty-no-list')}<//>` : !p.on.length && html`<${Say} kind="warn" icon="alert">${t('duty-gap-now', gapNow(p))}<//>`}
    <section class="card alerts"><div class="hd"><h2>${t('duty-open')} ${p.all}</h2><span class="push q s">${p.on.length ? t('duty-on', p.on.map((o) => `${o.name}（${o.zone ? p.zones.find((z) => z.name === o.zone)?.spot || o.zone : t('duty-all-zones')}，${o.way}）`).join(t('comma'))) : ''}</span></div>
    ${p.rows.length ? html`<table class="tall" onKeyDown=${(e) => rowKeys(e, (i) => { pick(p.rows[i]); setTimeout(toBar); })}><thead><tr><th>${t('duty-level')}</th><th>${t('duty-what')}</th><th>${t('duty-where')}</th><th>${t('duty-from')}</th><th>${t('duty-who')}</th><th>${t('duty-step')}</th></tr></thead>
      <tbody>${p.rows.map((one, i) => html`<${Row} key=${key(one)} r=${one} i=${i} now=${p.at} on=${at === key(one)} pick=${() => pick(one)} />`)}</tbody></table>` : html`<p class="pad q">${t('duty-nothing')}</p>`}
    ${p.all > p.rows.length && html`<p class="pad q">${t('duty-more', p.all - p.rows.length)}</p>`}</section>
    <div class="cols even"><${Plan} p=${p} look=${look} /><div class="stack"><${Gaps} p=${p} /><${Ended} p=${p} /></div></div></div>
    <div class="act">${r && verb ? html`<${Ask} key=${verb + at} r=${r} verb=${verb} leave=${() => setVerb('')} done=${done} look=${look} />` : html`
      ${said ? html`<span class=${said.kind === 'ok' ? 's' : 'why bad'} role="status">${said.words}</span>` : html`<span class="q s">${r ? `${whatWord(r.what)}　${where(r)}` : t('duty-help')}</span>`}<div class="gap"></div>
      ${r && r.terminal !== '-' && html`<a class="btn" href="#/terminal/${r.terminal}">${t('duty-terminal')}</a>`}
      ${mine && html`<button class="btn" onClick=${() => setVerb('leave')}>${t('duty-leave')}…</button>`}${r && !r.lasts && html`<button class="btn" onClick=${() => setVerb('done')}>${t('duty-done')}…</button>`}
      ${r && html`<button class="btn main" onClick=${() => setVerb('take')}>${t(mine ? 'duty-longer' : r.staff ? 'duty-over-take' : 'duty-take')}…</button>`}`}</div></main>`;
}
