// SPDX-License-Identifier: Apache-2.0
// What is written about a case: a few fields, or the two with a paper beside them. What is typed is a draft (draft.js) at
// once; the bar says what is missing, and the one press that sends it.
import { html, useState, t, why, clock, bytes, spaced, useKeys, Icon, Say, Title } from './lib.js';
import * as draft from './draft.js';

const WORDS_MAX = 600, LAW_MAX = 200; // bytes, as the hall takes them
const FIELDS = {
  supplied: ['words'], refuse: ['words', 'law'], resume: ['words'], examine: ['words'], withdraw: ['words'], 'hand-over': ['to', 'words'],
  stop: ['procedure', 'days', 'law', 'words'],
};
const OPTIONAL = { stop: ['words'] };
const PROCEDURES = ['inspection', 'hearing', 'review', 'test', 'quarantine', 'appraisal', 'tender'];
const line = (text) => (text || '').replace(/\s+/g, ' ').trim();

function label(event, field) {
  return field === 'words' ? t(`form-words-${event}`) : t(`form-${field}`);
}

function Field({ event, field, f, put, c, me }) {
  const others = c.others.filter((o) => o.name !== c.staff);
  const on = (e) => put({ [field]: e.target.value });
  if (field === 'words') return html`<label class="f"><span>${label(event, field)}</span><textarea rows="4" value=${f.words || ''} onInput=${on}></textarea></label>`;
  if (field === 'to') return html`<label class="f"><span>${t('form-to')}</span>${others.length ? html`<select value=${f.to || ''} onChange=${on}><option value=""></option>${others.map((o) => html`<option value=${o.name}>${o.name}　${o.post}${o.name === me.name ? ' ←' : ''}</option>`)}</select>` : html`<span class="q">${t('form-to-none')}</span>`}</label>`;
  if (field === 'procedure') return html`<label class="f"><span>${t('form-procedure')}</span><select value=${f.procedure || ''} onChange=${on}><option value=""></option>${PROCEDURES.map((p) => html`<option value=${p}>${t(`proc-${p}`)}</option>`)}</select></label>`;
  if (field === 'days') return html`<div class="row"><label class="f"><span>${t('form-days')}</span><input type="number" min="1" max="365" value=${f.days || ''} onInput=${on} /></label>
    <label class="f"><span>${t('form-unit')}</span><select value=${f.unit || 'working-day'} onChange=${(e) => put({ unit: e.target.value })}><option value="working-day">${t('unit-working-day')}</option><option value="calendar-day">${t('unit-calendar-day')}</option></select></label></div>`;
  return html`<label class="f"><span>${t('form-law')}</span><input value=${f.law || ''} onInput=${on} /></label>`;
}

const Paper = ({ title, children }) => html`<div class="stack"><div class="row"><h2>${t('paper-title')}</h2><span class="push q s">${t('paper-live')}</span></div><div class="paper" lang="zh-CN"><h3>${title}</h3>${children}<p class="q">${t('paper-made')}</p></div></div>`;

// --- what is missing: each document has a verdict, and what is wrong is said for each ---

// [name, place in f.docs]; the last is whatever no document is.
const documents = (c) => [...c.materials, t('sup-other')];
const needed = (f, c) => documents(c).map((name, i) => ({ name, ...f.docs?.[i] })).filter((d, i) => d.is === 'no' || (i === c.materials.length && line(d.what)));
const supplementWords = (f, c) => needed(f, c).map((d, i) => `${i + 1}. ${d.name}：${line(d.what)}${line(d.law) ? `（${line(d.law)}）` : ''}`).join('；');

function supplementLacks(f, c) {
  const open = c.materials.filter((_, i) => !f.docs?.[i]?.is).length, list = needed(f, c);
  if (open) return t('sup-left', open);
  if (!list.length) return t('sup-none-needed');
  const bare = list.find((d) => !line(d.what));
  return bare ? t('missing', `${bare.name}${t('colon')}${t('sup-what')}`) : '';
}

