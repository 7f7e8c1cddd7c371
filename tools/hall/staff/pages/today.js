// SPDX-License-Identifier: Apache-2.0
// What waits for me, the overdue first.
import { html, useState, useEffect, t, why, ask, day, clock, left, useKeys, rowKeys, stop, Icon, Mini, Say, Title } from './lib.js';

const COUNTS = ['late', 'today', 'supplied', 'new', 'waiting'];

export function headline(counts) {
  const all = counts.late + counts.today + counts.supplied + counts.new + counts.mine;
  if (!all) return t('today-none');
  if (counts.late) return t('today-late', all, counts.late);
  return counts.today ? t('today-due', all, counts.today) : t('today-title', all);
}
export const doing = (row) => t(row.stopped ? 'do-stopped' : `do-${row.stage}`);
// The order in which a list was seen, for the case before and after.
export const keepOrder = (rows) => sessionStorage.setItem('tongban.order', JSON.stringify(rows.map((r) => r.number)));

export function Page() {
  const [all, set] = useState(null);
  const [only, setOnly] = useState('');
  const fetchAll = () => ask('GET', 'api/today').then(set);
  useEffect(fetchAll, []);
  useKeys({ ArrowDown: () => document.querySelector('tr[tabindex="0"]')?.focus() });
  if (!all) return html`<main></main>`;
  if (all.status !== 200) return html`<main><div class="top"><${Title}>${t('side-today')}<//></div><div class="mid"><${Say} kind="bad" icon="network-off">${why(all)}<//></div>
    <div class="act"><div class="gap"></div><button class="btn main" onClick=${fetchAll}>${t('again')}</button></div></main>`;
  const rows = all.rows.filter((r) => (only ? r.group === only : r.group !== 'waiting'));
  const open = (i) => { keepOrder(rows); location.hash = `#/case/${rows[i].number}`; };
  return html`<main><div class="top"><${Title}>${headline(all.counts)}<//><div class="right"><span class="q s">${t('as-of', clock(all.at))}</span><button class="btn small" onClick=${fetchAll}><${Icon} n="sync" c="i16" />${t('again')}</button></div></div>
    <div class="mid"><div class="counts">${COUNTS.map((c) => html`<button class="count ${all.counts[c] ? c : ''}" aria-pressed=${only === c} onClick=${() => setOnly(only === c ? '' : c)}>
      <span class="n">${all.counts[c]}</span><span class="l">${t(`count-${c}`)}</span><span class="d">${t(`count-${c}-say`)}</span></button>`)}</div>
    ${all.cut && html`<${Say} kind="warn" icon="info">${t('cut')}<//>`}
    ${rows.length ? html`<div class="card"><table onKeyDown=${(e) => rowKeys(e, open)}><thead><tr><th>${t('col-left')}</th><th>${t('col-due')}</th><th>${t('col-item')}</th><th>${t('col-name')}</th><th>${t('col-number')}</th><th>${t('col-stage')}</th><th>${t('col-do')}</th></tr></thead>
      <tbody>${rows.map((r, i) => html`<tr key=${r.number} tabindex=${stop(i)} onClick=${() => open(i)}><td class="nw"><${Mini} row=${r} /> <b class=${r.group === 'late' ? 'badc' : ''}>${left(r)}</b></td>
        <td class="nw">${r.group === 'today' ? '24:00' : day(r.due)}</td><td><a href="#/case/${r.number}" tabindex="-1">${r.item}</a></td><td class="nw">${r.name || html`<span class="q">—</span>`}</td><td class="nw q s">${r.number.slice(13, 18)} ${r.number.slice(18)}</td>
        <td class="nw">${t(`stage-${r.stage}`)}</td><td class="nw">${doing(r)}</td></tr>`)}</tbody></table></div>`
      : html`<div class="empty"><p>${only ? t('cases-none') : t('today-none-say')}</p></div>`}</div>
    <div class="act"><span class="s q">${t('help')}</span><div class="gap"></div>${only && html`<button class="btn" onClick=${() => setOnly('')}>${t('only-all')}</button>`}</div></main>`;
}
