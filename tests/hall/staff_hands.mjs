// SPDX-License-Identifier: Apache-2.0
// Two hands that do the same on a page: one never leaves the keyboard (Tab, arrows, Enter, Space, Escape, the console's own
// keys), the other never leaves the mouse but to type. What is meant is told by words, as on the page, or by {css, nth}.
// The keyboard's notes where the focus was lost or could not be seen.
const FAR = 40; // so many steps to anything are too far

// In the page: the element that bears these words and can be seen; a field by its label.
const FIND = (what, list) => {
  const seen = (e) => e.getClientRects().length > 0;
  if (what.css) return [...document.querySelectorAll(what.css)].filter(seen)[what.nth ?? 0] ?? null;
  const name = (e) => [e.getAttribute('aria-label'), e.innerText, ...[...(e.labels ?? [])].map((l) => l.innerText), e.getAttribute('placeholder')].filter(Boolean).join(' ');
  const all = [...document.querySelectorAll(list)].filter((e) => (seen(e) || e.type === 'file') && name(e).includes(what));
  return all.find((e) => name(e).trim().startsWith(what)) ?? all[0] ?? null; // "Withdraw" before "… withdraw"
};
const PRESSED = 'button, a, [role=button]', FIELDS = 'input, textarea, select, summary', ROWS = 'tr[tabindex]';

// What both do.
class Hand {
  constructor(page) {
    this.page = page;
    this.steps = 0;
    this.faults = [];
  }

  async find(what, list) {
    return (await this.page.waitForFunction(`(${FIND})(${JSON.stringify(what)}, ${JSON.stringify(list)})`, { polling: 50, timeout: 120000 })
      .catch(() => { throw new Error(`nothing bears "${JSON.stringify(what)}"`); })).asElement();
  }

  // Its button can be pressed by now.
  async ready(what) {
    const found = await this.find(what, PRESSED);
    await this.page.waitForFunction((e) => e.isConnected && e.getAttribute('aria-disabled') !== 'true', { polling: 50, timeout: 120000 }, found).catch(() => {});
    return this.find(what, PRESSED);
  }

  async type(words) { await this.page.keyboard.type(words); }
}

export class Keyboard extends Hand {
  async key(name) {
    const [last, ...held] = name.split(' ').reverse();
    for (const k of held) await this.page.keyboard.down(k);
    await this.page.keyboard.press(last);
    for (const k of held) await this.page.keyboard.up(k);
    this.steps++;
  }

