// SPDX-License-Identifier: Apache-2.0
// What the list of terminals, the map and one terminal's page share: how one stands, and its hours.
import { html, t, has, day, clock, moment, Icon } from './lib.js';

export const SITUATIONS = ['go', 'silent', 'out', 'soon', 'desk', 'new'];
const CHIP = { good: ['ok', 'ok'], go: ['bad', 'alert'], silent: ['bad', 'network-off'], out: ['info', 'pause'], soon: ['warn', 'print'], desk: ['warn', 'info'], new: ['', 'wait'] };
const ROWS = ['whole', 'receipt', 'ticket', 'reader'];

// The finding of all terminals: {all, counts}.
export function headline(p) {
  const told = SITUATIONS.filter((s) => p.counts[s]), parts = told.slice(0, 3).map((s) => t(`fleet-n-${s}`, p.counts[s])); // the worst; the rest stand below
  if (!p.all) return t('fleet-none');
  return parts.length ? t('fleet-title', p.all, parts.join(t('comma'))) : t('fleet-all-good', p.all);
}
// The same terminals as a list or on the map.
export const Views = ({ at, zone, filter }) => html`<nav class="seg views" aria-label=${t('views')}>${['terminals', 'map'].map((v) => html`<a class=${v === at ? 'yes' : ''} aria-current=${v === at ? 'page' : null} href="#/${v}/${zone}/${filter || 'all'}">${t(`view-${v}`)}</a>`)}</nav>`;

export const whyWord = (w) => (has(`is-${w}`) ? t(`is-${w}`) : w);
// "9:41" of today, else with its day.
export const since = (at, now) => (at?.slice(0, 10) === now.slice(0, 10) ? clock(at) : at ? moment(at) : '');
// In a few words how it stands: the worst first.
export function stands(r, now) {
  if (r.situation === 'silent') return t('sit-silent-since', since(r.heard, now));
  if (r.situation === 'out') return t('sit-out-why', has(`out-${r.out}`) ? t(`out-${r.out}`) : r.out);
  return r.why.length && r.situation !== 'good' ? whyWord(r.why[0]) : t(`sit-${r.situation}`);
}
export function Chip({ r, now }) {
  const [kind, icon] = CHIP[r.situation];
  return html`<span class="chip ${kind}"><${Icon} n=${icon} />${stands(r, now)}</span>`;
}
export const Hours = ({ strip }) => html`<span class="hours" role="img" aria-label=${percent(strip)}>${[...strip.row].map((c) => html`<u class=${c}></u>`)}</span>`;
export const percent = (strip) => (strip.percent < 0 ? t('hours-unknown') : t('hours-percent', strip.percent));
export function Legend() {
  return html`<span class="legend push"><span><u class="can"></u>${t('leg-can')}</span><span><u class="fewer"></u>${t('leg-fewer')}</span><span><u class="cannot"></u>${t('leg-cannot')}</span><span><u class="unknown"></u>${t('leg-unknown')}</span></span>`;
}
const MARK = { n: '×', u: '?' };
// An hour a column, the oldest first; its head is the hour in which it begins.
export function Grid({ r }) {
  const hour = Number(r.at.slice(11, 13)), heads = [...Array(24)].map((_, i) => (hour + i) % 24);
  return html`<table class="grid24"><thead><tr><th scope="col">${t('hours-what')}</th>${heads.map((h) => html`<th scope="col">${h % 3 === 0 ? h : html`<span class="hidden">${h}</span>`}</th>`)}<th scope="col">${t('hours-could')}</th></tr></thead>
    <tbody>${ROWS.map((k) => html`<tr><td>${t(`hours-${k}`)}</td>${[...r.hours[k].row].map((c) => html`<td><u class=${c}><span class="hidden">${t(`hour-${c}`)}</span><span aria-hidden="true">${MARK[c] || ''}</span></u></td>`)}<td>${r.hours[k].percent < 0 ? '?' : `${r.hours[k].percent} %`}</td></tr>`)}</tbody></table>`;
}
export const backlog = (r) => (r.backlog === null ? t('unknown') : r.situation === 'silent' && r.backlog ? t('backlog-least', r.backlog) : String(r.backlog));
export const ends = (r) => (r.ends ? `${r.ends.slice(0, 4)}-${r.ends.slice(5, 10)}` : t('no-certificate'));
export const dayOf = day;
