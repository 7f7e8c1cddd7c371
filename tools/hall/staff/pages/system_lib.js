// SPDX-License-Identifier: Apache-2.0
// What the page of a system and a terminal's page say of a terminal's two systems, in the same words.
import { html, t, has } from './lib.js';

const time = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
export const hours = (r) => `${time(r.from)}–${time(r.to)}`;
// What became of the last update: "the one before runs again: it was not ready".
export const how = (s) => `${t(`sy-state-${s.state}`)}${s.why ? t('sy-because', has(`sy-why-${s.why}`) ? t(`sy-why-${s.why}`) : s.why) : ''}`;
// What runs in which slot, and what is in the other one.
export const Slots = ({ s }) => html`<span>${s.running || t('unknown')}${s.slot && html`　<span class="q s">${t('sy-slot', s.slot.toUpperCase())}</span>`}${s.other && html`<br /><span class="q s">${t('sy-other', s.other)}</span>`}</span>`;
