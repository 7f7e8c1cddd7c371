// SPDX-License-Identifier: Apache-2.0
// Cases of the office, a screen at a time. The place of a screen is day and number of the row before it, so nothing moves
// under the reader when others are put in.
import { html, useState, useEffect, useRef, t, why, ask, day, clock, left, spaced, useLatest, useKeys, rowKeys, stop, Icon, Mini, Card, Say, Title } from './lib.js';
import { keepOrder } from './today.js';

const STAGES = ['new', 'received', 'supplement-asked', 'accepted', 'examined', 'decided', 'delivered', 'refused', 'withdrawn'];

export function Page() {
  const [filter, setFilter] = useState({ order: 'due', mine: '0', stage: '' });
  const [places, setPlaces] = useState(['']); // of the screens seen so far
  const [page, set] = useState(null);
  const [bad, setBad] = useState(false);
  const find = useRef();
  const place = places[places.length - 1];
  const query = `order=${filter.order}&mine=${filter.mine}${filter.stage ? `&stage=${filter.stage}` : ''}${place ? `&after=${place}` : ''}`;
  const take = useLatest(set), fetchPage = () => take(ask('GET', `api/cases?${query}`));
  useEffect(fetchPage, [query]);
  const change = (more) => { setFilter({ ...filter, ...more }); setPlaces(['']); };
  const first = () => setPlaces(['']);
  const before = () => places.length > 1 && setPlaces(places.slice(0, -1));
  const next = () => page?.after && setPlaces([...places, page.after]);
  useKeys({ Home: first, PageUp: before, PageDown: next, Slash: () => find.current.focus(), ArrowDown: () => document.querySelector('tr[tabindex="0"]')?.focus() });
  const rows = page?.rows || [];
  const open = (i) => { keepOrder(rows); location.hash = `#/case/${rows[i].number}`; };
  const go = (e) => {
    e.preventDefault();
    const number = find.current.value.replace(/\s/g, '');
    if (/^\d{19}$/.test(number)) location.hash = `#/case/${number}`;
    else setBad(true);
  };
  const choice = (name, values, label) => html`<select class="sm" aria-label=${label} value=${filter[name]} onChange=${(e) => change({ [name]: e.target.value })}>${values.map(([v, text]) => html`<option value=${v}>${text}</option>`)}</select>`;
  return html`<main><div class="top"><${Title}>${t('cases-title')}<//><form class="row" onSubmit=${go}><input class="sm find" ref=${find} aria-label=${t('cases-find')} placeholder="${t('cases-find')}  /" onInput=${() => setBad(false)} /><button class="btn small">${t('cases-find-go')}</button>${bad && html`<span class="badc s" role="alert">${t('cases-find-bad')}</span>`}</form>
    ${page?.at && html`<div class="right"><span class="q s">${t('as-of', clock(page.at))}</span><button class="btn small" onClick=${fetchPage}><${Icon} n="sync" c="i16" />${t('again')}</button></div>`}</div>
    <div class="mid"><div class="row choices">${choice('order', [['due', t('cases-order-due')], ['number', t('cases-order-number')]], t('cases-order-due'))}
      ${choice('mine', [['0', t('cases-every')], ['1', t('cases-mine')]], t('cases-mine'))}${choice('stage', [['', t('cases-stage-all')], ...STAGES.map((s) => [s, t(`stage-${s}`)])], t('col-stage'))}</div>
    ${page && page.status !== 200 && html`<${Say} kind="bad" icon="network-off">${why(page)}<//>`}
    ${rows.length > 0 && html`<div class="card"><table onKeyDown=${(e) => rowKeys(e, open)}><thead><tr><th>${t('col-due')}</th><th>${t('col-used')}</th><th>${t('col-number')}</th><th>${t('col-item')}</th><th>${t('col-name')}</th><th>${t('col-stage')}</th><th>${t('col-staff')}</th><th>${t('col-card')}</th></tr></thead>
      <tbody>${rows.map((r, i) => html`<tr key=${r.number} tabindex=${stop(i)} onClick=${() => open(i)}><td class="nw">${r.due ? day(r.due) : left(r)}</td><td class="nw"><${Mini} row=${r} /> <span class="s">${r.due ? `${r.used} / ${r.days}` : ''}</span></td>
        <td class="nw s">${spaced(r.number)}</td><td><a href="#/case/${r.number}" tabindex="-1">${r.item}</a></td><td class="nw">${r.name || html`<span class="q">—</span>`}</td><td class="nw">${t(`stage-${r.stage}`)}</td><td class="nw">${r.staff || t('nobody-yet')}</td><td><${Card} level=${r.card} /></td></tr>`)}</tbody></table></div>`}
    ${page?.status === 200 && !rows.length && html`<div class="empty"><h2>${t('cases-none')}</h2><p>${t('cases-none-say')}</p></div>`}</div>
    <div class="act"><span class="s"><b>${page?.after ? t('cases-more') : t('cases-end')}</b></span><div class="gap"></div><button class="btn" onClick=${first}>${t('first')} <kbd>Home</kbd></button>
      <button class="btn ${places.length > 1 ? '' : 'off'}" onClick=${before}>‹ ${t('before')} <kbd>PgUp</kbd></button><button class="btn ${page?.after ? '' : 'off'}" onClick=${next}>${t('next')} › <kbd>PgDn</kbd></button></div></main>`;
}
