// SPDX-License-Identifier: Apache-2.0
// What residents asked, suggested, complained of and reported at terminals: the list with its last days, and one of them, opened
// for a reason, assigned, answered or refused. #/complaints, #/complaints/NUMBER. What was said is held by session.js alone.
import { html, useState, useEffect, useRef, t, has, why, ask, language, day, moment, bytes, useLatest, useKeys, rowKeys, stop, stay, Icon, Say, Title } from './lib.js';
import { hold, forget } from './session.js';
import * as draft from './draft.js';
import { Openings, useOpened } from './opened.js';

export const words = 'complaints';
const STAGES = ['', 'new', 'assigned', 'answered', 'refused', 'closed'], WHYS = ['not-ours', 'said-before', 'in-court', 'nothing-said'];
const WORDS_MAX = 600; // bytes, rules/complaint.h
const grouped = (n) => `${n.slice(0, 4)} ${n.slice(4, 7)} ${n.slice(7)}`;
const told = (a) => (has(`said-why-${a.reason}`) ? t(`said-why-${a.reason}`) : why(a));

function Due({ c }) {
  if (!c.owed) return html`<span class="q">${t('said-not-owed')}</span>`;
  return html`${day(c.due)}${c.provisional ? t('said-may-move') : ''}${c.overdue ? html` <span class="tag red">${t('said-late')}</span>` : ''}`;
}

function List() {
  const [stage, setStage] = useState(''), [places, setPlaces] = useState(['']), [page, set] = useState(null), [turn, setTurn] = useState(0);
  const after = places[places.length - 1];
  const take = useLatest(set);
  useEffect(() => take(ask('GET', `api/complaints?${stage ? `stage=${stage}&` : ''}after=${after}`)), [stage, after, turn]);
  const first = () => { setPlaces(['']); setTurn(turn + 1); };
  const before = () => places.length > 1 && setPlaces(places.slice(0, -1));
  const next = () => page?.after && setPlaces([...places, page.after]);
  useKeys({ Home: first, PageUp: before, PageDown: next, ArrowDown: () => document.querySelector('tr[tabindex="0"]')?.focus() });
  const good = page?.status === 200, rows = good ? page.rows : [], late = rows.filter((r) => r.overdue).length;
  const open = (i) => { location.hash = `#/complaints/${rows[i].number}`; };
  const title = !good ? t('side-complaints') : stage ? t(`said-title-${stage}`) : rows.length === 0 ? t('said-title-none') : late ? t('said-title-late', late) : page.after ? t('said-title') : t('said-title-n', rows.length, day(rows.map((r) => r.due).sort()[0]));
  return html`<main><div class="top"><${Title}>${title}<//></div><div class="mid"><span class="seg" role="group" aria-label=${t('col-stage')}>${STAGES.map((s) => html`<button class=${s === stage ? 'yes' : ''} aria-pressed=${s === stage} onClick=${() => { setStage(s); setPlaces(['']); }}>${t(s ? `said-${s}` : 'said-owed')}</button>`)}</span>
    ${page && !good && html`<${Say} kind="bad" icon="network-off">${why(page)}<//>`}
    ${rows.length > 0 && html`<div class="card"><table onKeyDown=${(e) => rowKeys(e, open)}><thead><tr><th scope="col">${t('said-due')}</th><th scope="col">${t('said-kind')}</th><th scope="col">${t('said-number')}</th><th scope="col">${t('said-when')}</th><th scope="col">${t('said-where')}</th><th scope="col">${t('col-stage')}</th><th scope="col">${t('col-staff')}</th></tr></thead>
      <tbody>${rows.map((r, i) => html`<tr key=${r.number} tabindex=${stop(i)} onClick=${() => open(i)}><td class="nw"><${Due} c=${r} /></td><td>${t(`said-kind-${r.kind}`)}</td><td class="nw s"><a href="#/complaints/${r.number}" tabindex="-1">${grouped(r.number)}</a></td><td class="nw">${moment(r.said)}</td><td>${r.terminal}</td><td>${t(`said-${r.stage}`)}</td><td>${r.staff ? `${r.post}　${r.staff}` : html`<span class="q">—</span>`}</td></tr>`)}</tbody></table></div>`}
    ${good && !rows.length && html`<div class="empty"><h2>${t('said-none')}</h2></div>`}</div>
    <div class="act"><span class="s"><b>${page?.after ? t('cases-more') : t('cases-end')}</b></span><div class="gap"></div><button class="btn" onClick=${first}>${t('first')} <kbd>Home</kbd></button><button class="btn ${places.length > 1 ? '' : 'off'}" onClick=${before}>‹ ${t('before')} <kbd>PgUp</kbd></button><button class="btn ${page?.after ? '' : 'off'}" onClick=${next}>${t('next')} › <kbd>PgDn</kbd></button></div></main>`;
}

// --- one ---

function Sealed({ c, done }) {
  const place = `said-open/${c.number}`, [{ reason }, put] = draft.useDraft(place, { reason: '' }), [busy, setBusy] = useState(false), [bad, setBad] = useState(null);
  const said = reason.replace(/\s+/g, ' ').trim();
  const go = async (e) => {
    e.preventDefault();
    if (!said || busy) return;
    setBusy(true);
    const a = await ask('POST', `api/said/${c.number}`, { reason: said });
    setBusy(false);
    setBad(a.status === 200 ? null : a);
    if (a.status === 200) { draft.drop(place); hold(c.number, said, a, `#/complaints/${c.number}`); done(); }
  };
  return html`<form class="sealed" onSubmit=${go}><div class="row"><${Icon} n="seal" c="pri i24" /><div><b>${t('said-sealed')}</b><br /><span class="s q">${t('said-sealed-say')}</span></div></div>
    <label class="f"><span>${t('said-reason')}</span><input maxlength="200" name="reason" value=${reason} onInput=${(e) => put({ reason: e.target.value })} /></label>
    <div class="row"><button class="btn ${said ? '' : 'off'}" aria-disabled=${!said}><${Icon} n="open" />${t(busy ? 'said-opening' : 'said-open')}</button>${bad && html`<span class="badc s" role="alert">${told(bad)}</span>`}</div></form>`;
}

