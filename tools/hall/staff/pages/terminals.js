// SPDX-License-Identifier: Apache-2.0
// The office's terminals: where somebody must go, and which zone can spare one. A page at a time by name; #/terminals/ZONE is
// one zone's, #/terminals/ZONE/FILTER what the map shows.
import { html, useState, useEffect, useRef, t, why, ask, clock, useLatest, useKeys, rowKeys, stop, Icon, Say, Title } from './lib.js';
import { Acts } from './acts.js';
import { Chip, Hours, Legend, Views, headline, whyWord, since, backlog, ends } from './fleet_lib.js';

const FILTERS = ['need', '', 'go', 'silent', 'out'];

const count = (p, f) => (f === '' ? p.all : f === 'need' ? p.all - p.counts.good : p.counts[f]);

function Zone({ z, on, pick }) {
  const shown = Math.min(z.all, 12), up = z.all ? Math.round((shown * z.work) / z.all) : 0;
  return html`<button class="zone" aria-pressed=${on} onClick=${() => pick(on ? '' : z.name)}><span class="row"><b>${z.spot}</b><span class="chip push ${z.room ? 'ok' : 'warn'}"><${Icon} n=${z.room ? 'ok' : 'alert'} />${z.room ? t('zone-room', z.room) : t('zone-full')}</span></span>
    <span class="bar12" aria-hidden="true">${[...Array(shown)].map((_, i) => html`<u class=${i < up ? '' : 'no'}></u>`)}</span><span class="s q">${t('zone-work', z.work, z.all)}${z.silent ? t('zone-silent', z.silent) : ''}</span></button>`;
}

function Row({ r, i, now, open, on, tick }) {
  const more = r.situation === 'silent' && r.why.length ? t('before-that', r.why.map(whyWord).join(t('comma'))) : r.why.slice(1).map(whyWord).join(t('comma'));
  return html`<tr tabindex=${stop(i)} onClick=${open}><td><label class="tick" onClick=${(e) => e.stopPropagation()}><input type="checkbox" tabindex="-1" checked=${on} aria-label=${t('fleet-choose', `${r.spot} ${r.device}`)} onChange=${tick} /></label></td><td><a href="#/terminal/${r.terminal}" tabindex="-1"><b>${r.device}</b></a><br /><span class="s q">${r.spot}</span></td><td><${Chip} r=${r} now=${now} />${more && html`<br /><span class="s q">${more}</span>`}</td>
    <td><${Hours} strip=${r.hours.whole} /></td><td class="r nw">${backlog(r)}</td><td class="nw">${r.catalogue || '—'}<br /><span class="s q">${r.version.slice(0, 14) || '—'}</span></td><td class="nw">${r.ends && r.ends_days < 60 ? html`<b>${ends(r)}</b><br /><span class="s">${t('ends-in', r.ends_days)}</span>` : ends(r)}</td><td class="nw">${since(r.heard, now) || '—'}</td></tr>`;
}

