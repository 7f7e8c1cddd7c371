// SPDX-License-Identifier: Apache-2.0
// Yellow and red cards now: the worst first, a page at a time. Where they are stuck, whose they are; and the page that publishes what is overdue.
import { html, useState, useEffect, t, why, ask, fetchFile, save, language, day, clock, useKeys, useLatest, rowKeys, stop, Icon, Card, Say, Title } from './lib.js';
import { keepOrder } from './today.js';

const LEVELS = ['red', 'yellow', 'tacit', 'reminder'];

function Bars({ title, list }) {
  const most = Math.max(1, ...list.map(([, n]) => n));
  return html`<section class="card pad"><h2>${title}</h2>${list.length ? html`<table class="bars"><tbody>${list.slice(0, 6).map(([what, n]) => html`<tr><th scope="row">${what}</th><td><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" class="bg" /><rect width=${(100 * n) / most} height="8" class="fg" /></svg></td><td class="r"><b>${n}</b></td></tr>`)}</tbody></table>` : html`<p class="q">${t('cards-none')}</p>`}</section>`;
}

function headline({ counts: c, late }) {
  if (c.red + c.yellow === 0) return c.reminder + c.tacit ? t('cards-title-none', c.reminder + c.tacit) : t('cards-title-clear');
  return late ? t('cards-title', c.red, c.yellow, late) : t('cards-title-soon', c.red, c.yellow);
}

export function Page() {
  const [all, set] = useState(null), [only, setLevel] = useState(''), [places, setPlaces] = useState(['']), [said, setSaid] = useState('');
  const place = places[places.length - 1], query = `level=${only}${place ? `&after=${place}` : ''}`;
  const take = useLatest(set), look = () => take(ask('GET', `api/cards?${query}`));
  useEffect(look, [query]);
  const before = () => places.length > 1 && setPlaces(places.slice(0, -1));
  const next = () => all?.after && setPlaces([...places, all.after]);
  const setOnly = (l) => { setLevel(l); setPlaces(['']); };
  useKeys({ Home: () => setPlaces(['']), PageUp: before, PageDown: next, ArrowDown: () => document.querySelector('tr[tabindex="0"]')?.focus() });
  if (!all) return html`<main></main>`;
  if (all.status !== 200) return html`<main><div class="top"><${Title}>${t('side-cards')}<//></div><div class="mid"><${Say} kind="bad" icon="network-off">${why(all)}<//></div>
    <div class="act"><div class="gap"></div><button class="btn main" onClick=${look}>${t('again')}</button></div></main>`;
  const { rows } = all;
  const open = (i) => { keepOrder(rows); location.hash = `#/case/${rows[i].number}`; };
  const publish = async () => {
    const a = await fetchFile(`api/overdue?language=${language}`);
    if (a.status === 200) save(a.blob, `overdue-${all.at.slice(0, 10)}.html`);
    setSaid(a.status === 200 ? t('cards-published') : why(a));
  };
  return html`<main><div class="top"><${Title}>${headline(all)}<//><div class="right"><span class="q s">${t('as-of', clock(all.at))}</span><button class="btn small" onClick=${look}><${Icon} n="sync" c="i16" />${t('again')}</button></div></div>
    <div class="mid"><div class="cols three"><section class="card pad"><h2>${t('cards-now')}</h2><table class="now"><tbody>${LEVELS.map((l) => html`<tr><td><${Card} level=${l} /></td><td>${t(`cards-is-${l}`)}</td><td class="r"><b>${all.counts[l]}</b></td></tr>`)}</tbody></table></section>
      <${Bars} title=${t('cards-by-step')} list=${all.steps.map((r) => [r.what || t(`limit-${r.kind}`), r.n])} /><${Bars} title=${t('cards-by-owner')} list=${all.owners.map((r) => [r.what || t('cards-no-owner'), r.n])} /></div>
    <section class="card"><div class="hd"><h2>${t('cards-order')}</h2><span class="push seg" role="group" aria-label=${t('col-card')}>${['', ...LEVELS].map((l) => html`<button class=${only === l ? 'yes' : ''} aria-pressed=${only === l} onClick=${() => setOnly(l)}>${l ? t(`card-${l}`) : t('cards-both')}</button>`)}</span></div>
    ${rows.length ? html`<table onKeyDown=${(e) => rowKeys(e, open)}><thead><tr><th>${t('col-card')}</th><th>${t('cards-since')}</th><th>${t('col-item')}</th><th>${t('cards-step')}</th><th>${t('cards-whose')}</th><th class="r">${t('cards-late')}</th></tr></thead>
      <tbody>${rows.map((r, i) => html`<tr key=${r.number + r.rule} tabindex=${stop(i)} onClick=${() => open(i)}><td><${Card} level=${r.level} /></td><td class="nw">${day(r.since)}</td><td><a href="#/case/${r.number}" tabindex="-1">${r.item}</a><span class="q s">　${r.number.slice(13, 18)} ${r.number.slice(18)}</span></td>
        <td>${r.step || t(`limit-${r.kind}`)}</td><td>${r.staff ? `${r.post}　${r.staff}` : `${r.owner}　${t('nobody-yet')}`}</td><td class="r nw"><b>${r.late ? t('left-days', r.late) : '—'}</b></td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('cards-none')}</p>`}</section></div>
    <div class="act"><span class="s q">${t('cards-rule')}</span><div class="gap"></div>${said && html`<span class="why" role="status">${said}</span>`}<button class="btn" onClick=${publish}>${t('cards-publish')}</button>
      ${(places.length > 1 || all.after) && html`<button class="btn ${places.length > 1 ? '' : 'off'}" aria-disabled=${places.length < 2} onClick=${before}>‹ ${t('before')} <kbd>PgUp</kbd></button><button class="btn ${all.after ? '' : 'off'}" aria-disabled=${!all.after} onClick=${next}>${t('next')} › <kbd>PgDn</kbd></button>`}</div></main>`;
}