function Words({ read }) {
  const a = read.answer, phone = a.fields?.find((f) => f.value)?.value[language];
  return html`<div class="pad"><p class="saidwords">${a.words}</p><div class="kv">${a.about && html`<span>${t('said-about')}</span><span>${has(`said-about-${a.about}`) ? t(`said-about-${a.about}`) : a.about}${a.item_name || a.item ? `${t('colon')}${a.item_name || a.item}` : ''}${a.case ? `${t('colon')}${a.case}` : ''}</span>`}
    <span>${t('said-by')}</span><span>${a.applicant?.name || t('said-unnamed')}</span><span>${t('said-phone')}</span><span>${phone || t('said-no-phone')}</span></div>
    <div class="row"><button class="btn small" onClick=${forget}>${t('said-close-words')}</button><span class="q s">${t('said-goes')}</span></div></div>`;
}

// As a terminal shows it to whoever has the code.
function Preview({ what, text, me }) {
  return html`<section class="paper"><h3>${t(what === 'answer' ? 'said-shown-answer' : 'said-shown-refuse')}</h3><p>${text || html`<span class="q">${t('said-shown-nothing')}</span>`}</p><p class="q">${t('said-shown-by', me.post)}</p></section>`;
}

const placeOf = (number, what) => `said/${what}/${number}`;

