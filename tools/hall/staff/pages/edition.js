// SPDX-License-Identifier: Apache-2.0
// One edition of the catalogue: what changed in it, and which terminals have it, or refused it and why.
import { html, useState, useEffect, t, has, why, ask, fetchFile, save, moment, Icon } from './lib.js';
import { Edition, PLACE } from './edition_lib.js';

export const words = 'publish';

const FIELDS_SHOWN = 4;

function Changes({ version, setSaid }) {
  const [all, setAll] = useState(false), [d, set] = useState(null);
  useEffect(() => { ask('GET', `api/edition-diff/${version}`).then(set); }, []);
  const print = async () => {
    const a = await fetchFile(`api/edition-diff/${version}.html`);
    if (a.status === 200) save(a.blob, `catalogue-${version}.html`);
    setSaid(a.status === 200 ? { good: t('ed-printed') } : { bad: why(a) });
  };
  if (!d) return html`<section class="card pad"><h2>${t('ed-changes')}</h2><p class="q">${t('ed-changes-wait')}</p></section>`;
  if (d.status !== 200) return html`<section class="card pad"><h2>${t('ed-changes')}</h2><p class="q">${why(d)}</p></section>`;
  return html`<section class="card"><div class="hd"><h2>${t('ed-changes-from', d.from)}</h2><button class="link push" onClick=${print}>${t('ed-print')}</button></div><p class="pad q">${t('ed-counts', d.counts.added, d.counts.gone, d.counts.changed)}</p>
    ${d.items.length > 0 && html`<table><thead><tr><th>${t('ed-item')}</th><th>${t('ed-before-after')}</th></tr></thead><tbody>${d.items.map((i) => html`<tr><td><b>${i.name}</b><br /><span class="s q">${t(`ed-kind-${i.kind}`)}${i.dept ? `　${i.dept}` : ''}</span></td>
      <td>${i.fields.slice(0, all ? undefined : FIELDS_SHOWN).map((f) => html`<div class="wrap"><span class="q">${f.where}${t('colon')}</span>${f.before || t('ed-left-out')} → <b>${f.after || t('ed-left-out')}</b></div>`)}${!all && i.fields.length > FIELDS_SHOWN && html`<button class="link s" onClick=${() => setAll(true)}>${t('ed-more-fields', i.fields.length - FIELDS_SHOWN)}</button>`}</td></tr>`)}</tbody></table>`}
    ${d.more && html`<p class="pad q">${t('ed-more-items')}</p>`}</section>`;
}

const reason = (w) => (has(`ed-why-${w}`) ? t(`ed-why-${w}`) : w);

function Terminals({ p }) {
  const [only, setOnly] = useState('');
  const rows = p.rows.filter((r) => !only || r.place === only), count = (k) => p.rows.filter((r) => !k || r.place === k).length;
  return html`<section class="card"><div class="hd"><h2>${t('ed-terminals')}</h2><span class="push seg" role="group" aria-label=${t('ed-terminals')}>${['', 'refused', 'waits', 'silent', 'left', 'has'].filter((k) => k !== 'left' || count(k)).map((k) => html`<button class=${only === k ? 'yes' : ''} aria-pressed=${only === k} onClick=${() => setOnly(k)}>${t(`ed-place-${k || 'all'}`)} ${count(k)}</button>`)}</span></div>
    ${rows.length ? html`<table><thead><tr><th>${t('col-terminal')}</th><th>${t('col-now')}</th><th class="r">${t('ed-uses')}</th><th>${t('col-heard')}</th></tr></thead><tbody>${rows.map((r) => html`<tr key=${r.terminal}><td><b>${r.device}</b>　${r.spot}<br /><span class="s q">${r.terminal}${r.chosen ? `　${t('ed-chosen')}` : ''}</span></td>
      <td><span class="chip ${PLACE[r.place][0]}"><${Icon} n=${PLACE[r.place][1]} />${t(`ed-place-${r.place}`)}</span>${r.why && html`<br /><span class="s">${reason(r.why)}</span>`}</td><td class="r">${r.catalogue || '—'}</td><td class="nw">${r.heard ? moment(r.heard) : t('ed-never')}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('ed-no-terminals')}</p>`}
    ${p.more && html`<p class="pad q">${t('ed-more-terminals')}</p>`}</section>`;
}

const sub = (p) => t('ed-sub', p.offered);
export const Page = ({ rest: [version] }) => html`<${Edition} kind="catalogue" version=${version} Left=${Changes} Terminals=${Terminals} sub=${sub} />`;
