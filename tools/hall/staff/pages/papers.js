// SPDX-License-Identifier: Apache-2.0
// The papers of what has happened to a case: made by the hall for the applicant's name, which is taken from what was opened or
// typed as the certificate has it; saved, to be printed or handed over.
import { html, useState, useEffect, t, why, fetchFile, save, moment, Icon } from './lib.js';

const TRIES = 10; // one is made at a time
const KIND = { accept: 'acceptance', 'accept-tacit': 'acceptance', supplement: 'supplement', refuse: 'refusal', decide: 'decision', 'decide-tacit': 'decision' };

export function Papers({ c, me, held }) {
  const list = c.events.filter((e) => KIND[e.event]).map((e) => ({ kind: KIND[e.event], at: e.at }));
  const known = held?.answer.applicant?.name || '';
  const [name, setName] = useState(known);
  const [busy, setBusy] = useState('');
  const [said, setSaid] = useState(null);
  useEffect(() => setName(known), [known]);
  if (!list.length || !me.print) return null;
  const go = async (kind, form) => {
    if (busy || !name.trim()) return setSaid({ bad: true, text: t('print-name-first') });
    setBusy(kind + form);
    let a = { status: 503 };
    for (let i = 0; a.status === 503 && i < TRIES; i++) {
      if (i) await new Promise((r) => setTimeout(r, 2000));
      a = await fetchFile(`api/paper/${c.number}/${kind}.${form}`, { name: name.trim() });
    }
    setBusy('');
    if (a.status === 200) save(a.blob, `${t(`print-${kind}`)}-${c.number}.${form}`);
    setSaid(a.status === 200 ? { text: t('print-saved', t(`print-${kind}`)) } : { bad: true, text: why(a) });
  };
  const button = (kind, form) => html`<button class="btn small" aria-label=${`${t(`print-${kind}`)} ${t(`print-${form}`)}`} onClick=${() => go(kind, form)}>${t(busy === kind + form ? 'print-making' : `print-${form}`)}</button>`;
  return html`<section class="card"><div class="hd"><h2>${t('papers')}</h2><span class="push q s">${t('papers-say')}</span></div>
    <div class="row pad"><label class="row nowrap"><span class="q">${t('print-name')}</span><input class="sm find" maxlength="60" autocomplete="off" value=${name} onInput=${(e) => setName(e.target.value)} /></label>
      ${said && html`<span class=${said.bad ? 'badc s' : 'why'} role=${said.bad ? 'alert' : 'status'}>${said.text}</span>`}</div>
    <table><tbody>${list.map((p) => html`<tr key=${p.kind}><td><${Icon} n="print" /> ${t(`print-${p.kind}`)}</td><td class="q s nw">${moment(new Date(p.at + 8 * 3600000).toISOString())}</td><td class="r nw">${button(p.kind, 'pdf')} ${button(p.kind, 'html')}</td></tr>`)}</tbody></table></section>`;
}
