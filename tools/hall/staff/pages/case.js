// SPDX-License-Identifier: Apache-2.0
// One case on one page: how many days are left and why, what is known, what happened, and in the bar what may be done now.
import { html, useState, useEffect, t, has, why, ask, day, clock, moment, spaced, useKeys, stay, Icon, Card, Say, Title } from './lib.js';
import * as draft from './draft.js';
import { Form, Conflict } from './form.js';
import { Licences } from './licences.js';
import { Papers } from './papers.js';
import { Sealed, Opened, OpenedChip, Openings, useOpened } from './opened.js';
import { forget } from './session.js';

// What is done next where a case stands; the others stand beside it. Those with … ask first, on a page or in the bar.
const MAIN = { new: 'receive', received: 'accept', 'supplement-asked': 'supplied', accepted: 'examine', examined: 'decide', decided: 'deliver' };
const BESIDE = ['supplement', 'refuse', 'stop', 'resume', 'withdraw', 'hand-over'];
const AT_ONCE = ['receive'];
const ASKED = ['accept', 'deliver', 'tacit'];
let told = '', toldOf = ''; // what the hall stored last, and of which case; stands in its bar until something else is done

export const tell = (answer, event) => { told = answer.repeated ? t('stored-before', t(`ev-${event}`)) : t('stored', clock(answer.at), t(`ev-${event}`)); };

function Big({ c }) {
  if (c.due && c.over) return html`<b class="badc">${t('left-days', c.over)}</b><span class="s q">${t('over-by')}</span>`;
  if (c.due && c.group === 'today') return html`<b>${t('due-today-big')}</b><span class="s q">${t('due-today-say')}</span>`;
  if (c.due) return html`<b>${t('left-days', c.left)}</b><span class="s q">${t('left-after')}</span>`;
  if (c.stage === 'supplement-asked') return html`<b>${t('count-waiting')}</b><span class="s q">${t('count-waiting-say')}</span>`;
  const over = ['refused', 'delivered', 'withdrawn', 'decided'].includes(c.stage);
  return html`<b>${t(over ? 'ended' : 'no-due')}</b><span class="s q">${t(over ? 'ended-say' : 'no-due-say')}</span>`;
}

function Days({ c, tag }) {
  const [shown, show] = useState(false);
  const main = c.deadlines.find((d) => d.limit === c.limit && d.due === c.due);
  const used = c.used, stopped = c.strip.filter(([, is]) => is === 'stop').length;
  return html`<section class="card pad"><div class="left"><div class="big"><${Big} c=${c} /></div><div>${main && html`<p>${main.words[tag]}</p>`}
    ${c.strip.length > 0 && html`<div class="days" role="img" aria-label=${main?.words[tag]}>${c.strip.map(([d, is]) => html`<u class=${is} title=${day(d, true)}>${is === 'stop' ? html`<em>${+d.slice(8)}</em>` : +d.slice(8)}</u>`)}</div>
    <div class="legend"><span><u class="used"></u>${t('leg-used')} ${t('left-days', used)}</span>${stopped > 0 && html`<span><u class="stop"></u>${t('leg-stop')} ${t('left-days', stopped)}</span>`}${c.strip.some(([, is]) => is === 'now') && html`<span><u class="now"></u>${t('leg-now')}</span>`}
      ${c.over ? html`<span><u class="over"></u>${t('leg-over')} ${t('left-days', c.over)}</span>` : html`<span><u class="last"></u>${t('leg-last')}</span>`}
      <button class="link s push" aria-expanded=${shown} onClick=${() => show(!shown)}>${t(shown ? 'hide-days' : 'day-by-day')}</button></div>`}
    ${(shown || !main) && html`<ul class="limits s">${c.deadlines.map((d) => html`<li><b>${t(`limit-${d.limit}`)}</b>　${d.words[tag]}</li>`)}</ul>`}</div></div></section>`;
}

// What was handed in together: each department's case has its own number and days.
function Bundle({ c }) {
  if (!c.bundle) return null;
  return html`<section class="card"><div class="hd"><h2>${t('bundle', c.bundle.item, c.bundle.parts)}</h2></div><table><tbody>${c.bundle.cases.map((b) => html`<tr key=${b.number} class=${b.number === c.number ? 'chosen' : ''}><td>${b.number === c.number ? html`<b>${b.item}</b>` : html`<a href="#/case/${b.number}">${b.item}</a>`}</td><td class="nw s">${t(`stage-${b.stage}`)}</td><td class="nw s">${b.staff || t('nobody-yet')}</td></tr>`)}</tbody></table></section>`;
}

