// SPDX-License-Identifier: Apache-2.0
// Who is on duty when, every week the same: the rows, one of them being changed, and when nobody is.
import { html, useState, useEffect, useRef, t, has, why, ask, newId, bytes, Icon } from './lib.js';
import { useDraft, drop } from './draft.js';

const DAYS = [0, 1, 2, 3, 4, 5, 6], HOURS = [...Array(24)].map((_, i) => i), PLACES = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const two = (h) => `${h}:00`;
// An hour of the week; what ends at midnight ends the day before at 24:00.
const begins = (h) => `${t(`weekday-${Math.floor((h % 168) / 24)}`)} ${two(h % 24)}`;
const endsAt = (h) => (h % 24 ? begins(h) : `${t(`weekday-${(Math.floor(h / 24) + 6) % 7}`)} 24:00`);
const gapWord = ([from, to]) => (to - from >= 168 ? t('gap-week') : t('gap', begins(from), endsAt(to)));
const spot = (p, zone) => (zone ? p.zones.find((z) => z.name === zone)?.spot || zone : t('duty-all-zones'));

// The end of the gap in which we are.
export function gapNow(p) {
  const day = (new Date(`${p.at.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7, hour = day * 24 + Number(p.at.slice(11, 13));
  const gap = p.gaps.find((g) => !g.zone)?.gaps.find(([from, to]) => (hour >= from && hour < to) || (hour + 168 >= from && hour + 168 < to));
  return gap && gap[1] - gap[0] < 168 ? t('gap-until', endsAt(gap[1])) : '';
}

export function Gaps({ p }) {
  if (!p.shifts.length) return null;
  const lost = p.shifts.filter((s) => s.lost);
  return html`<section class="card"><div class="hd"><h2>${t('gaps')}</h2></div>${lost.length ? html`<div class="pad"><h3>${t('gaps-lost')}</h3><ul class="plain">${lost.map((s) => html`<li><${Icon} n="alert" c="i16" /> ${t('gap-lost', s.name, dayWord(s.days), hourWord(s))}</li>`)}</ul></div>` : ''}${p.gaps.length ? p.gaps.map((g) => html`<div class="pad"><h3>${g.zone ? spot(p, g.zone) : t('gaps-all')}</h3><ul class="plain">${g.gaps.map((one) => html`<li><${Icon} n="alert" c="i16" /> ${gapWord(one)}</li>`)}</ul></div>`) : !lost.length && html`<p class="pad q">${t('gaps-none')}</p>`}</section>`;
}

function dayWord(days) {
  if (days === 127) return t('days-all');
  if (days === 31) return t('days-work');
  if (days === 96) return t('days-end');
  return DAYS.filter((d) => (days >> d) & 1).map((d) => t(`weekday-${d}`)).join(t('comma'));
}
const hourWord = (s) => (s.from === 0 && s.to === 24 ? t('hours-whole-day') : s.to <= s.from ? t('hours-night', two(s.from), two(s.to)) : `${two(s.from)}–${two(s.to)}`);

// `kept`: the place of its draft, which has the id of a new row: sent again it is that one.
function Form({ p, row, kept, leave, done }) {
  const [s, put] = useDraft(kept, row), [said, setSaid] = useState(''), first = useRef();
  useEffect(() => first.current.focus(), []);
  const lack = !s.staff ? t('shift-lacks-staff') : !s.days ? t('shift-lacks-days') : !s.way.trim() ? t('shift-lacks-way') : bytes(s.way.trim()) > 80 ? t('shift-long-way') : '';
  const change = (more) => { put({ id: s.id, ...more }); setSaid(''); };
  const choice = (name, values, text) => html`<label class="f"><span class="s">${t(`shift-${name}`)}</span><select class="sm" name=${name} value=${String(s[name])} onChange=${(e) => change({ [name]: Number(e.target.value) })}>${values.map((v) => html`<option value=${String(v)}>${text(v)}</option>`)}</select></label>`;
  const send = async (e) => {
    e.preventDefault();
    if (lack) { setSaid(lack); return; }
    const { id, staff, zone, days, from, to, place } = s;
    const a = await ask('POST', 'api/duty-shift/put', { id, staff, zone, days, from, to, place, way: s.way.trim() });
    if (a.status === 200) { drop(kept); done(); } else setSaid(has(`shift-why-${a.reason}`) ? t(`shift-why-${a.reason}`) : why(a));
  };
  return html`<form class="pad form shift" onSubmit=${send} onKeyDown=${(e) => { if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); leave(); } }}><div class="row">
    <label class="f"><span class="s">${t('shift-staff')}</span><select class="sm" name="staff" ref=${first} value=${s.staff} onChange=${(e) => change({ staff: e.target.value })}><option value="">${t('shift-choose')}</option>${p.people.map((one) => html`<option value=${one.id}>${one.name}</option>`)}</select></label>
    <label class="f"><span class="s">${t('shift-zone')}</span><select class="sm" name="zone" value=${s.zone} onChange=${(e) => change({ zone: e.target.value })}><option value="">${t('duty-all-zones')}</option>${p.zones.map((z) => html`<option value=${z.name}>${z.spot}</option>`)}</select></label></div>
    <fieldset><legend class="s">${t('shift-days')}</legend><div class="row">${DAYS.map((d) => html`<label class="tick"><input type="checkbox" name=${`day-${d}`} checked=${Boolean((s.days >> d) & 1)} onChange=${() => change({ days: s.days ^ (1 << d) })} /> ${t(`weekday-${d}`)}</label>`)}</div></fieldset>
    <div class="row">${choice('from', HOURS, two)}${choice('to', HOURS.map((h) => h + 1), (h) => (h <= s.from ? t('shift-next-day', two(h)) : two(h)))}${choice('place', PLACES, (n) => t('shift-nth', n))}
    <label class="f fill"><span class="s">${t('shift-way')}</span><input class="sm" name="way" placeholder=${t('shift-way-like')} value=${s.way} onInput=${(e) => change({ way: e.target.value })} /></label></div>
    <div class="row"><span class="why" role="status">${said || t('shift-say')}</span><div class="gap"></div><button type="button" class="btn" onClick=${leave}>${t('duty-not')}</button><button class="btn main ${lack ? 'off' : ''}">${t('shift-put')}</button></div></form>`;
}

export function Plan({ p, look }) {
  const [row, setRow] = useState(null), [goes, setGoes] = useState(''), [bad, setBad] = useState('');
  const open = (s) => { setGoes(''); setRow(s || { fresh: true, id: newId(), staff: '', zone: '', days: 31, from: 8, to: 18, place: 1, way: '' }); };
  const gone = async (id) => {
    const a = await ask('POST', 'api/duty-shift/drop', { id });
    setGoes('');
    setBad(a.status === 200 ? '' : why(a));
    look();
  };
  return html`<section class="card"><div class="hd"><h2>${t('plan')}</h2><span class="push">${bad && html`<span class="badc s" role="alert">${bad}</span>`}<button class="btn small" onClick=${() => open(null)}>${t('plan-add')}…</button></span></div>
    ${row && html`<${Form} key=${row.id} p=${p} row=${row} kept=${row.fresh ? 'shift' : `shift/${row.id}`} leave=${() => setRow(null)} done=${() => { setRow(null); look(); }} />`}
    ${p.shifts.length ? html`<table><thead><tr><th class="r">${t('shift-place')}</th><th>${t('shift-staff')}</th><th>${t('shift-when')}</th><th>${t('shift-zone')}</th><td></td></tr></thead><tbody>${p.shifts.map((s) => html`<tr><td class="r">${s.place}</td><td><b>${s.name}</b>${s.gone ? html`<br /><span class="s badc">${t('shift-gone')}</span>` : html`<br /><span class="s q wrap">${s.way}</span>`}</td><td>${dayWord(s.days)}<br />${hourWord(s)}</td><td>${s.lost ? html`<span class="s badc">${t('shift-lost')}</span>` : spot(p, s.zone)}</td>
      <td class="r nw">${goes === s.id ? html`<button class="btn small" onClick=${() => setGoes('')}>${t('shift-keep')}</button> <button class="btn small" onClick=${() => gone(s.id)}>${t('shift-drop-go')}</button>` : html`<button class="btn small" aria-label=${t('shift-change-one', s.name)} onClick=${() => open(s)}>${t('shift-change')}</button> <button class="btn small" aria-label=${t('shift-drop-one', s.name)} onClick=${() => setGoes(s.id)}>${t('shift-drop')}…</button>`}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('plan-none')}</p>`}</section>`;
}
