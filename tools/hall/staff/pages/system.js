// SPDX-License-Identifier: Apache-2.0
// One version of the terminals' system: what it is, and each terminal it is for: what runs in which slot, how far it is, why
// not further, and when it tries next. Bundles are put into the hall by its command; all else is done here as with editions.
import { html, useState, t, moment, Icon } from './lib.js';
import { Edition, PLACE } from './edition_lib.js';
import { Slots, how, hours } from './system_lib.js';

export const words = ['publish', 'system', 'terminals'];

const megabytes = (n) => (n / 1048576).toFixed(n < 10485760 ? 1 : 0);

function Facts({ p }) {
  const e = p.edition;
  return html`<section class="card"><div class="hd"><h2>${t('sy-facts')}</h2></div><div class="kv pad">
    <span>${t('sy-board')}</span><span><b>${e.board || t('sy-unknown')}</b></span><span>${t('sy-size')}</span><span>${t('sy-megabytes', megabytes(e.size))}</span>
    <span>${t('sy-signer')}</span><span>${e.signer ? html`<b>${e.signer}</b><br /><span class="q s">${t('sy-signer-say')}</span>` : t('sy-unknown')}</span>
    <span>${t('sy-before')}</span><span>${p.before || t('sy-before-none')}${e.replaces && html`<br /><b>${t('sy-replaces', e.replaces)}</b>`}</span>
    <span>${t('sy-running')}</span><span>${p.running.map((r) => html`<div>${r.version || t('sy-running-unsaid')}　<b>${t('sy-count', r.n)}</b></div>`)}</span></div></section>`;
}

// Why it is where it is, and when something comes of it.
function Now({ r }) {
  if (r.place === 'has') return html`<br /><span class="s q">${t('sy-since', r.since ? moment(r.since) : t('unknown'))}</span>`;
  const next = r.place === 'refused' ? t('sy-next-person') : r.place === 'left' ? t('sy-next-left') : r.place === 'silent' ? t('pend-when-heard') : r.pending === 'hours' ? t('sy-next-hours', hours(r)) : t('pend-next-system');
  return html`<br /><span class="s">${r.place === 'refused' ? how(r) : t(`pend-why-${r.pending}`)}${r.since && r.state !== 'none' && r.place !== 'refused' ? `　${t(`sy-state-${r.state}`)}` : ''}${r.since ? `　${moment(r.since)}` : ''}</span><br /><span class="s q">${next}</span>`;
}

function Terminals({ p, begin }) {
  const [only, setOnly] = useState('');
  const rows = p.rows.filter((r) => !only || r.place === only), count = (k) => p.rows.filter((r) => !k || r.place === k).length;
  return html`<section class="card"><div class="hd"><h2>${t('ed-terminals')}</h2><span class="push seg" role="group" aria-label=${t('ed-terminals')}>${['', 'refused', 'waits', 'silent', 'left', 'has'].filter((k) => k !== 'left' || count(k)).map((k) => html`<button class=${only === k ? 'yes' : ''} aria-pressed=${only === k} onClick=${() => setOnly(k)}>${t(`sy-place-${k || 'all'}`)} ${count(k)}</button>`)}</span></div>
    ${rows.length ? html`<table><thead><tr><th>${t('col-terminal')}</th><th>${t('col-now')}</th><th>${t('sy-runs')}</th><th>${t('col-heard')}</th></tr></thead><tbody>${rows.map((r) => html`<tr key=${r.terminal}><td><b>${r.device}</b>　${r.spot}<br /><span class="s q">${r.terminal}${r.chosen ? `　${t('ed-chosen')}` : ''}</span></td>
      <td><span class="chip ${PLACE[r.place][0]}"><${Icon} n=${PLACE[r.place][1]} />${t(`sy-place-${r.place}`)}</span>${r.place === 'refused' && html` <button class="link s" onClick=${() => begin('retry', { terminal: r.terminal, name: r.device })}>${t('sy-retry')}<span class="hidden"> ${r.terminal}</span></button>`}<${Now} r=${r} /></td>
      <td><${Slots} s=${r} /></td><td class="nw">${r.heard ? moment(r.heard) : t('ed-never')}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('ed-no-terminals')}</p>`}
    ${p.more && html`<p class="pad q">${t('sy-more-terminals')}</p>`}</section>`;
}

const sub = (p) => (p.before ? t('sy-sub', p.before) : t('sy-sub-first'));
export const Page = ({ rest: [version] }) => html`<${Edition} kind="system" version=${version} Left=${Facts} Terminals=${Terminals} sub=${sub} />`;
