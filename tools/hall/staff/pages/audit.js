// SPDX-License-Identifier: Apache-2.0
// What was done, by whom and why: the newest first, by person, day and case. Nothing here can be changed, and that it was read
// is a row too. Whether the chain is whole is looked at from its first row, when somebody asks for it.
import { html, useState, useEffect, t, has, why, ask, moment, spaced, useLatest, useKeys, rowKeys, stop, Icon, Say, Title } from './lib.js';

export const words = 'audit';

// "case-open" is said by its own words, or by those of an event of a case; what has none is shown as it is called.
function doing(action) {
  if (has(`au-${action}`)) return t(`au-${action}`);
  const event = action.replace(/^case-/, 'ev-');
  return has(event) ? t(event) : action;
}
const reason = (text) => text.replace(/^refused: ([a-z-]+)/, (all, word) => ['why', 'said-why', 'people-why'].map((k) => `${k}-${word}`).filter(has).map((k) => t(k))[0] || all);
const refused = (r) => r.reason.startsWith('refused:');

function Row({ r, i, pick, chosen }) {
  return html`<tr tabindex=${stop(i)} aria-selected=${chosen} class=${chosen ? 'chosen' : ''} onClick=${() => pick(r)} onFocus=${() => pick(r)}><td class="nw">${moment(r.at)}<span class="q s">${r.at.slice(16, 19)}</span></td><td class="nw">${r.name || html`<span class="q">${r.who}</span>`}</td>
    <td><span class="chip ${refused(r) ? 'warn' : 'info'}">${doing(r.action)}${refused(r) ? t('audit-refused') : ''}</span></td><td class="nw s">${/^\d{19}$/.test(r.subject) ? spaced(r.subject) : r.subject}</td><td class="s">${reason(r.reason)}</td><td class="r s">${r.seq}</td></tr>`;
}

function Chain() {
  const [c, set] = useState(null), [busy, setBusy] = useState(false);
  const look = () => { setBusy(true); ask('GET', 'api/chain').then((a) => { set(a); setBusy(false); }); };
  const said = busy ? t('chain-looking') : !c ? '' : c.status !== 200 ? why(c) : c.whole ? t('chain-whole', c.rows, c.hash) : t('chain-broken', String(c.office).padStart(4, '0'), c.row);
  return html`<span class="row chain"><span role="status" class=${c && c.whole === false ? 'why bad' : 's'}>${c?.whole && html`<${Icon} n="ok" c="okc" />`}${said}</span><button class="btn ${busy ? 'off' : ''}" aria-disabled=${busy} onClick=${() => !busy && look()}>${t('chain-look')}</button></span>`;
}

export function Page() {
  const [filter, setFilter] = useState({ person: '', day: '', subject: '' }), [places, setPlaces] = useState([0]);
  const [page, set] = useState(null), [people, setPeople] = useState([]), [chosen, pick] = useState(null), [turn, setTurn] = useState(0);
  const after = places[places.length - 1];
  const asked = JSON.stringify({ ...filter, day: filter.day.replace(/-/g, ''), subject: /^[\d ]+$/.test(filter.subject) ? filter.subject.replace(/ /g, '') : filter.subject, after });
  const take = useLatest((a) => { set(a); pick(null); });
  useEffect(() => take(ask('POST', 'api/audit', JSON.parse(asked))), [asked, turn]);
  useEffect(() => { ask('GET', 'api/people').then((a) => a.status === 200 && setPeople(a.rows)); }, []);
  const change = (more) => { setFilter({ ...filter, ...more }); setPlaces([0]); };
  const first = () => { setPlaces([0]); setTurn(turn + 1); };
  const before = () => places.length > 1 && setPlaces(places.slice(0, -1));
  const next = () => page?.after && setPlaces([...places, page.after]);
  useKeys({ Home: first, PageUp: before, PageDown: next, ArrowDown: () => document.querySelector('tr[tabindex="0"]')?.focus() });
  const good = page?.status === 200, rows = good ? page.rows : [];
  return html`<main><div class="top"><div><${Title}>${t('audit-title')}<//><p class="q s">${good ? t('audit-say', page.last + 1) : ''}</p></div></div>
    <div class="mid"><div class="row choices"><label class="row">${t('audit-person')}<select class="sm" value=${filter.person} onChange=${(e) => change({ person: e.target.value })}><option value="">${t('audit-everybody')}</option>${people.map((p) => html`<option value=${p.id}>${p.name}　${p.id}</option>`)}</select></label>
      <label class="row nowrap">${t('audit-day')}<input class="sm" type="date" value=${filter.day} onChange=${(e) => change({ day: e.target.value })} /></label>
      <label class="row">${t('audit-subject')}<input class="sm find" maxlength="60" value=${filter.subject} onChange=${(e) => change({ subject: e.target.value.trim() })} /></label></div>
    ${page && !good && html`<${Say} kind="bad" icon="network-off">${why(page)}<//>`}
    ${rows.length > 0 && html`<div class="card"><table onKeyDown=${(e) => rowKeys(e, () => document.querySelector('.detail button')?.focus())}><thead><tr><th scope="col">${t('audit-when')}</th><th scope="col">${t('audit-who')}</th><th scope="col">${t('audit-what')}</th><th scope="col">${t('audit-of')}</th><th scope="col">${t('audit-why')}</th><th scope="col" class="r">${t('audit-row')}</th></tr></thead>
      <tbody>${rows.map((r, i) => html`<${Row} key=${r.seq} r=${r} i=${i} pick=${pick} chosen=${chosen?.seq === r.seq} />`)}</tbody></table></div>`}
    ${good && !rows.length && html`<div class="empty"><h2>${t(page.after ? 'audit-none-yet' : 'audit-none')}</h2></div>`}
    ${chosen && html`<section class="card pad detail"><h2>${chosen.seq}　${chosen.name || chosen.who}　${doing(chosen.action)}</h2><p class="s">${t('audit-detail', chosen.who, chosen.action, chosen.subject, chosen.hash)}</p>${chosen.subject && chosen.subject !== filter.subject && html`<button class="btn small" onClick=${() => change({ subject: chosen.subject, person: '', day: '' })}>${t('audit-all-of', chosen.subject)}</button>`}</section>`}</div>
    <div class="act"><${Chain} /><div class="gap"></div><span class="s"><b>${page?.after ? t('cases-more') : t('cases-end')}</b></span><button class="btn" onClick=${first}>${t('audit-newest')} <kbd>Home</kbd></button>
      <button class="btn ${places.length > 1 ? '' : 'off'}" onClick=${before}>‹ ${t('before')} <kbd>PgUp</kbd></button><button class="btn ${page?.after ? '' : 'off'}" onClick=${next}>${t('next')} › <kbd>PgDn</kbd></button></div></main>`;
}