export const words = 'terminals';
export function Page({ rest }) {
  const [filter, setFilter] = useState(rest[1] === 'all' ? '' : FILTERS.includes(rest[1]) ? rest[1] : rest[0] ? '' : 'need'), [zone, setZone] = useState(rest[0] || '');
  const [places, setPlaces] = useState(['']), [page, set] = useState(null), [bad, setBad] = useState('');
  const [chosen, choose] = useState([]);
  const find = useRef();
  const place = places[places.length - 1];
  const query = `situation=${filter}${zone ? `&zone=${zone}` : ''}${place ? `&after=${place}` : ''}`;
  const take = useLatest(set), look = () => take(ask('GET', `api/terminals?${query}`));
  useEffect(look, [query]);
  const before = () => places.length > 1 && setPlaces(places.slice(0, -1));
  const next = () => page?.after && setPlaces([...places, page.after]);
  useKeys({ Home: () => setPlaces(['']), PageUp: before, PageDown: next, Slash: () => find.current?.focus(), ArrowDown: () => document.querySelector('tr[tabindex="0"]')?.focus() });
  if (!page) return html`<main></main>`;
  if (page.status !== 200) return html`<main><div class="top"><${Title}>${t('side-terminals')}<//></div><div class="mid"><${Say} kind="bad" icon="network-off">${why(page)}<//></div>
    <div class="act"><div class="gap"></div><button class="btn main" onClick=${look}>${t('again')}</button></div></main>`;
  const pick = (f) => { setFilter(f); setPlaces(['']); };
  const pickZone = (z) => { setZone(z); setPlaces(['']); if (z) setFilter(''); };
  const open = (i) => { location.hash = `#/terminal/${page.rows[i].terminal}`; };
  const tick = (id) => choose(chosen.includes(id) ? chosen.filter((c) => c !== id) : chosen.length < 32 ? [...chosen, id] : chosen);
  const keys = (e) => {
    const at = [...e.currentTarget.querySelectorAll('tr[tabindex]')].indexOf(document.activeElement);
    if (e.key === ' ' && at >= 0) { e.preventDefault(); tick(page.rows[at].terminal); } else rowKeys(e, open);
  };
  const go = async (e) => {
    e.preventDefault();
    const id = find.current.value.trim();
    const a = /^[a-z][a-z0-9-]{0,31}$/.test(id) ? await ask('GET', `api/terminal/${id}`) : { reason: 'no-terminal' };
    if (a.status === 200) location.hash = `#/terminal/${id}`;
    else setBad(why(a));
  };
  return html`<main><div class="top"><${Title}>${headline(page)}<//><form class="row push" onSubmit=${go}>${bad && html`<span class="badc s" role="alert">${bad}</span>`}<input class="sm" ref=${find} aria-label=${t('fleet-find')} placeholder="${t('fleet-find')}  /" onInput=${() => setBad('')} /></form>
    <div class="row nowrap"><span class="q s">${t('as-of', clock(page.at))}</span><button class="btn small" onClick=${look}><${Icon} n="sync" c="i16" />${t('again')}</button></div></div>
    <div class="mid"><div class="zones" role="group" aria-label=${t('zones')}>${page.zones.map((z) => html`<${Zone} z=${z} on=${zone === z.name} pick=${pickZone} />`)}</div>
    <section class="card"><div class="hd"><${Views} at="terminals" zone=${zone} filter=${filter} /><span class="seg" role="group" aria-label=${t('fleet-filter')}>${FILTERS.map((f) => html`<button class=${filter === f ? 'yes' : ''} aria-pressed=${filter === f} onClick=${() => pick(f)}>${t(`fleet-is-${f || 'all'}`)} ${count(page, f)}</button>`)}</span>
    ${zone && html`<button class="btn small" onClick=${() => pickZone('')}><${Icon} n="close" c="i16" />${t('zone-only')}</button>`}<${Legend} /></div>
    ${page.rows.length > 0 ? html`<table class="tall" onKeyDown=${keys}><thead><tr><td></td><th>${t('col-terminal')}</th><th>${t('col-now')}</th><th>${t('col-hours')}</th><th class="r">${t('col-backlog')}</th><th>${t('col-versions')}</th><th>${t('col-ends')}</th><th>${t('col-heard')}</th></tr></thead>
      <tbody>${page.rows.map((r, i) => html`<${Row} key=${r.terminal} r=${r} i=${i} now=${page.at} open=${() => open(i)} on=${chosen.includes(r.terminal)} tick=${() => tick(r.terminal)} />`)}</tbody></table>` : html`<p class="pad q">${t(filter === 'need' ? 'fleet-nothing' : 'fleet-no-such')}</p>`}</section></div>
    <div class="act">${chosen.length > 0 ? html`<b>${t('fleet-chosen', chosen.length)}</b><${Acts} terminals=${chosen} name=${t('fleet-they', chosen.length)} done=${() => { choose([]); look(); }} />` : html`<span class="s q">${t(page.zones_more ? 'zones-more' : 'fleet-help', page.zones_more)}</span>`}<div class="gap"></div>
      <button class="btn ${places.length > 1 ? '' : 'off'}" aria-disabled=${places.length < 2} onClick=${before}>‹ ${t('before')} <kbd>PgUp</kbd></button><button class="btn ${page.after ? '' : 'off'}" aria-disabled=${!page.after} onClick=${next}>${t('next')} › <kbd>PgDn</kbd></button></div></main>`;
}
