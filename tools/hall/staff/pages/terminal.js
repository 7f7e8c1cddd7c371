// SPDX-License-Identifier: Apache-2.0
// One terminal: what the hall knows of it, each with the time it was said; what is pending, and why.
import { html, useState, useEffect, t, has, why, ask, day, clock, moment, useKeys, stay, Icon, Say, Title } from './lib.js';
import { Acts, Wanted } from './acts.js';
import { Slots, how } from './system_lib.js';
import { Where } from './map_place.js';
import { Grid, Legend, stands, whyWord, since, backlog, ends } from './fleet_lib.js';

const DEVICES = ['receipt', 'ticket', 'reader'];

function Pending({ r }) {
  return html`<section class="card"><div class="hd"><h2>${t('pending')}</h2><span class="push q s">${t('pending-say')}</span></div>
    ${r.pending.length ? html`<table><thead><tr><th>${t('pending-what')}</th><th>${t('pending-why')}</th><th>${t('pending-next')}</th></tr></thead><tbody>${r.pending.map((p) => html`<tr><td class="nw"><b>${t(`pend-${p.what}`, p.version)}</b></td>
      <td>${t(`pend-why-${p.why}`)}</td><td>${t(r.situation === 'silent' ? 'pend-when-heard' : p.what === 'system' ? 'pend-next-system' : 'pend-next-catalogue')}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('pending-none')}</p>`}</section>`;
}

function Device({ role, r }) {
  const is = r.devices[role], fine = is === 'ready';
  return html`<span>${t(`dev-${role}`)}<span class="chip ${fine ? 'ok' : is === 'low' ? 'warn' : is ? 'bad' : ''}"><${Icon} n=${fine ? 'ok' : is ? 'alert' : 'info'} />${is ? (has(`dev-is-${is}`) ? t(`dev-is-${is}`) : is) : t('unknown')}</span></span>`;
}

function Itself({ r }) {
  const s = r.system;
  return html`<section class="card"><div class="hd"><h2>${t('itself')}</h2><span class="push q s">${r.terminal}</span></div><div class="kv pad">
    <span>${t('col-heard')}</span><span><b>${r.heard ? moment(r.heard) : t('never')}</b></span><span>${t('col-backlog')}</span><span><b>${backlog(r)}</b>${r.told && html`<span class="q s">　${t('told-at', since(r.told, r.at))}</span>`}</span>
    <span>${t('records')}</span><span>${t('records-here', r.records)}</span><span>${t('col-catalogue')}</span><span>${r.catalogue || t('unknown')}</span>
    <span>${t('col-system')}</span><span>${s ? html`<${Slots} s=${s} />` : r.version || t('unknown')}${s && s.state !== 'none' ? html`<br /><span class="s">${t('sy-last', s.version, how(s))}${s.since ? `　${moment(s.since)}` : ''}</span>` : ''}</span><span>${t('col-ends')}</span><span>${r.ends ? html`${ends(r)}<span class="q s">　${t('ends-in', r.ends_days)}</span>` : t('no-certificate')}</span></div></section>`;
}

function Alerts({ r }) {
  return html`<section class="card"><div class="hd"><h2>${t('alerts')}</h2></div>${r.alerts.length ? html`<table><thead><tr><th>${t('alert-what')}</th><th>${t('alert-first')}</th><th>${t('alert-last')}</th><th class="r">${t('alert-count')}</th></tr></thead>
    <tbody>${r.alerts.map((a) => html`<tr><td><b>${has(`is-${a.what}`) ? t(`is-${a.what}`) : has(`alert-${a.what}`) ? t(`alert-${a.what}`) : a.what}</b><br /><span class="s q">${a.detail}</span></td><td class="nw">${moment(a.first)}</td><td class="nw">${moment(a.last)}</td><td class="r">${a.count}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('alerts-none')}</p>`}</section>`;
}

function say(r) {
  if (r.situation === 'silent') return html`<${Say} kind="warn" icon="network-off">${t('silent-say', r.heard ? moment(r.heard) : '')}${r.why.length ? ` ${t('before-that', r.why.map(whyWord).join(t('comma')))}` : ''}<//>`;
  if (r.out) return html`<${Say} icon="pause">${t('out-say', r.out_since ? moment(r.out_since) : '', r.out_until ? t('out-until', `${day(r.out_until, true)} ${clock(r.out_until)}`) : t('out-until-unknown'))}<//>`;
  return r.why.length > 1 && html`<${Say} kind="warn" icon="info">${r.why.map(whyWord).join(t('comma'))}<//>`;
}

export const words = ['terminals', 'system', 'map'];
export function Page({ rest }) {
  const [r, set] = useState(null), id = rest[0] || '';
  const look = () => ask('GET', `api/terminal/${encodeURIComponent(id)}`).then(stay(set));
  useEffect(look, [id]);
  useKeys({ Escape: () => { if (!document.querySelector('form.acts, form.where')) location.hash = '#/terminals'; } });
  if (!r) return html`<main></main>`;
  if (r.status !== 200) return html`<main><div class="top"><${Title}>${t('side-terminals')}<//></div><div class="mid"><${Say} kind="bad" icon="info">${why(r)}<//></div>
    <div class="act"><a class="btn" href="#/terminals">${t('to-terminals')}</a><div class="gap"></div><button class="btn main" onClick=${look}>${t('again')}</button></div></main>`;
  return html`<main><div class="top"><${Title}>${t('terminal-title', r.device, r.spot, stands(r, r.at))}<//><div class="right"><span class="q s">${t('as-of', clock(r.at))}</span><button class="btn small" onClick=${look}><${Icon} n="sync" c="i16" />${t('again')}</button></div></div>
    <div class="mid" tabindex="0" role="region" aria-label=${t('itself')}>${say(r)}<section class="card"><div class="hd"><h2>${t('hours-title')}</h2><${Legend} /></div><${Grid} r=${r} /></section>
    <div class="cols"><div class="stack"><${Wanted} r=${r} look=${look} /><${Pending} r=${r} /><${Alerts} r=${r} /></div><div class="stack"><${Itself} r=${r} />
    <section class="card"><div class="hd"><h2>${t('devices')}</h2>${r.told && html`<span class="push q s">${t('told-at', since(r.told, r.at))}</span>`}</div><div class="cells">${DEVICES.map((d) => html`<${Device} role=${d} r=${r} />`)}</div></section><${Where} r=${r} look=${look} /></div></div></div>
    <div class="act"><a class="btn" href="#/terminals">${t('to-terminals')} <kbd>Esc</kbd></a><a class="btn" href="#/terminals/${r.zone_name}">${t('to-zone')}</a><div class="gap"></div><${Acts} terminals=${[r.terminal]} name=${r.device} out=${Boolean(r.out)} done=${look} /></div></main>`;
}
