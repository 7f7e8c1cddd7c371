// SPDX-License-Identifier: Apache-2.0
// What staff have terminals do from afar: the bar becomes the question, with why, and says beforehand what will happen.
import { html, useState, useEffect, useRef, t, has, why, fetchFile, save, clock, bytes, Icon } from './lib.js';
import { since } from './fleet_lib.js';
import * as draft from './draft.js';

const ACTS = ['restart', 'sync', 'out', 'in', 'message', 'logs'];
const ICONS = { restart: 'sync', sync: 'transfer', out: 'pause', in: 'check', message: 'speaker', logs: 'log' };
const REASONS = ['repair', 'supplies', 'power', 'closed', 'move'];
const HOURS = { out: [0, 1, 2, 4, 8, 24], message: [1, 4, 12, 24, 72, 168] };
const MOST = { zh: 240, en: 240, why: 200 };

const Field = ({ name, form, set, wide }) => html`<label class="f ${wide ? 'wide' : ''}"><span class="s">${t(`act-${name}`)}</span><input class="sm" name=${name} value=${form[name]} onInput=${(e) => set({ ...form, [name]: e.target.value })} /></label>`;
const Choice = ({ name, values, text, form, set }) => html`<label class="f"><span class="s">${t(`act-${name}`)}</span><select class="sm" name=${name} value=${form[name]} onChange=${(e) => set({ ...form, [name]: e.target.value })}>${values.map((v) => html`<option value=${v}>${text(v)}</option>`)}</select></label>`;

// What is missing before it may be sent; '': nothing.
function lacks(act, form) {
  const long = Object.keys(MOST).find((k) => bytes(form[k].trim()) > MOST[k]);
  if (long) return t('act-too-long', t(`act-${long}`));
  if (act === 'message' && form.en.trim() && !form.zh.trim()) return t('act-lacks-zh');
  return form.why.trim() ? '' : t('act-lacks-why');
}
function body(act, terminals, form) {
  const say = act === 'message' && form.zh.trim();
  return { terminals, act, why: form.why.trim(), ...(act === 'out' && { reason: form.reason, hours: +form.hours }), ...(say && { zh: form.zh.trim(), en: form.en.trim(), hours: +form.hours }) };
}

// `terminals`: ids; `name`: what they are called; `out`: whether it is out of service (undefined: several).
export function Acts({ terminals, name, out, done }) {
  const [act, setAct] = useState(''), [said, setSaid] = useState(''), [, draw] = useState(0), place = (a) => `act/${a}/${terminals.join(' ')}`;
  const [form, put] = draft.useDraft(place(act), { reason: 'repair', hours: String(HOURS[act]?.[1] ?? 0), zh: '', en: '', why: '' });
  const open = (a) => { setAct(a); setSaid(''); };
  const at = useRef();
  useEffect(() => at.current?.querySelector('select, input')?.focus(), [act]);
  const may = ACTS.filter((a) => (out === undefined ? true : a === 'in' ? out : a !== 'out' || !out));
  if (!act) return html`${said ? html`<span class="why" role="status">${said}</span>` : html`<${draft.Waiting} places=${may.map((a) => [place(a), () => open(a)])} draw=${() => draw((n) => n + 1)} />`}${may.map((a) => html`<button class="btn" onClick=${() => open(a)}><${Icon} n=${ICONS[a]} c="i16" />${t(`act-${a}`)}…</button>`)}`;
  const lack = lacks(act, form);
  const send = async (e) => {
    e.preventDefault();
    if (lack) { setSaid(lack); return; }
    const a = await draft.sendFrom(place(act), 'api/acts', body(act, terminals, form), true);
    if (a.status !== 200) { setSaid(why(a)); return; }
    setAct('');
    setSaid(t('act-wanted', clock(a.at), t(`act-${act}`)));
    done();
  };
  const change = (f) => { put(f); setSaid(''); };
  return html`<form class="row grow acts" ref=${at} onSubmit=${send} onKeyDown=${(e) => { if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); setAct(''); } }}><b>${t(`act-ask-${act}`, name)}</b>
    ${act === 'out' && html`<${Choice} name="reason" values=${REASONS} text=${(v) => t(`out-${v}`)} form=${form} set=${change} />`}${HOURS[act] && html`<${Choice} name="hours" values=${HOURS[act]} text=${(v) => (v ? t('act-n-hours', v) : t('act-hours-unknown'))} form=${form} set=${change} />`}
    ${act === 'message' && html`<${Field} name="zh" form=${form} set=${change} wide /><${Field} name="en" form=${form} set=${change} wide />`}<${Field} name="why" form=${form} set=${change} wide />
    <span class="why">${said || t(['restart', 'out'].includes(act) ? 'act-zone-say' : act === 'message' || act === 'logs' ? `act-${act}-say` : 'act-say')}</span><button type="button" class="btn" onClick=${() => setAct('')}>${t('act-not')} <kbd>Esc</kbd></button><button class="btn main ${lack ? 'off' : ''}">${t(`act-do-${act}`)}</button></form>`;
}

