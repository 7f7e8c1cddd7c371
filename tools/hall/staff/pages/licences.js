// SPDX-License-Identifier: Apache-2.0
// What the item asks for and the applicant holds electronically: held, to be brought, or not known, each with why.
import { html, t, moment, Icon } from './lib.js';

const MARK = { held: 'ok', bring: 'alert', unchecked: 'info' };

// With its year: as numbers for words, and as it came.
const whole = (d) => [...d.split('-').map(Number), d];

function Why({ l }) {
  const known = l.standing && [l.standing === 'good' ? '' : t(`lic-is-${l.standing}`), l.valid_to ? t('lic-until', ...whole(l.valid_to)) : t('lic-no-end'), l.number, l.issuer, t(`lic-by-${l.source}`, ...whole(l.told))].filter(Boolean).join('　');
  const asked = l.platform === 'not-told' ? t(`lic-why-${l.why}`, moment(l.asked)) : l.platform === 'none' && !known ? t('lic-none', moment(l.asked)) : '';
  return [known, asked].filter(Boolean).join('　') || t('lic-never');
}

// What the applicant said of it, as long as the application is open for reading.
function Chosen({ choices, l }) {
  const said = choices.find((s) => s.kind === l.kind);
  return said ? html`<div class="s">${t(said.use ? 'lic-chosen-use' : 'lic-chosen-bring', moment(said.at))}</div>` : null;
}

export function Licences({ c, held }) {
  if (!c.licences.length) return null;
  return html`<section class="card"><div class="hd"><h2>${t('licences')}</h2><span class="push q s">${t('licences-say')}</span></div>
    ${held?.answer.choices_odd ? html`<p class="pad badc">${t('lic-chosen-odd')}</p>` : ''}<table><tbody>${c.licences.map((l, i) => html`<tr key=${i}><td class="nw"><${Icon} n=${MARK[l.verdict]} /> <b class=${l.verdict === 'bring' ? 'badc' : ''}>${t(`lic-${l.verdict}-word`)}</b></td><td>${l.material}<div class="q s"><${Why} l=${l} /></div><${Chosen} choices=${held?.answer.choices || []} l=${l} /></td></tr>`)}</tbody></table></section>`;
}