function Steps({ c, me }) {
  return html`<section class="card"><div class="hd"><h2>${t('steps')}</h2><span class="push q s">${t('steps-say')}</span></div><ol class="tl">
    <li><div class="l"><b>${t('ev-apply')}</b><span class="push">${moment(c.applied)}</span></div></li>
    ${c.events.map((e) => html`<li class=${e.event === 'stop' ? 'stop' : ''}><div class="l"><b>${t(`ev-${e.event}`)}${e.result ? `${t('colon')}${t(e.result)}` : ''}${e.procedure ? `${t('colon')}${t(`proc-${e.procedure}`)}` : ''}</b><span class="push nw">${moment(new Date(e.at + 8 * 3600000).toISOString())}</span></div>
      <p>${e.staff}　${e.post}${e.to ? `　${t('to-person', `${e.to.staff}　${e.to.post}`)}` : ''}${e.words ? `　${e.words}` : ''}${e.law ? `　（${e.law}）` : ''}</p></li>`)}
    ${MAIN[c.stage] && html`<li class="now"><div class="l"><b>${t('ev-now')}${t('colon')}${t(`stage-${c.stage}`)}</b></div><p>${c.staff ? `${c.staff}　${c.post}` : t('nobody-yet')}${c.staff === me.name ? '' : ''}</p></li>`}</ol></section>`;
}

// "message 138****0123": the way by the id that the items' choices have, and the number.
function wayOf(notice) {
  const [way, ...rest] = notice.split(' ');
  return has(`notice-${way}`) ? [t(`notice-${way}`), ...rest].join(' ') : notice;
}

function Applicant({ c, me, held, toldOf }) {
  return html`<section class="card"><div class="hd"><h2>${t('applicant')}</h2>${held ? html`<${OpenedChip} held=${held} />` : html`<span class="push chip"><${Icon} n="seal" />${t('sealed')}</span>`}</div>
    <div class="kv pad">${!held && html`<span>${t('applicant-name')}</span><span>${c.name || html`<span class="q">${t('name-unknown')}</span>`}</span>`}<span>${t('applied')}</span><span>${moment(c.applied)}</span>
    ${c.notice && html`<span>${t('notice')}</span><span>${wayOf(c.notice)}</span>`}<span>${t('person')}</span><span>${c.staff ? `${c.staff}　${c.post}` : t('nobody-yet')}</span></div>
    ${held ? html`<${Opened} held=${held} />` : html`<${Sealed} c=${c} me=${me} told=${toldOf} />`}<${Openings} list=${held ? held.answer.openings : c.openings} /></section>`;
}

function Bar({ c, busy, act, go, answer, waiting, dropDraft, held }) {
  const [asks, setAsks] = useState('');
  useEffect(() => setAsks(''), [c.version]);
  const main = MAIN[c.stage], tacit = c.may['accept-tacit'] === '' || c.may['decide-tacit'] === '';
  const press = (event) => (AT_ONCE.includes(event) ? act(event) : ASKED.includes(event) ? setAsks(event) : go(event));
  useKeys({ 'Ctrl Enter': () => (asks ? act(asks) : main && c.may[main] === '' && press(main)), Escape: () => (asks ? setAsks('') : history.back()) });
  if (asks) return html`<div class="act" role="group"><span>${t(`ask-${asks}`)}</span><div class="gap"></div><button class="btn" onClick=${() => setAsks('')}>${t('not-now')} <kbd>Esc</kbd></button>
    <button class="btn main" onClick=${() => act(asks)}>${busy ? t('sending') : t(`send-${asks}`)} <kbd>Ctrl Enter</kbd></button></div>`;
  const said = answer && answer.status !== 200 ? (answer.status >= 400 && answer.status < 500 && answer.status !== 401 ? t('refused', why(answer)) : why(answer)) : '';
  return html`<div class="act">${BESIDE.filter((e) => c.may[e] === '').map((e) => html`<button class="btn" onClick=${() => press(e)}>${t(`do-${e}`)}</button>`)}
    ${tacit && html`<button class="btn" onClick=${() => press('tacit')}>${t('do-tacit')}</button>`}<div class="gap"></div>${held && html`<button class="btn" onClick=${forget}>${t('open-close')}</button>`}
    ${said ? html`<span class="why badc" role="alert">${said}</span>` : waiting ? html`<span class="why">${t('draft-waits')}</span><button class="btn" onClick=${dropDraft}>${t('draft-drop')}</button><button class="btn" onClick=${() => go(waiting.event)}>${t('draft-go')}</button>` : told && html`<span class="why" role="status">${told}</span>`}
    ${main && (c.may[main] === '' ? html`<button class="btn main" onClick=${() => press(main)}>${busy ? t('sending') : t(`do-${main}`)} <kbd>Ctrl Enter</kbd></button>`
      : html`<span class="why">${t(`why-${c.may[main]}`)}</span><button class="btn off" aria-disabled="true">${t(`do-${main}`)}</button>`)}</div>`;
}