function Supplement({ c, f, put }) {
  const docs = f.docs || {};
  const set = (i, more) => put({ docs: { ...docs, [i]: { ...docs[i], ...more } } });
  const judged = c.materials.filter((_, i) => docs[i]?.is).length;
  const details = (i) => html`<tr><td colspan="2"><div class="kv"><span>${t('sup-what')}</span><input class="sm" aria-label=${`${documents(c)[i]} ${t('sup-what')}`} value=${docs[i]?.what || ''} onInput=${(e) => set(i, { what: e.target.value })} />
    <span>${t('sup-law')}</span><input class="sm" aria-label=${`${documents(c)[i]} ${t('sup-law')}`} value=${docs[i]?.law || ''} onInput=${(e) => set(i, { law: e.target.value })} /></div></td></tr>`;
  const list = needed(f, c);
  return html`<div class="cols even"><section class="card"><div class="hd"><h2>${t('sup-rule')}</h2><span class="push">${t('sup-judged', c.materials.length, judged)}</span></div><table class="docs"><tbody>
    ${c.materials.map((name, i) => html`<tr key=${i}><td>${name}</td><td class="r"><span class="seg" role="group" aria-label=${name}><button class=${docs[i]?.is === 'yes' ? 'yes' : ''} aria-pressed=${docs[i]?.is === 'yes'} onClick=${() => set(i, { is: 'yes' })}>${t('sup-have')}</button>
      <button class=${docs[i]?.is === 'no' ? 'no' : ''} aria-pressed=${docs[i]?.is === 'no'} onClick=${() => set(i, { is: 'no' })}>${t('sup-need')}</button></span></td></tr>${docs[i]?.is === 'no' && details(i)}`)}
    <tr><td colspan="2"><b>${t('sup-other')}</b></td></tr>${details(c.materials.length)}</tbody></table></section>
    <${Paper} title=${t('paper-sup')}><p>${t('paper-sup-text', c.item, spaced(c.number), list.length)}</p>${list.map((d, i) => html`<p><b>${i + 1}. ${d.name}</b>　${line(d.what)}${line(d.law) ? `　（${line(d.law)}）` : ''}</p>`)}<p>${t('paper-sup-end')}</p><//></div>`;
}

// --- the decision ---

function Decide({ c, f, put }) {
  const choice = (is) => html`<label class="opt"><input type="radio" name="result" checked=${f.result === is} onChange=${() => put({ result: is })} /><span>${t(is)}<br /><span class="s q">${t(`${is}-say`)}</span></span></label>`;
  return html`<div class="cols even"><div class="stack"><div class="cols even" role="radiogroup" aria-label=${t('dec-title')}>${choice('granted')}${choice('denied')}</div>
    <label class="f"><span>${t('dec-words')}</span><textarea rows="5" value=${f.words || ''} onInput=${(e) => put({ words: e.target.value })}></textarea></label>
    ${f.result === 'denied' && html`<label class="f"><span>${t('form-law')}</span><input value=${f.law || ''} onInput=${(e) => put({ law: e.target.value })} /></label>`}</div>
    ${f.result && html`<${Paper} title=${t(`paper-${f.result}`)}><p>${t('paper-decide-text', c.item, spaced(c.number))}${line(f.words)}</p>${line(f.law) && html`<p>（${line(f.law)}）</p>`}<p>${t('paper-decide-end')}</p><//>`}</div>`;
}

// --- what goes to the hall, and what is missing in it ---

function wordsOf(event, f, c) {
  if (event === 'supplement') return { words: supplementWords(f, c) };
  if (event === 'decide') return { result: f.result || '', words: line(f.words), law: f.result === 'denied' ? line(f.law) : '' };
  const out = {};
  for (const field of FIELDS[event]) out[field] = field === 'days' ? +f.days || 0 : line(f[field]);
  if (event === 'stop') out.unit = f.unit || 'working-day';
  return out;
}

function lacks(event, f, c, words) {
  if (bytes(words.words || '') > WORDS_MAX) return t('too-long', WORDS_MAX, bytes(words.words));
  if (bytes(words.law || '') > LAW_MAX) return t('too-long', LAW_MAX, bytes(words.law));
  if (event === 'supplement') return supplementLacks(f, c);
  if (event === 'decide') {
    if (!words.result) return t('missing', t('dec-title'));
    return words.result === 'denied' && !words.words ? t('missing', t('dec-words')) : '';
  }
  const none = FIELDS[event].find((field) => !words[field] && !(OPTIONAL[event] || []).includes(field));
  return none ? t('missing', label(event, none)) : '';
}

const title = (event) => (event === 'supplement' ? t('sup-title') : event === 'decide' ? t('dec-title') : t(`do-${event}`).replace(/…$/, ''));
const notes = { supplement: 'sup-once', 'hand-over': 'ask-hand-over', stop: 'ask-stop' };

