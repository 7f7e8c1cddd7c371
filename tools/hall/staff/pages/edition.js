// SPDX-License-Identifier: Apache-2.0
// One edition of the catalogue: who has it, who refused it and why, what changed; and what is done with it. The bar becomes
// the question, and says what will happen before it is pressed.
import { html, useState, useEffect, t, has, why, ask, fetchFile, save, bytes, clock, moment, useKeys, Icon, Say, Title } from './lib.js';
import { Chip, byItself, stage } from './edition_lib.js';

export const words = 'publish';

const STAGES = [0, 1, 10, 100], REASON_MAX = 200, LOOK_MS = 5000, FIELDS_SHOWN = 4;
const PLACES = ['has', 'refused', 'waits', 'silent', 'outside'];
const KIND = { has: ['ok', 'ok'], refused: ['bad', 'alert'], waits: ['info', 'wait'], silent: ['warn', 'network-off'] };
const given = (e) => e.terminals.has + e.terminals.refused + e.terminals.waits + e.terminals.silent;

function headline(e) {
  const n = e.terminals;
  if (e.state === 'runs' || e.state === 'paused' || e.state === 'stopped') return t(`ed-title-${e.state}`, e.version, given(e), n.has, n.refused);
  return t(`ed-title-${e.state}`, e.version, n.has);
}

function Steps({ e }) {
  const at = STAGES.indexOf(e.percent), steps = [[t('ed-step-brought'), `${moment(e.brought)} ${e.brought_by}`, true], [t('ed-step-approved'), e.approved ? `${moment(e.approved)} ${e.approved_by}` : t('ed-not-yet'), !!e.approved],
    ...STAGES.map((p, i) => [stage(p), i === at ? t('ed-begun') : p === e.next && e.state !== 'withdrawn' ? t('ed-ordered', moment(e.next_at)) : i < at ? '' : t('ed-not-yet'), i <= at])];
  const last = steps.reduce((n, s, i) => (s[2] ? i : n), 0);
  return html`<ol class="steps">${steps.map(([name, say, done], i) => html`<li class="${done ? 'done' : ''} ${i === last ? 'now' : ''}" aria-current=${i === last ? 'step' : null}><b>${name}</b><span class="s q">${say}</span></li>`)}</ol>`;
}

function Bar({ e }) {
  const shown = PLACES.filter((p) => e.terminals[p]);
  return html`<div class="shares" role="group" aria-label=${t('ed-figures')}>${shown.map((p) => html`<span class=${p} style=${{ flexGrow: e.terminals[p] }}>${t(`ed-n-${p}`, e.terminals[p])}</span>`)}</div>`;
}

function Changes({ d, version, setSaid }) {
  const [all, setAll] = useState(false);
  const print = async () => {
    const a = await fetchFile(`api/edition-diff/${version}.html`);
    if (a.status === 200) save(a.blob, `catalogue-${version}.html`);
    setSaid(a.status === 200 ? { good: t('ed-printed') } : { bad: why(a) });
  };
  if (!d) return html`<section class="card pad"><h2>${t('ed-changes')}</h2><p class="q">${t('ed-changes-wait')}</p></section>`;
  if (d.status !== 200) return html`<section class="card pad"><h2>${t('ed-changes')}</h2><p class="q">${why(d)}</p></section>`;
  return html`<section class="card"><div class="hd"><h2>${t('ed-changes-from', d.from)}</h2><button class="link push" onClick=${print}>${t('ed-print')}</button></div><p class="pad q">${t('ed-counts', d.counts.added, d.counts.gone, d.counts.changed)}</p>
    ${d.items.length > 0 && html`<table><thead><tr><th>${t('ed-item')}</th><th>${t('ed-before-after')}</th></tr></thead><tbody>${d.items.map((i) => html`<tr><td><b>${i.name}</b><br /><span class="s q">${t(`ed-kind-${i.kind}`)}${i.dept ? `　${i.dept}` : ''}</span></td>
      <td>${i.fields.slice(0, all ? undefined : FIELDS_SHOWN).map((f) => html`<div class="wrap"><span class="q">${f.where}：</span>${f.before || t('ed-left-out')} → <b>${f.after || t('ed-left-out')}</b></div>`)}${!all && i.fields.length > FIELDS_SHOWN && html`<button class="link s" onClick=${() => setAll(true)}>${t('ed-more-fields', i.fields.length - FIELDS_SHOWN)}</button>`}</td></tr>`)}</tbody></table>`}
    ${d.more && html`<p class="pad q">${t('ed-more-items')}</p>`}</section>`;
}

const reason = (w) => (has(`ed-why-${w}`) ? t(`ed-why-${w}`) : w);

