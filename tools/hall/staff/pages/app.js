// SPDX-License-Identifier: Apache-2.0
// The house around the pages: who is signed in, which page, header, side, keys. A page is a module with a component Page; it is
// fetched when it is first shown. #/today, #/cases, #/case/NUMBER, #/case/NUMBER/EVENT, #/complaints/NUMBER, #/terminals, #/terminal/ID, #/map, #/duty, #/publish, #/edition/VERSION, #/system/VERSION, #/halts.
import { forget, wipe, isHere } from './session.js';
import { html, render, useState, useEffect, t, ask, onLine, loadWords, addWords, language, day, useKeys, Icon, Say, Title } from './lib.js';
import { keepFocus, toBar } from './focus.js';

// The places in the side, and whose: a member of what the hall says of me.
const PLACES = [['today', 'calendar', 'cases'], ['cases', 'cases', 'cases'], ['cards', 'flag', 'watch'], ['call', 'speaker', 'call'],
  ['complaints', 'said', 'cases'], ['report', 'report', 'watch'], ['people', 'users', 'people'], ['audit', 'log', 'audit'],
  ['terminals', 'kiosk', 'fleet'], ['duty', 'alert', 'fleet'], ['publish', 'transfer', 'publish']];
const UNDER = { case: 'cases', terminal: 'terminals', map: 'terminals', edition: 'publish', system: 'publish', halts: 'publish' }; // pages without a place of their own
const PAGES = { today: () => import('./today.js'), cases: () => import('./cases.js'), case: () => import('./case.js'), cards: () => import('./cards.js'), call: () => import('./call.js'),
  complaints: () => import('./complaints.js'), report: () => import('./report.js'), people: () => import('./people.js'), audit: () => import('./audit.js'),
  terminals: () => import('./terminals.js'), terminal: () => import('./terminal.js'), map: () => import('./map.js'), duty: () => import('./duty.js'), publish: () => import('./publish.js'), edition: () => import('./edition.js'), system: () => import('./system.js'), halts: () => import('./halts.js') };
// Its module, and its words where they are of its own (`words`, one or several: assets/strings/hall/*/console-WORDS.tsv).
const fetchPage = async (name) => { const m = await PAGES[name](); await Promise.all([m.words || []].flat().map(addWords)); return m.Page; };
const mine = (me) => PLACES.filter(([, , may]) => me?.[may]);
const placeOf = (name) => UNDER[name] || name;
const may = (me, name) => mine(me).some(([place]) => place === placeOf(name));

function useClock(me) {
  const [now, set] = useState(null);
  useEffect(() => {
    const shift = me ? Date.parse(me.at) - Date.now() : 0; // the hall's clock, not this computer's
    const tick = () => set(me && new Date(Date.now() + shift + 8 * 3600000).toISOString());
    tick();
    const timer = setInterval(tick, 10000);
    return () => clearInterval(timer);
  }, [me]);
  return now;
}

function Header({ me, off, renewed }) {
  const now = useClock(me);
  return html`<header><img src="mark.svg" alt="" /><b>${t('hall')}</b><div class="tell">
    ${renewed && html`<span role="status"><${Icon} n="sync" c="warnc" /><b>${t('renewed')}</b></span>`}<span><${Icon} n="user" />${me ? `${me.name}　${me.post}` : t('nobody')}</span>
    <span role="status">${off ? html`<${Icon} n="network-off" c="warnc" /><b>${t('line-off')}</b>` : html`<${Icon} n="network" c="okc" />${t('line-ok')}`}</span>
    ${now && html`<span>${day(now, true)}</span><span class="time">${now.slice(11, 16)}</span>`}</div></header>`;
}

function Side({ at, me, dock }) {
  return html`<aside><nav aria-label=${t('hall')}>${mine(me).map(([name, icon], i) => html`<a href="#/${name}" class=${at === name ? 'on' : ''} aria-current=${at === name ? 'page' : null}>
    <${Icon} n=${icon} /><span>${t(`side-${name}`)}</span><kbd>${i + 1}</kbd></a>`)}</nav>
    <div class="dock"><button onClick=${dock.large}><${Icon} n="text-size" />${t('dock-large')}</button><button onClick=${dock.language}><${Icon} n="language" />${t('dock-language')}</button>
    <button onClick=${dock.keys}><${Icon} n="keyboard" />${t('dock-keys')}</button><button onClick=${dock.out}><${Icon} n="exit" />${t('dock-out')}</button></div></aside>`;
}

function NoCases({ me }) {
  return html`<main><div class="top"><h1>${t('no-cases-title')}</h1></div><div class="mid"><p>${t('no-cases', t(`role-${me.role}`))}</p></div></main>`;
}

// A page that could not be fetched: the line is down, or the hall has other pages by now. A browser keeps that, so it is loaded anew.
const lost = (name) => () => html`<main><div class="top"><${Title}>${t(`side-${placeOf(name)}`)}<//></div><div class="mid"><${Say} kind="bad" icon="network-off">${t('unfetched-say')}<//></div>
  <div class="act"><div class="gap"></div><button class="btn main" onClick=${() => location.reload()}>${t('again')} <kbd>F5</kbd></button></div></main>`;

