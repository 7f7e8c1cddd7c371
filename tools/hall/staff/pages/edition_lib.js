// SPDX-License-Identifier: Apache-2.0
// One edition, a catalogue or a system: how far it is, who did what, and what is done with it. The bar becomes the question,
// and says what will happen before it is pressed. What the two say of their own stands in edition.js and system.js.
import { html, useState, useEffect, useRef, t, has, why, ask, bytes, clock, moment, useKeys, stay, Icon, Say, Title } from './lib.js';
import * as draft from './draft.js';

// Where the hall has it, and whose words come first: "sy-" says of a system what "ed-" says otherwise.
export const KINDS = { catalogue: { path: (v) => `api/edition/${v}`, look: '', words: 'ed' }, system: { path: (v) => `api/system/${v}`, look: '?rows=no', words: 'sy' } };
export const w = (kind, key, ...fill) => t(has(`${KINDS[kind].words}-${key}`) ? `${KINDS[kind].words}-${key}` : `ed-${key}`, ...fill);
export const nameOf = (kind, version) => t(kind === 'system' ? 'sy-nth' : 'pub-nth', version);

const CHIP = { brought: ['warn', 'wait'], approved: ['info', 'check'], runs: ['info', 'sync'], paused: ['warn', 'pause'], stopped: ['bad', 'stop'], withdrawn: ['', 'close'], superseded: ['', 'transfer'], current: ['ok', 'ok'] };
export function Chip({ e, kind = 'catalogue' }) {
  const [colour, icon] = CHIP[e.state];
  return html`<span class="chip ${colour}"><${Icon} n=${icon} />${w(kind, `is-${e.state}`)}</span>`;
}
// Its last change was the hall's own: a stage began, refusals stopped it.
export const byItself = (e) => e.changed && !e.changed_by;
// "10 %", or the chosen terminals alone; percent -1: none yet.
export const stage = (percent) => (percent < 0 ? t('ed-stage-none') : percent === 0 ? t('ed-stage-chosen') : percent === 100 ? t('ed-stage-all') : `${percent} %`);
export const PLACE = { has: ['ok', 'ok'], refused: ['bad', 'alert'], waits: ['info', 'wait'], silent: ['warn', 'network-off'], left: ['', 'close'] };

const STAGES = [0, 1, 10, 100], REASON_MAX = 200, LOOK_MS = 5000, TWICE_MS = 2000;
const PLACES = ['has', 'refused', 'waits', 'silent', 'left', 'outside'];
const given = (e) => e.terminals.has + e.terminals.refused + e.terminals.waits + e.terminals.silent;

function headline(kind, e) {
  const n = e.terminals;
  if (e.state === 'runs' || e.state === 'paused' || e.state === 'stopped') return w(kind, `title-${e.state}`, e.version, given(e), n.has, n.refused);
  return w(kind, `title-${e.state}`, e.version, n.has, n.left);
}

function Steps({ e }) {
  const at = STAGES.indexOf(e.percent), steps = [[t('ed-step-brought'), `${moment(e.brought)} ${e.brought_by}`, true], [t('ed-step-approved'), e.approved ? `${moment(e.approved)} ${e.approved_by}` : t('ed-not-yet'), !!e.approved],
    ...STAGES.map((p, i) => [stage(p), i === at ? t('ed-begun') : p === e.next && e.state !== 'withdrawn' ? t('ed-ordered', moment(e.next_at)) : i < at ? '' : t('ed-not-yet'), i <= at])];
  const last = steps.reduce((n, s, i) => (s[2] ? i : n), 0);
  return html`<ol class="steps">${steps.map(([name, say, done], i) => html`<li class="${done ? 'done' : ''} ${i === last ? 'now' : ''}" aria-current=${i === last ? 'step' : null}><b>${name}</b><span class="s q">${say}</span></li>`)}</ol>`;
}

function Bar({ kind, e }) {
  const shown = PLACES.filter((p) => e.terminals[p]);
  return html`<div class="shares" role="group" aria-label=${t('ed-figures')}>${shown.map((p) => html`<span class=${p} style=${{ flexGrow: e.terminals[p] }}>${w(kind, `n-${p}`, e.terminals[p])}</span>`)}</div>`;
}

// Who changed it while the question stood there, and how it stands now.
const faster = (kind, e) => t('ed-faster', e.changed_by || t('ed-hall'), moment(e.changed), w(kind, `is-${e.state}`), e.next >= 0 && e.state !== 'withdrawn' ? `${stage(e.next)} ${t('ed-ordered', moment(e.next_at))}` : stage(e.percent), e.why);

// Which stage comes next; null: none.
const following = (e) => (e.state === 'approved' ? 0 : e.state === 'runs' ? STAGES.find((p) => p > Math.max(e.percent, e.next)) ?? null : null);

// What may be done now, and what of it is the main thing.
const ACTS = { approve: (e) => e.state === 'brought' && !e.own && !e.over, resume: (e) => ['paused', 'stopped'].includes(e.state) && !e.over, rollout: (e) => following(e) !== null && !e.over,
  pause: (e) => e.state === 'runs', withdraw: (e) => !['withdrawn', 'superseded', 'current'].includes(e.state) };