export function Form({ c, me, event, busy, answer, send, back }) {
  const [d, setDraft] = useState(() => draft.begin(c.number, event, c.version));
  const known = event === 'supplement' || event === 'decide' || FIELDS[event];
  const f = d.fields;
  const put = (more) => setDraft(draft.write(c.number, { ...d, version: d.version ?? c.version }, { ...f, ...more }));
  const words = known ? wordsOf(event, f, c) : {};
  const barred = c.may[event] ? t(`why-${c.may[event]}`) : known ? lacks(event, f, c, words) : t('why-stage');
  const go = () => !barred && !busy && send({ ...(draft.read(c.number) || d), event, fields: f, version: d.version ?? c.version }, words);
  useKeys({ 'Ctrl Enter': go, Escape: back });
  const said = answer && answer.status !== 200 && answer.status !== 409 ? (answer.status >= 400 && answer.status < 500 && answer.status !== 401 && answer.status !== 429 ? t('refused', why(answer)) : why(answer)) : '';
  return html`<main><div class="top"><div><${Title}>${title(event)}<//><div class="q">${c.item}　${spaced(c.number)}${c.name ? `　${c.name}` : ''}</div></div></div>
    <div class="mid">${said && html`<${Say} kind=${answer.status === 0 ? 'warn' : 'bad'} icon=${answer.status === 0 ? 'network-off' : 'alert'}>${said}<//>`}
    ${event === 'supplement' ? html`<${Supplement} c=${c} f=${f} put=${put} />` : event === 'decide' ? html`<${Decide} c=${c} f=${f} put=${put} />`
      : known && html`<section class="card pad stack form">${FIELDS[event].map((field) => html`<${Field} event=${event} field=${field} f=${f} put=${put} c=${c} me=${me} />`)}</section>`}</div>
    <div class="act"><button class="btn" onClick=${back}>${t('back-draft')} <kbd>Esc</kbd></button><span class="why">${Object.keys(f).length > 0 && t('draft-kept')}</span><div class="gap"></div>
      <span class="why" role="status">${barred || (notes[event] && t(notes[event]))}</span><button class="btn ${barred ? 'off' : 'main'}" aria-disabled=${!!barred} onClick=${go}>${busy ? t('sending') : t(`send-${event}`)}${!barred && html` <kbd>Ctrl Enter</kbd>`}</button></div></main>`;
}

// A colleague was faster: what is in effect, and what I wrote, which is kept.
export function Conflict({ c, answer, mine, over }) {
  const last = answer.last || {};
  useKeys({ 'Ctrl Enter': over, Escape: over });
  return html`<main><div class="top"><div><${Title}>${c.item}<//><div class="q">${spaced(c.number)}</div></div></div>
    <div class="mid"><${Say} kind="warn" icon="users"><b>${t('conflict-title', last.staff, clock(last.at || c.at), `${t(`ev-${last.event}`)}${last.result ? `（${t(last.result)}）` : ''}`)}</b><br />${t('conflict-say')} ${why(answer)}<//>
    <div class="cols even"><section class="card pad"><div class="row"><h2>${t('conflict-theirs', `${last.staff}　${last.post}`)}</h2><span class="push chip ok"><${Icon} n="check" />${t(`stage-${answer.stage}`)}</span></div>
      <div class="kv"><span>${t('conflict-what')}</span><b>${t(`ev-${last.event}`)}</b>${last.result && html`<span>${t('conflict-result')}</span><b>${t(last.result)}</b>`}<span>${t('conflict-words')}</span><span>${last.words}</span><span>${t('conflict-now')}</span><span>${answer.staff}　${answer.post}</span></div></section>
      <section class="card pad mine"><div class="row"><h2>${t('conflict-mine')}</h2><span class="push chip"><${Icon} n="edit" />${t('conflict-kept')}</span></div>
      <div class="kv"><span>${t('conflict-what')}</span><b>${t(`ev-${mine.event}`)}</b>${mine.words.result && html`<span>${t('conflict-result')}</span><b>${t(mine.words.result)}</b>`}<span>${t('conflict-words')}</span><span>${mine.words.words}</span></div></section></div></div>
    <div class="act"><div class="gap"></div><button class="btn main" onClick=${over}>${t('conflict-ok')} <kbd>Ctrl Enter</kbd></button></div></main>`;
}