// Sign-in has a module of its own; `reason`: why one is there.
function SignedOut({ reason, signed }) {
  const [Sign, set] = useState(null);
  useEffect(() => import('./sign.js').then((m) => set(() => m.Page)), []);
  return Sign && html`<${Sign} reason=${reason} signed=${signed} />`;
}

// A hand on the page keeps one signed in, though nothing is sent for long; without one for half an hour what stands here goes,
// also when the hall is not reached.
const AGAIN_MS = 3000;
const IDLE_MS = 30 * 60000, SAY_MS = 5 * 60000;
function useAlive(me, idle) {
  useEffect(() => {
    if (!me) return undefined;
    let touched = Date.now(), said = touched;
    const touch = () => {
      touched = Date.now();
      if (touched - said >= SAY_MS) { said = touched; ask('GET', 'api/me'); }
    };
    const names = ['keydown', 'pointerdown'];
    names.forEach((n) => addEventListener(n, touch, { passive: true }));
    const timer = setInterval(() => Date.now() - touched >= IDLE_MS && idle(), 10000);
    return () => { clearInterval(timer); names.forEach((n) => removeEventListener(n, touch)); };
  }, [me]);
}

function App() {
  const [me, setMe] = useState(undefined); // null: nobody
  const [reason, setReason] = useState('');
  const [off, setOff] = useState(false), [renewed, setRenewed] = useState(false);
  const [, again] = useState(0);
  const [where, setWhere] = useState(location.hash);
  const [Page, setPage] = useState({}), [Keys, setKeys] = useState(null);
  const [name, ...rest] = (where.replace(/^#\//, '') || mine(me)[0]?.[0] || 'today').split('/');

  useEffect(() => {
    const hash = () => setWhere(location.hash);
    addEventListener('hashchange', hash);
    const heard = (a, other) => {
      setOff(a.status === 0);
      if (other) setRenewed(true);
      if (a.status === 401 && ['signed-out', 'idle', 'over'].includes(a.reason)) { setMe(null); setReason((was) => (a.reason === 'signed-out' ? was : a.reason)); }
    };
    const line = onLine(heard);
    // Nobody is signed out, and no draft wiped, because the hall was not reached.
    const who = (a) => { heard(a); if (a.status === 200 || a.status === 401) setMe(a.status === 200 ? a : null); else setTimeout(() => ask('GET', 'api/me').then(who), AGAIN_MS); };
    asked.then(who);
    return () => { removeEventListener('hashchange', hash); line(); };
  }, []);
  useEffect(() => {
    if (may(me, name) && PAGES[name] && !Page[name]) fetchPage(name).catch(() => lost(name)).then((found) => setPage((p) => ({ ...p, [name]: found })));
  }, [me, name]);
  useEffect(() => { document.body.className = me === null ? 'out' : me && name === 'call' ? 'narrow' : ''; if (me === null) { forget(); wipe(); } }, [me, name]);
  useAlive(me, () => { setReason('idle'); setMe(null); });
  const showKeys = () => import('./keys.js').then(async (m) => { await addWords(m.words); setKeys(() => m.Keys); });
  useKeys({ ...Object.fromEntries(mine(me).map(([to], i) => [`Digit${i + 1}`, () => { location.hash = `#/${to}`; }])), 'Shift Slash': showKeys, End: toBar });

  const dock = {
    large: () => document.documentElement.classList.toggle('large'),
    keys: showKeys,
    language: () => loadWords(language === 'en' ? 'zh-CN' : 'en').then(() => again((n) => n + 1)),
    out: () => ask('POST', 'api/sign-out').then((a) => { if (a.status === 200) { setReason(''); setMe(null); } }),
  };
  if (me === undefined) return html`<${Header} off=${off} />${off && html`<main><div class="top"><h1>${t('line-off')}</h1></div><div class="mid"><${Say} kind="warn" icon="network-off">${t('no-line-who')}<//></div></main>`}`;
  if (me) isHere(me);
  if (me === null) return html`<${Header} off=${off} /><${SignedOut} reason=${reason} signed=${(a) => { setReason(''); setMe(a); }} />`;
  const Shown = may(me, name) || (mine(me).length && !PAGES[name]) ? Page[name] || (PAGES[name] ? null : () => html`<main></main>`) : NoCases;
  const list = Keys && html`<${Keys} close=${() => setKeys(null)} />`;
  if (name === 'call' && me.call) return html`${Shown ? html`<${Shown} key=${language} me=${me} off=${off} />` : html`<main></main>`}${list}`;
  return html`<${Header} me=${me} off=${off} renewed=${renewed} /><${Side} at=${placeOf(name)} me=${me} dock=${dock} />
    ${Shown ? html`<${Shown} key=${where + language} me=${me} rest=${rest} off=${off} />` : html`<main></main>`}${list}`;
}

keepFocus();
// What the first page needs is fetched at once, not one after the other; what fails here is asked for again by who needs it.
const placeIn = (hash) => hash.replace(/^#\//, '').split('/')[0];
const asked = ask('GET', 'api/me');
if (PAGES[placeIn(location.hash)]) fetchPage(placeIn(location.hash)).catch(() => {});
const start = () => loadWords(language).then(() => render(html`<${App} />`, document.body), () => setTimeout(start, AGAIN_MS)); // no words, no page: also while the line is bad
start();