const stagesOf = (e) => STAGES.filter((p) => (p > e.percent || (p === 0 && e.percent <= 0)) && !(e.percent < 0 && p === 100));

// What will happen, before it is pressed.
function effect(kind, e, q, p) {
  if (q.act === 'retry') return t('sy-effect-retry', q.name);
  if (q.act === 'withdraw' || q.act === 'pause') return w(kind, `effect-${q.act}`, e.terminals.has, e.terminals.waits + e.terminals.silent, e.terminals.outside, p.offered, e.version + 1);
  if (q.act === 'rollout' && q.percent === 100) return w(kind, 'effect-all', e.version, e.terminals.outside);
  if (q.act === 'rollout' && p.before_waits) return `${w(kind, 'effect-rollout', e.version, e.stop_after)}${t('sy-effect-passes', p.before_waits, p.before, e.version)}`;
  return w(kind, `effect-${q.act}`, e.version, e.stop_after);
}

function Question({ kind, e, p, q, put, send, close, lack, said }) {
  return html`<div class="act ask"><div class="stack fill">${said?.bad && html`<p class="badc" role="alert">${said.bad}</p>`}<p role="status">${effect(kind, e, q, p)}</p><div class="row">
    ${q.act === 'rollout' && html`<label class="f"><span>${t('ed-ask-stage')}</span><select value=${q.percent} onChange=${(x) => put({ percent: Number(x.target.value) })}>${stagesOf(e).map((p) => html`<option value=${p}>${stage(p)}</option>`)}</select></label>
      ${q.percent === 0 && html`<label class="f"><span>${t('ed-ask-terminals')}</span><input value=${q.terminals} onInput=${(x) => put({ terminals: x.target.value })} placeholder="t-1103-001, t-1103-002" /></label>`}
      <label class="f"><span>${t('ed-ask-at')}</span><input type="datetime-local" value=${q.at} onInput=${(x) => put({ at: x.target.value })} /></label>
      <label class="f few"><span>${w(kind, 'ask-stop')}</span><input type="number" min="1" max="100000" value=${q.stop} onInput=${(x) => put({ stop: x.target.value })} /></label>`}
    <label class="f fill"><span>${t('ed-ask-reason')}</span><input class="first" value=${q.reason} onInput=${(x) => put({ reason: x.target.value })} /></label></div></div>
    <div class="stack"><span class="why" role="status">${lack}</span><div class="row nowrap"><button class="btn" onClick=${close}>${t('ed-not-now')} <kbd>Esc</kbd></button><button class="btn main ${lack ? 'off' : ''}" aria-disabled=${!!lack} onClick=${send}>${w(kind, `do-${q.act}`, stage(q.percent))}${!lack && html` <kbd>Ctrl Enter</kbd>`}</button></div></div></div>`;
}

const names = (text) => text.split(/[\s,，、]+/).filter(Boolean).join(',');

function lacks(e, q) {
  if (!q.reason.trim()) return t('ed-lack-reason');
  if (bytes(q.reason) > REASON_MAX) return t('too-long', REASON_MAX, bytes(q.reason));
  return q.act === 'rollout' && q.percent === 0 && e.percent < 0 && !names(q.terminals) ? t('ed-lack-terminals') : '';
}