function Terminals({ p }) {
  const [only, setOnly] = useState('');
  const rows = p.rows.filter((r) => !only || r.place === only), count = (k) => p.rows.filter((r) => !k || r.place === k).length;
  return html`<section class="card"><div class="hd"><h2>${t('ed-terminals')}</h2><span class="push seg" role="group" aria-label=${t('ed-terminals')}>${['', 'refused', 'waits', 'silent', 'has'].map((k) => html`<button class=${only === k ? 'yes' : ''} aria-pressed=${only === k} onClick=${() => setOnly(k)}>${t(`ed-place-${k || 'all'}`)} ${count(k)}</button>`)}</span></div>
    ${rows.length ? html`<table><thead><tr><th>${t('col-terminal')}</th><th>${t('col-now')}</th><th class="r">${t('ed-uses')}</th><th>${t('col-heard')}</th></tr></thead><tbody>${rows.map((r) => html`<tr key=${r.terminal}><td><b>${r.device}</b>　${r.spot}<br /><span class="s q">${r.terminal}${r.chosen ? `　${t('ed-chosen')}` : ''}</span></td>
      <td><span class="chip ${KIND[r.place][0]}"><${Icon} n=${KIND[r.place][1]} />${t(`ed-place-${r.place}`)}</span>${r.why && html`<br /><span class="s">${reason(r.why)}</span>`}</td><td class="r">${r.catalogue || '—'}</td><td class="nw">${r.heard ? moment(r.heard) : t('ed-never')}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('ed-no-terminals')}</p>`}
    ${p.more && html`<p class="pad q">${t('ed-more-terminals')}</p>`}</section>`;
}

// Which stage comes next; null: none.
const following = (e) => (e.state === 'approved' ? 0 : e.state === 'runs' ? STAGES.find((p) => p > Math.max(e.percent, e.next)) ?? null : null);

// What will happen, before it is pressed.
function effect(e, q, offered) {
  if (q.act === 'withdraw' || q.act === 'pause') return t(`ed-effect-${q.act}`, e.terminals.has, e.terminals.waits + e.terminals.silent, e.terminals.outside, offered, e.version + 1);
  if (q.act === 'rollout' && q.percent === 100) return t('ed-effect-all', e.version, e.terminals.outside);
  return t(`ed-effect-${q.act}`, e.version, e.stop_after);
}

function Question({ e, offered, q, put, send, close, lack }) {
  return html`<div class="act ask"><div class="stack fill"><p role="status">${effect(e, q, offered)}</p><div class="row">
    ${q.act === 'rollout' && html`<label class="f"><span>${t('ed-ask-stage')}</span><select value=${q.percent} onChange=${(x) => put({ percent: Number(x.target.value) })}>${STAGES.filter((p) => (p > e.percent || (p === 0 && e.percent <= 0)) && !(e.percent < 0 && p === 100)).map((p) => html`<option value=${p}>${stage(p)}</option>`)}</select></label>
      ${q.percent === 0 && html`<label class="f"><span>${t('ed-ask-terminals')}</span><input value=${q.terminals} onInput=${(x) => put({ terminals: x.target.value })} placeholder="t-1103-001, t-1103-002" /></label>`}
      <label class="f"><span>${t('ed-ask-at')}</span><input type="datetime-local" value=${q.at} onInput=${(x) => put({ at: x.target.value })} /></label>
      <label class="f few"><span>${t('ed-ask-stop')}</span><input type="number" min="1" max="100000" value=${q.stop} onInput=${(x) => put({ stop: x.target.value })} /></label>`}
    <label class="f fill"><span>${t('ed-ask-reason')}</span><input class="first" value=${q.reason} onInput=${(x) => put({ reason: x.target.value })} /></label></div></div>
    <div class="stack"><span class="why" role="status">${lack}</span><div class="row nowrap"><button class="btn" onClick=${close}>${t('ed-not-now')} <kbd>Esc</kbd></button><button class="btn main ${lack ? 'off' : ''}" aria-disabled=${!!lack} onClick=${send}>${t(`ed-do-${q.act}`, stage(q.percent))}${!lack && html` <kbd>Ctrl Enter</kbd>`}</button></div></div></div>`;
}

const names = (text) => text.split(/[\s,，、]+/).filter(Boolean).join(',');

function lacks(e, q) {
  if (!q.reason.trim()) return t('ed-lack-reason');
  if (bytes(q.reason) > REASON_MAX) return t('too-long', REASON_MAX, bytes(q.reason));
  return q.act === 'rollout' && q.percent === 0 && e.percent < 0 && !names(q.terminals) ? t('ed-lack-terminals') : '';
}

export function Page({ rest: [version] }) {
  const [p, set] = useState(null), [d, setDiff] = useState(null), [q, setQuestion] = useState(null), [said, setSaid] = useState(null);
  const look = () => ask('GET', `api/edition/${version}`).then(set);
  useEffect(() => { look(); ask('GET', `api/edition-diff/${version}`).then(setDiff); }, []);
  useEffect(() => { // the figures follow; the list of terminals waits until it is asked for
    const timer = setInterval(() => ask('GET', `api/edition/${version}`).then((a) => a.status === 200 && set((was) => (was?.status === 200 ? { ...a, rows: was.rows, more: was.more } : a))), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => document.querySelector('.act .first')?.focus(), [q?.act]);
  const e = p?.edition, next = e ? following(e) : null, lack = q && e ? lacks(e, q) : '';
  const begin = (act) => { setSaid(null); setQuestion({ act, percent: next ?? 0, terminals: '', at: '', stop: String(e.stop_after), reason: '' }); };
  const close = () => setQuestion(null);
  const send = async () => {
    if (!q || lack) return;
    const body = { reason: q.reason.trim().replace(/\s+/g, ' ') };
    if (q.act === 'rollout') Object.assign(body, { percent: q.percent, ...(q.percent === 0 && names(q.terminals) && { terminals: names(q.terminals) }), ...(q.at && { at: `${q.at}:00+08:00` }), ...(Number(q.stop) >= 1 && { stop_after: Number(q.stop) }) });
    const a = await ask('POST', `api/edition/${version}/${q.act}`, body);
    setSaid(a.status === 200 ? { good: t('ed-did', t(`ed-did-${q.act}`), clock(a.at)) } : { bad: why(a) });
    if (a.status === 200 || a.status === 409) setQuestion(null);
    look();
  };
  const able = e && { approve: e.state === 'brought' && !e.own && !e.over, rollout: next !== null && !e.over, pause: e.state === 'runs', resume: ['paused', 'stopped'].includes(e.state) && !e.over, withdraw: !['withdrawn', 'current'].includes(e.state) };
  const first = able && ['approve', 'resume', 'rollout'].find((act) => able[act]);
  useKeys({ 'Ctrl Enter': () => (q ? send() : first && begin(first)), Escape: () => { if (q) close(); else location.hash = '#/publish'; } });
  if (!p) return html`<main></main>`;
  if (p.status !== 200) return html`<main><div class="top"><${Title}>${t('pub-nth', version)}<//></div><div class="mid"><${Say} kind="bad" icon="alert">${why(p)}<//></div>
    <div class="act"><a class="btn" href="#/publish">${t('ed-back')} <kbd>Esc</kbd></a></div></main>`;
  return html`<main><div class="top"><div><${Title}>${headline(e)}<//><p class="q">${t('ed-sub', p.offered)}${e.own && e.state === 'brought' ? t('ed-sub-own') : ''}${e.over && e.state !== 'current' ? t('ed-sub-over') : ''}${byItself(e) ? t('ed-sub-itself', moment(e.changed)) : t('ed-sub-why', e.changed_by || e.brought_by, e.why)}</p></div><div class="right"><${Chip} e=${e} /><span class="q s">${t('as-of', clock(p.at))}</span><button class="btn small" onClick=${look}><${Icon} n="sync" c="i16" />${t('again')}</button></div></div>
    <div class="mid"><section class="card pad"><${Steps} e=${e} /><${Bar} e=${e} /><p class="s q">${t('ed-rule', e.stop_after)}</p></section>
    <div class="cols even"><${Changes} d=${d} version=${version} setSaid=${setSaid} /><${Terminals} p=${p} /></div>
    ${able.withdraw && html`<${Say} kind="info">${t('ed-if-withdrawn', e.terminals.has, e.terminals.waits + e.terminals.silent, e.terminals.outside, p.offered)}<br />${t('ed-how-back')}<//>`}</div>
    ${q ? html`<${Question} e=${e} offered=${p.offered} q=${q} put=${(more) => setQuestion({ ...q, ...more })} send=${send} close=${close} lack=${lack} />` : html`<div class="act"><a class="btn" href="#/publish">${t('ed-back')}</a>${able.withdraw && html`<button class="btn" onClick=${() => begin('withdraw')}>${t('ed-withdraw')}</button>`}${able.pause && html`<button class="btn" onClick=${() => begin('pause')}><${Icon} n="pause" />${t('ed-pause')}</button>`}
      <div class="gap"></div>${said?.good && html`<span class="row" role="status"><${Icon} n="ok" c="okc" />${said.good}</span>`}${said?.bad && html`<span class="badc" role="alert">${said.bad}</span>`}<span class="why">${!first ? t(e.own && e.state === 'brought' ? 'ed-cannot-own' : `ed-cannot-${e.state}`) : ''}</span>
      ${first && html`<button class="btn main" onClick=${() => begin(first)}>${t(`ed-go-${first}`, first === 'rollout' ? stage(next) : '')} <kbd>Ctrl Enter</kbd></button>`}</div>`}</main>`;
}