  // Where the focus is now is somewhere, in the window, and can be seen.
  async seen(after) {
    const fault = await this.page.waitForFunction(() => document.activeElement !== document.body && !document.activeElement.closest('main:empty'), { polling: 30, timeout: 30000 })
      .then(() => this.page.evaluate(() => {
        const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e), ring = e.querySelector('.ring');
        if (r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) return `out of the window: ${e.outerHTML.slice(0, 120)}`;
        if (s.outlineStyle === 'none' && s.textDecorationLine !== 'underline' && !(ring && getComputedStyle(ring).stroke !== 'none') && e.matches(':focus-visible')) return `without a ring: ${e.outerHTML.slice(0, 120)}`;
        return '';
      }), () => 'on nothing');
    if (fault) this.faults.push(`${after}: ${fault}`);
  }

  // Tab, or back, until it has the focus.
  async reach(what, list) {
    const target = await this.find(what, list), inBar = await target.evaluate((e) => !!e.closest('.act, .ft') && !document.activeElement.closest('.act, .ft') && !document.activeElement.closest('form.acts'));
    if (inBar) await this.key('End');
    for (let i = 0; i < FAR; i++) {
      const now = await this.find(what, list), way = await now.evaluate((e) => {
        const at = document.activeElement;
        if (at === e || (e.type === 'radio' && at.type === 'radio' && at.name === e.name)) return '';
        return at !== document.body && e.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING ? 'Shift Tab' : 'Tab';
      });
      if (!way) return now;
      await this.key(way);
      await this.seen(`Tab to ${JSON.stringify(what)}`);
    }
    throw new Error(`"${JSON.stringify(what)}" is more than ${FAR} keys away`);
  }

  async press(what) { await this.ready(what); await this.reach(what, PRESSED); await this.key('Enter'); await this.seen(`pressed ${JSON.stringify(what)}`); }

  async main() { await this.ready({ css: '.act .btn.main' }); await this.key('Control Enter'); await this.seen('Ctrl Enter'); }

  async back() { await this.key('Escape'); await this.seen('Escape'); }

  async go(nth) { await this.key(`Digit${nth}`); await this.page.waitForSelector('h1'); await this.seen(`key ${nth}`); }

  async call(key, words) { await this.find(words, PRESSED); await this.key(key); }

  // Onto the row, by the arrows; Tab comes to its list first where another stands before.
  async row(words, then = 'Enter') {
    await this.find(words, ROWS);
    for (let i = 0; i < FAR; i++) {
      const [on, here, up, behind] = await (await this.find(words, ROWS)).evaluate((e) => {
        const at = document.activeElement, of = e.closest('table');
        const jumps = !at.matches('input, textarea, select') && document.querySelector('tr[tabindex]').closest('table') === of; // an arrow from anywhere goes to the first list
        return [at === e, at.closest('table') === of || jumps, at.matches('tr') && at.rowIndex > e.rowIndex, of.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING];
      });
      if (on) { await this.key(then); if (then === 'Enter') await this.seen(`row ${words}`); return; }
      await this.key(here ? (up ? 'ArrowUp' : 'ArrowDown') : behind ? 'Shift Tab' : 'Tab');
      await this.seen(`to the row ${words}`);
    }
    throw new Error(`the row "${words}" is too far away`);
  }

  async fill(what, words) {
    await this.reach(what, FIELDS);
    await this.key('Control KeyA');
    await this.type(words);
  }

  async choose(what, option) {
    const field = await this.reach(what, FIELDS), text = () => field.evaluate((e) => e.selectedOptions[0]?.text ?? '');
    await this.key('Home');
    for (let i = 0; i < FAR && !(await text()).includes(option); i++) await this.key('ArrowDown');
    if (!(await text()).includes(option)) throw new Error(`"${what}" has no "${option}"`);
  }

  async tick(what) { await this.reach(what, FIELDS); await this.key('Space'); }

  async open(what, files) {
    await this.reach(what, FIELDS);
    const [chooser] = await Promise.all([this.page.waitForFileChooser(), this.key('Enter')]);
    await chooser.accept(files);
  }
}

export class Mouse extends Hand {
  async click(found) { this.steps++; await found.click(); }

  async press(what) { await this.click(await this.ready(what)); }

  async main() { await this.press({ css: '.act .btn.main' }); }

  async back() { await this.press({ css: '.act .btn' }); } // the way back is the bar's first

  async go(nth) { await this.click(await this.find({ css: 'aside nav a', nth: nth - 1 })); await this.page.waitForSelector('h1'); }

  async call(key, words) { await this.press(words); }

  async row(words, then = 'Enter') {
    const row = await this.find(words, ROWS);
    await this.click(then === 'Space' ? await row.$('input') : row);
  }

  async fill(what, words) {
    await this.click(await this.find(what, FIELDS));
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press('KeyA');
    await this.page.keyboard.up('Control');
    await this.type(words);
  }

  // A list that the browser itself draws takes no clicks of a test: it is chosen from as it says.
  async choose(what, option) {
    const field = await this.find(what, FIELDS), value = await field.evaluate((e, o) => [...e.options].find((x) => x.text.includes(o))?.value, option);
    this.steps++;
    await field.select(value);
  }

  async tick(what) { await this.click(await this.find(what, FIELDS)); }

  async open(what, files) {
    const [chooser] = await Promise.all([this.page.waitForFileChooser(), this.click(await this.find(what, FIELDS))]);
    await chooser.accept(files);
  }
}