// `Left`, `Terminals`: its kind's own; `sub`: what stands under the title.
export function Edition({ kind, version, Left, Terminals, sub }) {
  const { path, look: short } = KINDS[kind];
  const [p, set] = useState(null), [asked, setQuestion] = useState(null), [said, setSaid] = useState(null);
  const [kept, keep] = useState(''); // why, as it was typed for what could not be done any more
  const place = (one) => `edition/${kind}/${version}/${one?.act}/${one?.terminal ?? (one?.act === 'rollout' ? one.from : '')}`, here = place(asked);
  const [typed, put] = draft.useDraft(here, { percent: asked?.percent, terminals: '', at: '', stop: asked?.stop, reason: kept }), q = asked && { ...asked, ...typed, seq: asked.seq };
  const sent = useRef({ busy: false, told: 0 });
  const look = () => ask('GET', path(version)).then(stay(set));
  useEffect(() => { look(); }, []);
  useEffect(() => { // the figures follow; the list of terminals waits until it is asked for
    const timer = setInterval(() => ask('GET', `${path(version)}${short}`).then((a) => a.status === 200 && set((was) => (was?.status === 200 ? { ...a, rows: was.rows, more: was.more } : a))), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => document.querySelector('.act .first')?.focus(), [asked?.act]);
  const e = p?.edition, next = e ? following(e) : null, lack = q && e ? lacks(e, q) : '';
  // What got no answer is sent again for what the page had then.
  const begin = (act, more) => { const one = { act, from: e.percent, percent: next ?? 0, stop: String(e.stop_after), ...more }; setSaid(null); sent.current.told = 0; setQuestion({ ...one, seq: draft.unanswered(place(one))?.seq ?? e.seq }); };
  const close = () => { setQuestion(null); keep(''); };
  // Somebody else was faster: what was typed stays, on what it is now, and a second press of a quick hand does not pass for an answer.
  const moved = (now) => {
    sent.current.told = performance.now();
    if (!now || !ACTS[q.act](now)) { draft.drop(here); setQuestion(null); keep(q.reason); return; }
    setQuestion((was) => was && ({ ...was, seq: now.seq }));
    if (!stagesOf(now).includes(q.percent)) put({ percent: following(now) ?? 0 });
  };
  const send = async () => {
    if (!q || lack || sent.current.busy || performance.now() - sent.current.told < TWICE_MS) return;
    sent.current.busy = true;
    const body = { reason: q.reason.trim().replace(/\s+/g, ' ') };
    if (q.act === 'rollout') Object.assign(body, { percent: q.percent, ...(q.percent === 0 && names(q.terminals) && { terminals: names(q.terminals) }), ...(q.at && { at: `${q.at}:00+08:00` }), ...(Number(q.stop) >= 1 && { stop_after: Number(q.stop) }) });
    put({ seq: q.seq });
    const a = q.act === 'retry' ? await draft.sendFrom(here, 'api/system-retry', { ...body, terminal: q.terminal }) : await draft.sendFrom(here, `${path(version)}/${q.act}`, { ...body, seq: q.seq });
    sent.current.busy = false;
    setSaid(a.status === 200 ? { good: t(a.repeated ? 'stored-before' : 'ed-did', w(kind, `did-${q.act}`), clock(a.at)) } : { bad: a.edition ? faster(kind, a.edition) : why(a) });
    if (a.status === 200) close();
    else if (a.status === 409) moved(a.edition);
    look();
  };
  const able = e && Object.fromEntries(Object.entries(ACTS).map(([act, may]) => [act, may(e)]));
  const first = able && ['approve', 'resume', 'rollout'].find((act) => able[act]);
  useKeys({ 'Ctrl Enter': () => (q ? send() : first && begin(first)), Escape: () => { if (q) close(); else location.hash = '#/publish'; } });
  if (!p) return html`<main></main>`;
  if (p.status !== 200) return html`<main><div class="top"><${Title}>${nameOf(kind, version)}<//></div><div class="mid"><${Say} kind="bad" icon="alert">${why(p)}<//></div>
    <div class="act"><a class="btn" href="#/publish">${t('ed-back')} <kbd>Esc</kbd></a></div></main>`;
  return html`<main><div class="top"><div><${Title}>${headline(kind, e)}<//><p class="q">${sub(p)}${e.own && e.state === 'brought' ? t('ed-sub-own') : ''}${e.over && !['current', 'superseded'].includes(e.state) ? w(kind, 'sub-over') : ''}${byItself(e) ? t('ed-sub-itself', moment(e.changed)) : e.why ? t('ed-sub-why', e.changed_by || e.brought_by, e.why) : ''}</p></div><div class="right"><${Chip} e=${e} kind=${kind} /><span class="q s">${t('as-of', clock(p.at))}</span><button class="btn small" onClick=${look}><${Icon} n="sync" c="i16" />${t('again')}</button></div></div>
    <div class="mid"><section class="card pad"><${Steps} e=${e} /><${Bar} kind=${kind} e=${e} /><p class="s q">${w(kind, 'rule', e.stop_after)}</p></section>
    ${e.state === 'runs' && e.percent >= 0 && !given(e) && html`<${Say} kind="warn" icon="info">${t('ed-empty')}<//>`}
    <div class="cols even"><${Left} p=${p} version=${version} setSaid=${setSaid} /><${Terminals} p=${p} begin=${begin} /></div>
    ${able.withdraw && html`<${Say} kind="info">${w(kind, 'if-withdrawn', e.terminals.has, e.terminals.waits + e.terminals.silent, e.terminals.outside, p.offered)}<br />${w(kind, 'how-back')}<//>`}</div>
    ${q ? html`<${Question} kind=${kind} e=${e} p=${p} q=${q} put=${put} send=${send} close=${close} lack=${lack} said=${said} />` : html`<div class="act"><a class="btn" href="#/publish">${t('ed-back')}</a>${able.withdraw && html`<button class="btn" onClick=${() => begin('withdraw')}>${t('ed-withdraw')}</button>`}${able.pause && html`<button class="btn" onClick=${() => begin('pause')}><${Icon} n="pause" />${t('ed-pause')}</button>`}
      <div class="gap"></div>${said?.good ? html`<span class="row" role="status"><${Icon} n="ok" c="okc" />${said.good}</span>` : said?.bad ? html`<span class="badc" role="alert">${said.bad}</span>` : html`<${draft.Waiting} places=${Object.keys(able).filter((act) => able[act]).map((act) => [place({ act, from: e.percent }), () => begin(act)])} draw=${look} />`}<span class="why">${!first ? (e.own && e.state === 'brought' ? t('ed-cannot-own') : w(kind, `cannot-${e.state}`)) : ''}</span>
      ${first && html`<button class="btn main" onClick=${() => begin(first)}>${t(`ed-go-${first}`, first === 'rollout' ? stage(next) : '')} <kbd>Ctrl Enter</kbd></button>`}</div>`}</main>`;
}