function neighbours(number) {
  const order = JSON.parse(sessionStorage.getItem('tongban.order') || '[]'), at = order.indexOf(number);
  return at < 0 ? [] : [order[at - 1], order[at + 1]];
}

export function Page({ me, rest }) {
  const [number, event] = rest;
  if (toldOf !== number) { told = ''; toldOf = number; }
  const tag = document.documentElement.lang;
  const [c, set] = useState(null);
  const [answer, setAnswer] = useState(null);
  const [mine, setMine] = useState(null); // what I sent, when a colleague was faster
  const [busy, setBusy] = useState(false);
  const [, draw] = useState(0);
  const [before, next] = neighbours(number);
  const held = useOpened(number);
  const fetchCase = () => ask('GET', `api/case/${number}`).then(stay(set));
  const step = (to) => to && (told = '', location.hash = `#/case/${to}`);
  const home = () => { location.hash = `#/case/${number}`; };
  useEffect(fetchCase, [number]);
  useKeys({ BracketLeft: () => step(before), BracketRight: () => step(next) });
  const send = async (d, words) => {
    if (busy) return;
    setBusy(true);
    const a = await draft.send(number, d, words);
    setBusy(false);
    if (a.status !== 200) setAnswer(a);
    if (a.status === 409) { setMine({ event: d.event, words }); return; }
    if (a.status !== 200) return;
    await fetchCase();
    tell(a, d.event === 'tacit' ? (c.stage === 'received' ? 'accept-tacit' : 'decide-tacit') : d.event);
    home();
    setAnswer(null);
    draw((n) => n + 1);
  };
  const act = (e) => { told = ''; send(draft.begin(number, e, c.version), {}); };
  if (!c) return html`<main></main>`;
  if (c.status !== 200) return html`<main><div class="top"><${Title}>${t('side-cases')}<//></div><div class="mid"><${Say} kind="bad" icon="alert">${c.reason === 'no-case' ? t('case-none') : why(c)}<//></div>
    <div class="act"><div class="gap"></div><button class="btn main" onClick=${fetchCase}>${t('again')}</button></div></main>`;
  if (mine) return html`<${Conflict} c=${c} answer=${answer} mine=${mine} over=${() => { setMine(null); setAnswer(null); fetchCase(); home(); }} />`;
  if (event) return html`<${Form} c=${c} me=${me} event=${event} busy=${busy} answer=${answer} send=${send} back=${home} />`;
  const waiting = draft.read(number);
  return html`<main><div class="top"><div><${Title}>${c.item}<//><div class="q">${spaced(c.number)}</div></div><div class="right"><${Card} level=${c.card} /><span class="chip info"><${Icon} n=${c.stopped ? 'pause' : 'stamp'} />${c.stopped ? t('left-stopped') : t(`stage-${c.stage}`)}</span>
    <span class="q s">${t('as-of', clock(c.at))}</span><button class="btn small ${before ? '' : 'off'}" onClick=${() => step(before)}>${t('case-before')} <kbd>[</kbd></button><button class="btn small ${next ? '' : 'off'}" onClick=${() => step(next)}>${t('case-next')} <kbd>]</kbd></button></div></div>
    <div class="mid"><${Days} c=${c} tag=${tag} /><div class="cols"><div class="stack"><${Applicant} c=${c} me=${me} held=${held} toldOf=${(a) => { told = t('opened-told', clock(a.at)); fetchCase(); }} /><${Bundle} c=${c} /><${Licences} c=${c} held=${held} /><${Papers} c=${c} me=${me} held=${held} /></div><${Steps} c=${c} me=${me} /></div></div>
    <${Bar} c=${c} held=${held} busy=${busy} act=${act} answer=${answer} waiting=${waiting} dropDraft=${() => { draft.drop(number); fetchCase(); }} go=${(e) => { told = ''; location.hash = `#/case/${number}/${e}`; }} /></main>`;
}
