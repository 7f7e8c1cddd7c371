// SPDX-License-Identifier: Apache-2.0
// What an applicant wrote, while a clerk reads it (session.js holds it), and what asks for a reason before.
import { html, useState, useEffect, t, has, ask, why, clock, moment, language, Icon } from './lib.js';
import { opened, hold, watch } from './session.js';
import { useDraft, drop } from './draft.js';

const REASONS = ['decide', 'present', 'complaint', 'other'];

// Draws anew when it is opened or gone.
export function useOpened(number) {
  const [, draw] = useState(0);
  useEffect(() => watch(() => draw((n) => n + 1)), []);
  return opened(number);
}

// --- sealed: a reason first ---

export function Sealed({ c, me, told }) {
  const place = `open/${c.number}`, [{ reason, words }, put] = useDraft(place, { reason: '', words: '' });
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState(null);
  const said = reason === 'other' ? words.replace(/\s+/g, ' ').trim() : reason && t(`reason-${reason}`);
  const go = async () => {
    if (!said || busy) return;
    setBusy(true);
    const a = await ask('POST', `api/open/${c.number}`, { reason: said });
    setBusy(false);
    setAnswer(a);
    if (a.status === 200) { drop(place); hold(c.number, said, a); told(a); }
  };
  if (!me.open) return html`<div class="sealed"><${Icon} n="seal" c="pri i24" /><div><b>${t('sealed-here')}</b><br /><span class="s q">${t('sealed-no-role')}</span></div></div>`;
  return html`<div class="sealed"><div class="row"><${Icon} n="seal" c="pri i24" /><div><b>${t('sealed-here')}</b><br /><span class="s q">${t('sealed-say')}</span></div></div>
    <div class="row" role="radiogroup" aria-label=${t('reason')}>${REASONS.map((r) => html`<label class="opt"><input type="radio" name="reason" checked=${reason === r} onChange=${() => put({ reason: r })} />${t(`reason-${r}`)}</label>`)}</div>
    ${reason === 'other' && html`<input class="sm" aria-label=${t('reason-other')} maxlength="200" value=${words} onInput=${(e) => put({ words: e.target.value })} onKeyDown=${(e) => e.key === 'Enter' && go()} />`}
    <div class="row"><button class="btn ${said ? '' : 'off'}" aria-disabled=${!said} onClick=${go}><${Icon} n="open" />${t(busy ? 'opening' : 'open-read')}</button>
    ${answer && answer.status !== 200 ? html`<span class="badc s" role="alert">${why(answer)}</span>` : !said && html`<span class="why">${t('reason-first')}</span>`}</div></div>`;
}

// Who has read it: names and reasons are no secret among those who may.
export function Openings({ list }) {
  if (!list.length) return null;
  return html`<details class="pad s"><summary>${t('opened-times', list.length, moment(list[0].at))}</summary><ul class="limits">${list.map((o) => html`<li>${moment(o.at)}　${o.words}</li>`)}</ul></details>`;
}

// --- open ---

const digits = (key, text) => (key === 'number' && /^\d{17}[\dX]$/.test(text) ? `${text.slice(0, 6)} ${text.slice(6, 14)} ${text.slice(14)}` : text);
const value = (key, v) => (v === true ? t('id-yes') : key === 'sex' ? (has(`id-sex-${v}`) ? t(`id-sex-${v}`) : v) : key === 'kind' ? (has(`id-kind-${v}`) ? t(`id-kind-${v}`) : v) : digits(key, String(v)));
const label = (key) => (has(`id-${key}`) ? t(`id-${key}`) : key);
const Applicant = ({ who }) => html`<div class="kv two pad">${Object.entries(who).map(([key, v]) => html`<span>${label(key)}</span><span>${value(key, v)}</span>`)}</div>`;

function Ink({ ink }) {
  const line = (s) => s.reduce((d, n, i) => `${d}${i ? ' ' : 'M'}${n}`, '');
  return html`<svg class="ink" role="img" aria-label=${t('ink')} viewBox=${`0 0 ${+ink.w} ${+ink.h}`} ref=${(e) => {
    if (!e || e.firstChild) return;
    for (const s of ink.strokes) {
      const p = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      p.setAttribute('d', line(s.map(Number)));
      e.append(p);
    }
  }}></svg>`;
}

function Fields({ fields }) {
  const groups = [];
  for (const f of fields) {
    const title = f.group?.[language] || '';
    if (!groups.length || groups[groups.length - 1].title !== title) groups.push({ title, rows: [] });
    groups[groups.length - 1].rows.push(f);
  }
  return groups.map((g) => html`${g.title && html`<h3 class="pad">${g.title}</h3>`}<div class="kv two pad">${g.rows.map((f) => html`<span>${f.label[language]}</span><span>${f.ink ? html`<${Ink} ink=${f.ink} />` : f.value[language]}</span>`)}</div>`);
}

const Added = ({ s }) => html`<div class="pad"><h3>${t('added', moment(s.at), s.terminal)}${s.state === 'good' ? '' : `　${t(has(`added-${s.state}`) ? `added-${s.state}` : 'added-odd')}`}</h3>
  ${s.refused ? html`<p class="badc">${t(`why-open-${s.refused}`)}</p>` : html`${!s.same && html`<p class="warnc">${t('added-other')}</p>`}<p>${s.words}</p>${!s.same && s.applicant && html`<${Applicant} who=${s.applicant} />`}`}</div>`;

export function Opened({ held: { answer } }) {
  return html`<h3 class="pad">${t('applicant-name')}</h3><${Applicant} who=${answer.applicant || {}} /><${Fields} fields=${answer.fields || []} />
    ${answer.supplements.map((s) => html`<${Added} s=${s} />`)}${answer.more && html`<p class="pad q">${t('added-more')}</p>`}`;
}
export const OpenedChip = ({ held: { answer, reason } }) => html`<span class="push chip info"><${Icon} n="open" />${t('opened-at', clock(answer.at), reason)}</span>`;
