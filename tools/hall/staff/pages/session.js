// SPDX-License-Identifier: Apache-2.0
// What must not outlive the session, or the look of a clerk. What an applicant wrote is held in this module alone, in no storage
// of the browser: it is gone when another case or page is shown, when it is closed, when nobody touched the page for five
// minutes, and when one is signed out. Drafts (draft.js) go when one is signed out.
const IDLE_MS = 5 * 60000;
let held = null; // {number, answer, reason, place: of the page that shows it}
let timer = 0;
const watchers = new Set();

let person = '';
export const whose = () => person; // the drafts of this tab
export const isHere = (me) => { person = me.id; };

export const watch = (fn) => (watchers.add(fn), () => watchers.delete(fn));
export const opened = (number) => (held?.number === number ? held : null);
export function forget() {
  held = null;
  clearTimeout(timer);
  watchers.forEach((fn) => fn());
}
export function hold(number, reason, answer, place = `#/case/${number}`) {
  held = { number, reason, answer, place };
  alive();
  watchers.forEach((fn) => fn());
}
function alive() {
  clearTimeout(timer);
  if (held) timer = setTimeout(forget, IDLE_MS);
}
['keydown', 'pointerdown', 'wheel'].forEach((name) => addEventListener(name, alive, { passive: true }));
addEventListener('hashchange', () => held && !location.hash.startsWith(held.place) && forget());

export const wipe = () => Object.keys(sessionStorage).filter((k) => k.startsWith('tongban.draft.') || k === 'tongban.order').forEach((k) => sessionStorage.removeItem(k));
