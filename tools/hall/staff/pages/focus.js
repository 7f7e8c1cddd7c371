// SPDX-License-Identifier: Apache-2.0
// A hand that never leaves the keyboard: the focus is never lost, and one key goes to the bar. What had the focus may go with
// the question that was answered, or with a row; then it goes to the button that asked, where that stands again, else to the
// bar's main button, else to the title.
const pressed = []; // the words of what was pressed, the newest first
const REMEMBERED = 4, DRAWN_MS = 30; // a question takes the focus itself once it is drawn

const words = (e) => (e.getAttribute('aria-label') || e.innerText).trim();
const shown = (list) => [...document.querySelectorAll(list)].filter((e) => e.offsetParent);
const main = () => shown('.act .btn.main:not(.off), .ft .btn.main:not(.off)')[0];

function instead() {
  const buttons = shown('main button, main a');
  for (const w of pressed) {
    const again = buttons.find((b) => words(b) === w);
    if (again) return again;
  }
  return main() || document.querySelector('h1');
}

export function keepFocus() {
  let had = null, timer = 0;
  const look = () => {
    timer = 0;
    if (!had || had.isConnected || document.activeElement !== document.body) return;
    instead()?.focus();
  };
  addEventListener('focusin', (e) => { had = e.target; });
  addEventListener('click', (e) => {
    const button = e.target.closest?.('button, a');
    if (button) { pressed.unshift(words(button)); pressed.length = Math.min(pressed.length, REMEMBERED); }
  }, true);
  new MutationObserver(() => { timer = timer || setTimeout(look, DRAWN_MS); }).observe(document.body, { childList: true, subtree: true });
}

// To what the bar has: its main button, else its first.
export const toBar = () => (main() || shown('.act button, .act a, .ft button')[0])?.focus();