// Logs on their way: how much is here, what is in the way, or the button that saves them.
const kb = (n) => Math.ceil(n / 1024);
function Logs({ a, at, said }) {
  const l = a.logs;
  const take = async () => {
    const file = await fetchFile(`api/logs/${a.id}`, {});
    if (file.status === 200) save(file.blob, l.name);
    said(file.status === 200 ? t('logs-saved', l.name) : why(file));
  };
  if (l.stand === 'here') return html`<br /><button class="btn small" onClick=${take}><${Icon} n="log" c="i16" />${t('logs-save', kb(l.size))}</button>`;
  return html`<br /><span class="s">${l.stand === 'not' ? t(`logs-not-${l.why}`) : t(`logs-is-${l.stand}`, kb(l.have), kb(l.size), since(l.last, at))}</span>`;
}

// What was wanted of one terminal, and how far it is. Withdrawn is what the button stood beside, and nothing that came since.
const named = (a) => t(`act-${a.act}`) + (a.zh ? `${t('colon')}${a.zh}` : '');
export function Wanted({ r, look }) {
  const [asks, setAsks] = useState(null), [said, setSaid] = useState(''), place = `withdraw/${asks?.id}`;
  const [{ reason }, put] = draft.useDraft(place, { reason: '' });
  const withdraw = async (e) => {
    e.preventDefault();
    if (!reason.trim() || bytes(reason.trim()) > MOST.why) { setSaid(reason.trim() ? t('act-too-long', t('act-why')) : t('act-lacks-why')); return; }
    const a = await draft.sendFrom(place, 'api/acts-withdraw', { id: asks.id, why: reason.trim() });
    setSaid(a.status !== 200 ? why(a) : a.repeated ? t('stored-before', named(asks)) : t('act-withdrew', clock(a.at), named(asks)));
    if (a.status === 200) setAsks(null); // else what was typed stays, with why
    look();
  };
  return html`<section class="card"><div class="hd"><h2>${t('acts')}</h2><span class="push q s" role="status">${said || t('acts-say')}</span></div>
    ${asks && html`<form class="row pad acts" onSubmit=${withdraw} onKeyDown=${(e) => { if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); setAsks(null); } }}><label class="f fill"><span class="s">${t('act-withdraw-ask', named(asks))}</span><input class="sm" name="withdraw-why" value=${reason} onInput=${(e) => put({ reason: e.target.value })} /></label><button type="button" class="btn" onClick=${() => setAsks(null)}>${t('act-not')} <kbd>Esc</kbd></button><button class="btn main">${t('act-withdraw')}</button></form>`}${r.acts.length ? html`<table><thead><tr><th>${t('act-what')}</th><th>${t('act-who')}</th><th>${t('act-stand')}</th></tr></thead>
    <tbody>${r.acts.slice(0, 8).map((a) => html`<tr><td><b>${t(`act-${a.act}`)}</b>${a.reason && has(`out-${a.reason}`) ? `${t('colon')}${t(`out-${a.reason}`)}` : ''}${a.zh ? html`<br /><span class="s q">${a.zh}</span>` : ''}</td><td>${a.name}　${since(a.made, r.at)}<br /><span class="s q">${a.why}</span></td>
      <td>${t(`act-is-${a.stand}`)}<br /><span class="s q">${t(a.stand === 'done' || a.stand === 'expired' ? 'act-at' : 'act-until', since(a.stand === 'done' ? a.since : a.until, r.at))}</span>${a.logs && a.logs.stand !== 'asked' && html`<${Logs} a=${a} at=${r.at} said=${setSaid} />`}${a.waits && html`<br /><button class="btn small" onClick=${() => { setAsks(a); setSaid(''); }}>${t('act-withdraw')}…</button>`}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('acts-none')}</p>`}</section>`;
}
