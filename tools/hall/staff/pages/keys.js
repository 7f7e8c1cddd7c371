// SPDX-License-Identifier: Apache-2.0
// The list of keys, by "?" or by the dock, and the switch for those that are one character (WCAG 2.1, 2.1.4): whoever speaks to
// the computer, or lays a hand on the keyboard, would press them unawares.
import { html, useState, useEffect, useRef, t, single, setSingle } from './lib.js';

export const words = 'keys';
const KEYS = ['1 – 9', '/', '↑ ↓', 'Enter', 'Space', 'PgUp  PgDn  Home', '[  ]', 'Esc', 'Ctrl Enter', 'End', 'F2  F4  F6  F8  F9', '?'];

export function Keys({ close }) {
  const at = useRef(), [on, set] = useState(single());
  useEffect(() => at.current.showModal(), []);
  return html`<dialog ref=${at} class="keys" aria-labelledby="keys" onClose=${close}><h2 id="keys">${t('keys')}</h2>
    <table><tbody>${KEYS.map((k, i) => html`<tr><th scope="row">${k.split('  ').map((one) => html`<kbd>${one}</kbd> `)}</th><td>${t(`key-${i + 1}`)}</td></tr>`)}</tbody></table>
    <label class="tick"><input type="checkbox" checked=${on} onChange=${() => { setSingle(!on); set(!on); }} /><span>${t('keys-single')}<br /><span class="s q">${t('keys-single-say')}</span></span></label>
    <div class="row"><div class="gap"></div><button class="btn main" onClick=${() => at.current.close()}>${t('keys-close')} <kbd>Esc</kbd></button></div></dialog>`;
}
