// SPDX-License-Identifier: Apache-2.0
// Where a terminal's place is on the map: said on its page, for all terminals of the place.
import { html, useState, useEffect, useRef, t, why, ask, moment } from './lib.js';
import { useDraft, drop } from './draft.js';

const DATUMS = ['wgs84', 'gcj02', 'bd09'];
export const degrees = ([lat, lon]) => `${(lat / 1e6).toFixed(6)}, ${(lon / 1e6).toFixed(6)}`;

export function Where({ r, look }) {
  const [opened, open] = useState(false), [said, say] = useState(''), field = useRef(), place = `place/${r.terminal}`;
  const [{ point, datum }, put] = useDraft(place, { point: '', datum: 'wgs84' });
  useEffect(() => { if (opened) field.current.focus(); }, [opened]);
  const send = async (body) => {
    const a = await ask('POST', `api/place/${r.terminal}`, body);
    if (a.status !== 200) return say(why(a));
    drop(place); open(false); say('');
    return look();
  };
  const submit = (e) => {
    e.preventDefault();
    const [lat, lon, more] = point.replace(/[，、]/g, ',').split(/\s*,\s*|\s+/).filter(Boolean);
    if (!lat || !lon || more) { say(t('point-not-decimal')); field.current.focus(); } else send({ lat, lon, datum });
  };
  const key = (e) => { if (e.key === 'Escape') { e.preventDefault(); open(false); say(''); } };
  return html`<section class="card"><div class="hd"><h2>${t('where')}</h2>${r.point && html`<a class="push s" href="#/map/${r.zone_name}/all">${t('where-look')}</a>`}</div>
    <p class="pad">${r.point ? html`${degrees(r.point)}<br /><span class="q s">${t('where-set', r.point_by, moment(r.point_set))}</span>` : html`<span class="q">${t('where-none')}</span>`}</p>
    ${opened ? html`<form class="where pad" onSubmit=${submit} onKeyDown=${key}><label class="f"><span>${t('where-field')}</span><input name="point" autocomplete="off" placeholder="39.908700, 116.397500" ref=${field} value=${point} onInput=${(e) => put({ point: e.target.value })} /></label>
      <label class="f"><span>${t('where-from')}</span><select name="datum" value=${datum} onChange=${(e) => put({ datum: e.target.value })}>${DATUMS.map((d) => html`<option value=${d}>${t(`datum-${d}`)}</option>`)}</select></label>
      <p class="s q">${t('where-say')}</p>${said && html`<p class="badc s" role="alert">${said}</p>`}
      <div class="row"><button class="btn small">${t('where-put')}</button><button type="button" class="btn small" onClick=${() => { open(false); say(''); }}>${t('act-not')}</button></div></form>`
      : html`<div class="row pad">${said && html`<span class="badc s" role="alert">${said}</span>`}<button class="btn small" onClick=${() => open(true)}>${t(r.point ? 'where-change' : 'where-add')}</button>${r.point && html`<button class="btn small" onClick=${() => send({})}>${t('where-forget')}</button>`}</div>`}</section>`;
}
