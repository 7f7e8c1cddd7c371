// SPDX-License-Identifier: Apache-2.0
// The page of a window, 400 px wide, beside other software: who is here, who is next, one key each. The hall counts and orders;
// a press says what the page had at the window, so pressed twice it calls one person.
import { html, useState, useEffect, useRef, t, has, ask, why, clock, useKeys, Icon, Say, Title } from './lib.js';

const EVERY_MS = 5000, TWICE_MS = 2000;
const read = () => { try { return JSON.parse(sessionStorage.getItem('tongban.window')) || {}; } catch { return {}; } };
const plain = (number) => number.replace(' ', '');
const name = (queues, id) => queues.find((q) => q.id === id)?.name || id;

// Which window, and for which queues: once a day.
function Open({ q, press, said }) {
  const kept = read();
  const [number, setNumber] = useState(kept.window || ''), [chosen, setChosen] = useState(kept.queues || []);
  const first = useRef();
  useEffect(() => first.current.focus(), []);
  const fit = /^[1-9]\d{0,2}$/.test(number) && chosen.length > 0;
  const go = (e) => {
    e.preventDefault();
    if (!fit) return;
    sessionStorage.setItem('tongban.window', JSON.stringify({ window: +number, queues: chosen }));
    press('open', { window: +number, queues: chosen.join(' ') });
  };
  return html`<form class="scroll" onSubmit=${go}><h2>${t('call-open-title')}</h2>
    <label class="f"><span>${t('call-window')}</span><input ref=${first} inputmode="numeric" maxlength="3" value=${number} onInput=${(e) => setNumber(e.target.value.trim())} /></label>
    <fieldset class="f"><legend>${t('call-queues')}</legend>${q.queues.map((x) => html`<label class="opt"><input type="checkbox" checked=${chosen.includes(x.id)} onChange=${() => setChosen((was) => (was.includes(x.id) ? was.filter((c) => c !== x.id) : [...was, x.id]))} />${x.name}</label>`)}</fieldset>
    ${said && html`<p class="badc" role="alert">${said}</p>`}
    <button class="btn main ${fit ? '' : 'off'}" aria-disabled=${!fit}>${t('call-open')}</button><a class="btn" href="#/today">${t('call-leave')}</a></form>`;
}

function Now({ ticket, at }) {
  if (!ticket) return html`<section class="at none"><p>${t('call-nobody-here')}</p></section>`;
  const minutes = Math.max(0, Math.floor((Date.parse(at) - Date.parse(ticket.called)) / 60000));
  return html`<section class="at"><div class="row"><span>${t(`call-${ticket.state}`)}</span><span class="push">${t('call-since', clock(ticket.called), minutes)}</span></div>
    <div class="n">${plain(ticket.number)}</div><div class="row s q"><span>${t(`class-${ticket.class}`)}</span><span class="push">${t('call-waited', ticket.waited)}</span></div></section>`;
}

function Waiting({ q, back }) {
  return html`<div class="list" tabindex="0" role="region" aria-label=${t('call-list')}><table><thead><tr><th>${t('call-number')}</th><th>${t('call-how')}</th><th class="r">${t('call-wait')}</th></tr></thead><tbody>
    ${q.waiting.slice(0, 30).map((w) => html`<tr key=${w.queue + w.number} class=${q.next === `${w.queue}/${w.number}` ? 'next' : ''}><td><b>${plain(w.number)}</b></td><td>${w.class === 'walk-in' ? name(q.queues, w.line) : html`<span class="chip ${w.class === 'priority' ? 'warn' : 'info'}">${t(`class-${w.class}`)}</span>`}</td><td class="r nw">${t('minutes', w.waited)}</td></tr>`)}
    ${q.absent.map((w) => html`<tr key=${`a${w.queue}${w.number}`}><td><b>${plain(w.number)}</b></td><td>${t('call-absent-was', clock(w.called))}</td><td class="r"><button class="btn small" onClick=${() => back(w)}>${t('call-back')}</button></td></tr>`)}</tbody></table>
    <p class="s q pad">${q.waiting.length ? t('call-in-all', q.waiting.length) : t('call-nobody-waits')}</p></div>`;
}

function wait(q) {
  const mine = q.queues.filter((x) => q.window.queues.includes(` ${x.id} `) && x.least !== null && x.most > 0);
  if (!mine.length) return '';
  return t('call-estimate', Math.min(...mine.map((x) => x.least)), Math.max(...mine.map((x) => x.most)));
}