function Form({ what, c, me, send, leave, bad }) {
  const [{ text, to, reason }, put] = draft.useDraft(placeOf(c.number, what), { text: '', to: '', reason: '' }), first = useRef();
  useEffect(() => first.current.focus(), []);
  const line = text.replace(/\s+/g, ' ').trim(), long = bytes(line) > WORDS_MAX;
  const fit = what === 'assign' ? to : line && !long && (what !== 'refuse' || reason);
  const go = () => fit && send(what, what === 'assign' ? { to } : what === 'refuse' ? { words: line, why: reason } : { words: line });
  useKeys({ 'Ctrl Enter': go, Escape: leave });
  return html`<main><div class="top"><${Title}>${t(`said-form-${what}`)}<//></div><div class="mid">${bad && html`<${Say} kind="bad" icon="stop">${told(bad)}<//>`}
    ${what === 'assign' ? html`<label class="f card pad"><span>${t('said-to')}</span><select ref=${first} value=${to} onChange=${(e) => put({ to: e.target.value })}><option value="">${t('said-to-choose')}</option>${c.others.map((o) => html`<option value=${o.name}>${o.name}　${o.post}</option>`)}</select></label>`
    : html`<div class="cols even"><div class="stack">${what === 'refuse' && html`<label class="f card pad"><span>${t('said-why')}</span><select value=${reason} onChange=${(e) => put({ reason: e.target.value })}><option value="">${t('said-to-choose')}</option>${WHYS.map((w) => html`<option value=${w}>${t(`said-is-${w}`)}</option>`)}</select></label>`}
      <label class="f card pad"><span>${t(what === 'answer' ? 'said-words' : 'said-words-refuse')}</span><textarea ref=${first} rows="8" value=${text} onInput=${(e) => put({ text: e.target.value })}></textarea><span class="s ${long ? 'badc' : 'q'}">${t(long ? 'said-long' : 'said-line')}</span></label></div>
      <div class="stack"><h2>${t('said-preview')}</h2><${Preview} what=${what} text=${line} me=${me} /><p class="q s">${t('said-preview-say')}</p></div></div>`}</div>
    <div class="act"><button class="btn" onClick=${leave}>${t('said-leave')} <kbd>Esc</kbd></button><div class="gap"></div><button class="btn main ${fit ? '' : 'off'}" aria-disabled=${!fit} onClick=${go}>${t(`said-send-${what}`)} <kbd>Ctrl Enter</kbd></button></div></main>`;
}

function Event({ e }) {
  return html`<li><div class="l"><b>${t(`said-ev-${e.event}`)}</b><span class="q s">${moment(e.at)}</span></div><p>${e.post}　${e.staff}${e.to ? ` → ${e.to}` : ''}</p>${e.why && html`<p>${t(`said-is-${e.why}`)}</p>`}${e.words && html`<p>${e.words}</p>`}</li>`;
}

const MAIN = ['answer', 'assign', 'close']; // whichever may be first is the main one

function One({ number, me }) {
  const [c, set] = useState(null), [form, setForm] = useState(''), [bad, setBad] = useState(null), [said, setSaid] = useState('');
  const read = useOpened(number), look = () => ask('GET', `api/complaint/${number}`).then(stay(set));
  useEffect(() => { look(); }, [number]);
  const may = (what) => c?.may?.[what] === '', main = MAIN.find(may);
  const send = async (what, body) => {
    const a = await draft.sendFrom(placeOf(number, what), `api/complaint/${number}/${what}`, body || {});
    setBad(a.status === 200 ? null : a);
    if (a.status !== 200) return;
    setForm('');
    setSaid(t(a.repeated ? 'stored-before' : 'said-stored', t(`said-ev-${what}`)));
    look();
  };
  const press = (what) => { setBad(null); setSaid(''); if (what === 'close') send('close'); else setForm(what); };
  useKeys(form ? {} : { 'Ctrl Enter': () => main && press(main), Escape: () => { location.hash = '#/complaints'; } });
  if (!c) return html`<main></main>`;
  if (c.status !== 200) return html`<main><div class="top"><${Title}>${grouped(number)}<//></div><div class="mid"><${Say} kind="bad" icon="stop">${told(c)}<//></div><div class="act"><a class="btn" href="#/complaints">${t('said-back')}</a></div></main>`;
  if (form) return html`<${Form} what=${form} c=${c} me=${me} send=${send} bad=${bad} leave=${() => setForm('')} />`;
  const title = c.owed ? t(c.overdue ? 'said-one-late' : 'said-one', t(`said-kind-${c.kind}`), day(c.due)) : t('said-one-over', t(`said-kind-${c.kind}`), t(`said-${c.stage}`));
  const off = ['answer', 'assign', 'refuse', 'close'].filter((w) => !may(w) && !['stage', 'no-role'].includes(c.may[w]));
  return html`<main><div class="top"><div><${Title}>${title}<//><p class="q s">${grouped(number)}　${moment(c.said)}　${c.terminal}${c.provisional ? t('said-may-move') : ''}</p></div></div>
    <div class="mid">${bad && html`<${Say} kind="bad" icon="stop">${told(bad)}<//>`}<div class="cols"><section class="card"><div class="hd"><h2>${t('said-said')}</h2></div>${read ? html`<${Words} read=${read} />` : html`<${Sealed} c=${c} done=${look} />`}<${Openings} list=${c.openings || []} /></section>
      <section class="card"><div class="hd"><h2>${t('said-done')}</h2></div>${c.events.length ? html`<ol class="tl">${c.events.map((e) => html`<${Event} e=${e} />`)}</ol>` : html`<p class="pad q">${t('nobody-yet')}</p>`}</section></div></div>
    <div class="act"><a class="btn" href="#/complaints">‹ ${t('said-back')}</a>${said ? html`<span role="status">${said}</span>` : html`<${draft.Waiting} places=${['answer', 'assign', 'refuse'].filter(may).map((w) => [placeOf(number, w), () => press(w)])} draw=${look} />`}<div class="gap"></div>${off.length > 0 && html`<span class="why">${t(`said-why-${c.may[off[0]]}`)}</span>`}
      ${['close', 'refuse', 'assign', 'answer'].filter((w) => may(w) && w !== main).map((w) => html`<button class="btn" onClick=${() => press(w)}>${t(`said-do-${w}`)}</button>`)}${main && html`<button class="btn main" onClick=${() => press(main)}>${t(`said-do-${main}`)} <kbd>Ctrl Enter</kbd></button>`}</div></main>`;
}

export function Page({ me, rest }) {
  return rest[0] ? html`<${One} number=${rest[0]} me=${me} />` : html`<${List} />`;
}
