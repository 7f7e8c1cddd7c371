// SPDX-License-Identifier: Apache-2.0
// What the list of editions and one edition's page share.
import { html, t, Icon } from './lib.js';

const CHIP = { brought: ['warn', 'wait'], approved: ['info', 'check'], runs: ['info', 'sync'], paused: ['warn', 'pause'], stopped: ['bad', 'stop'], withdrawn: ['', 'close'], current: ['ok', 'ok'] };
export function Chip({ e }) {
  const [kind, icon] = CHIP[e.state];
  return html`<span class="chip ${kind}"><${Icon} n=${icon} />${t(`ed-is-${e.state}`)}</span>`;
}
// Its last change was the hall's own: a stage began, refusals stopped it.
export const byItself = (e) => e.changed && !e.changed_by;
// "10 %", or the chosen terminals alone; percent -1: none yet.
export const stage = (percent) => (percent < 0 ? t('ed-stage-none') : percent === 0 ? t('ed-stage-chosen') : percent === 100 ? t('ed-stage-all') : `${percent} %`);