export function Page({ off }) {
  const [q, set] = useState(null), [said, setSaid] = useState(''), [to, setTo] = useState(false), [told, setTold] = useState('');
  const last = useRef({ key: '', at: 0 }), busy = useRef(false);
  const number = read().window || 0;
  const look = () => ask('GET', `api/queue?window=${read().window || 0}`).then((a) => a.status === 200 && set(a));
  useEffect(() => {
    look();
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const ticket = q?.window.ticket;
  const press = async (verb, more = {}) => {
    const now = performance.now();
    if (busy.current || (last.current.verb === verb && now - last.current.at < TWICE_MS)) return;
    last.current = { verb, at: now };
    busy.current = true;
    const a = await ask('POST', `api/queue/${verb}`, { window: number, at: ticket ? `${ticket.queue}/${ticket.number}` : '', ...more });
    await look(); // what is told, and what can be pressed now, come together
    busy.current = false;
    setTo(false);
    setSaid(a.status === 200 ? '' : has(a.reason) ? t(a.reason) : why(a));
    setTold(a.status === 200 ? t('call-told', clock(a.at), t(verb === 'done-next' && !a.ticket ? 'call-did-none' : `call-did-${verb}`, plain(a.ticket?.number || ''))) : '');
  };
  const main = () => press(ticket ? 'done-next' : 'next');
  useKeys(q?.window.open ? { F2: main, F4: () => ticket && press('recall'), F6: () => ticket && press('serve'), F8: () => ticket && press('absent'), F9: () => ticket && press('done'), Escape: () => setTo(false) } : {});
  if (!q) return html`<main class="call"><h1 class="hidden">${t('side-call')}</h1>${off && html`<${Say} kind="warn" icon="network-off">${t('no-line')}<//>`}</main>`;
  const next = q.next ? plain(q.next.split('/')[1]) : '';
  const head = html`<div class="hd6"><img src="mark.svg" alt="" /><${Title}>${q.window.open ? t('call-at', q.window.number) : t('side-call')}<//><span>${q.window.open && q.window.queues.trim().split(' ').map((id) => name(q.queues, id)).join('、')}</span>
    <span class="push row" role="status">${off ? html`<${Icon} n="network-off" c="warnc" />${t('line-off')}` : html`<${Icon} n="network" c="okc" />${t('line-ok')}`}</span><b>${clock(q.at)}</b></div>`;
  if (!q.window.open) return html`<main class="call">${head}<${Open} q=${q} press=${press} said=${said} /></main>`;
  const key = (verb, icon, k, on) => html`<button class="btn ${on ? '' : 'off'}" aria-disabled=${!on} onClick=${() => on && press(verb)}><${Icon} n=${icon} />${t(`call-do-${verb}`)} <kbd>${k}</kbd></button>`;
  const others = q.queues.filter((x) => x.id !== ticket?.line);
  return html`<main class="call">${head}<${Now} ticket=${ticket} at=${q.at} />
    <div class="grid4">${key('recall', 'speaker', 'F4', ticket?.state === 'called')}${key('serve', 'check', 'F6', ticket?.state === 'called')}${key('absent', 'absent', 'F8', ticket?.state === 'called')}<button class="btn ${ticket ? '' : 'off'}" aria-disabled=${!ticket} aria-expanded=${to} onClick=${() => ticket && setTo(!to)}><${Icon} n="transfer" />${t('call-do-transfer')}</button></div>
    ${to && html`<div class="grid4 to" role="group" aria-label=${t('call-to')}>${others.map((x) => html`<button class="btn" onClick=${() => press('transfer', { to: x.id })}>${t('call-to-queue', x.name)}</button>`)}</div>`}
    <${Waiting} q=${q} back=${(w) => press('back', { queue: w.queue, number: w.number })} />
    <div class="est"><${Icon} n="wait" c="pri i24" /><div>${wait(q) || t('call-no-estimate')}<br /><span class="s q">${t('call-windows', q.windows)}</span></div></div>
    <div class="ft">${said ? html`<p class="badc s" role="alert">${said}</p>` : told && html`<p class="why" role="status">${told}</p>`}
      <button class="btn main ${ticket || next ? '' : 'off'}" aria-disabled=${!(ticket || next)} onClick=${main}>${ticket ? (next ? t('call-done-next', next) : t('call-done-none')) : next ? t('call-next', next) : t('call-nobody-waits')} <kbd>F2</kbd></button>
      <div class="row two">${ticket ? key('done', 'check', 'F9', true) : html`<a class="btn" href="#/today">${t('call-leave')}</a>`}<button class="btn ${ticket ? 'off' : ''}" aria-disabled=${!!ticket} title=${ticket ? t('call-close-why') : ''} onClick=${() => !ticket && press('close')}><${Icon} n="pause" />${t('call-close')}</button></div></div></main>`;
}
