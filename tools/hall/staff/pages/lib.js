// SPDX-License-Identifier: Apache-2.0
// What all pages share: the library, words, asking the hall, days and small parts.
import { html, render, useState, useEffect, useRef, useCallback, useMemo } from './vendor/htm-preact.js';
import { ICONS } from './icons.js';
export { html, render, useState, useEffect, useRef, useCallback, useMemo };

// --- words: files of assets/strings/hall, "key<TAB>text" a line; console.tsv for all, console-PART.tsv for a page that says so ---
const words = {};
const parts = new Set(['']);
export let language = localStorage.getItem('tongban.language') || 'zh-CN';
async function fetchWords(tag, part) {
  const text = await (await fetch(`words/${tag}${part && `-${part}`}.tsv`)).text();
  return Object.fromEntries(text.split('\n').filter((l) => l && !l.startsWith('#')).map((l) => l.split('\t')));
}
export async function loadWords(tag) {
  Object.assign(words, ...(await Promise.all([...parts].map((part) => fetchWords(tag, part))))); // the same keys in each language
  language = tag;
  localStorage.setItem('tongban.language', tag);
  document.documentElement.lang = tag;
  document.title = t('hall');
}
export async function addWords(part) {
  if (parts.has(part)) return;
  const tag = language, more = await fetchWords(tag, part);
  if (tag !== language) { await addWords(part); return; }
  Object.assign(words, more);
  parts.add(part);
}
export const t = (key, ...fill) => (words[key] ?? key).replace(/\{(\d)\}/g, (_, n) => fill[n] ?? '');
export const has = (key) => key in words;

// --- the hall: {status, …what it says}; status 0: it was not reached ---
const listeners = new Set();
// Which pages the hall serves, as its first answer named them; other ones by now (`renewed`): it was brought to another version
// while these stand here.
let pages = '';
function isRenewed(r) {
  const now = r.headers.get('X-Tongban-Pages');
  pages ||= now;
  return Boolean(now) && now !== pages;
}
export const onLine = (fn) => (listeners.add(fn), () => listeners.delete(fn));
// `once`: an id; what is sent again with it is not done again.
export async function ask(method, path, body, once) {
  const call = { method, credentials: 'same-origin', cache: 'no-store' };
  if (method === 'POST') call.headers = { 'X-Tongban': '1', ...(once && { 'X-Tongban-Id': once }) };
  if (body) call.body = JSON.stringify(body);
  let answer, renewed = false;
  try {
    const r = await fetch(path, call);
    renewed = isRenewed(r);
    answer = { ...(await r.json()), status: r.status };
  } catch {
    answer = { status: 0, reason: 'no-line' };
  }
  listeners.forEach((fn) => fn(answer, renewed));
  return answer;
}
// The same for a file: {status, blob} or why there is none. Without a body it is fetched.
export async function fetchFile(path, body) {
  const call = { credentials: 'same-origin', cache: 'no-store' };
  if (body) Object.assign(call, { method: 'POST', headers: { 'X-Tongban': '1' }, body: JSON.stringify(body) });
  let answer;
  try {
    const r = await fetch(path, call);
    answer = r.status === 200 ? { status: 200, blob: await r.blob() } : { ...(await r.json()), status: r.status };
  } catch {
    answer = { status: 0, reason: 'no-line' };
  }
  listeners.forEach((fn) => fn(answer));
  return answer;
}
export function save(blob, name) {
  const a = document.createElement('a');
  a.href = URL.createObjectURL(blob);
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10000);
}
export const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
// What is said of an answer that is no success.
export const why = (a) => (a.reason === 'wait' ? t('wait', a.seconds) : t(has(a.reason) ? a.reason : `why-${a.reason}`));

// --- days and numbers, as the hall counted them: "2026-01-05", RFC 3339 with +08:00 ---
const en = () => language === 'en';
export const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
export function day(text, weekday) {
  if (!text) return '';
  const [y, m, d] = text.slice(0, 10).split('-').map(Number);
  const w = new Date(Date.UTC(y, m - 1, d)).getUTCDay();
  if (en()) return `${weekday ? `${'Sun Mon Tue Wed Thu Fri Sat'.split(' ')[w]} ` : ''}${d} ${MONTHS[m - 1]}`;
  return `${m}月${d}日${weekday ? `（星期${'日一二三四五六'[w]}）` : ''}`;
}
export const clock = (text) => text.slice(11, 16);
export const moment = (text) => `${day(text)} ${clock(text)}`;
export const spaced = (n) => `${n.slice(0, 4)} ${n.slice(4, 7)} ${n.slice(7, 13)} ${n.slice(13, 18)} ${n.slice(18)}`;
export const bytes = (text) => new TextEncoder().encode(text).length;

// --- small parts ---
export const Icon = ({ n, c }) => html`<span key=${n} class="i ${c || ''}" aria-hidden="true" ref=${(e) => {
  if (e && !e.firstChild) e.innerHTML = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${ICONS[n]}</svg>`;
}}></span>`;
export const Say = ({ kind, icon, children }) => html`<div class="say ${kind}" role=${kind === 'bad' || kind === 'warn' ? 'alert' : 'status'}><${Icon} n=${icon || 'info'} c="i24" /><div>${children}</div></div>`;
export const Card = ({ level }) => level && html`<span class="tag ${level}">${t(`card-${level}`)}</span>`;
// The cells of a row: u counted, s stood still, n today, f left, x past.
export const Mini = ({ row }) => html`<span class="mini" role="img" aria-label=${left(row)}>${[...(row.mini || '')].map((c) => html`<u class=${c}></u>`)}</span>`;
export function left(row) {
  if (row.stopped) return t('left-stopped');
  if (!row.due) return row.mini === undefined && ['refused', 'delivered', 'withdrawn', 'decided'].includes(row.stage) ? '' : t('left-none');
  if (row.over) return t('left-over', row.over);
  return row.group === 'today' ? t('left-today') : t('left-days', row.left);
}
// The title of a page takes the focus when the page comes, so that it is read first; not from a hand that types already.
export function Title({ children }) {
  const at = useRef();
  useEffect(() => { if (!document.activeElement?.matches('main input, main textarea, main select')) at.current.focus({ preventScroll: true }); }, []);
  return html`<h1 tabindex="-1" ref=${at}>${children}</h1>`;
}
// Keys that are one character can be switched off (keys.js).
export const single = () => localStorage.getItem('tongban.keys') !== 'off';
export const setSingle = (on) => localStorage.setItem('tongban.keys', on ? 'on' : 'off');
// Plain keys count outside fields only, and never while a character is being composed. What a key does is what was drawn last,
// at once: a quick hand presses Ctrl Enter right behind the last character.
export function useKeys(map) {
  const latest = useRef();
  latest.current = map;
  useEffect(() => {
    const down = (e) => {
      const field = /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName);
      const one = /^(Digit\d|Bracket|Slash)/.test(e.code) && !e.ctrlKey, name = (e.ctrlKey ? 'Ctrl ' : '') + (!one ? e.key : e.shiftKey ? `Shift ${e.code}` : e.code);
      if (e.defaultPrevented || e.isComposing || (e.repeat && e.ctrlKey) || e.altKey || e.metaKey || !latest.current[name] || (one && !single()) || document.querySelector('dialog[open]') || (field && !/^(Ctrl |Escape$|F\d)/.test(name))) return;
      e.preventDefault();
      latest.current[name](e);
    };
    addEventListener('keydown', down);
    return () => removeEventListener('keydown', down);
  }, []);
}
// A page that asks again while the hall is not reached stays as it is, with what is being typed there; the header says that the
// line is down, the page from when it is.
export const stay = (set) => (a) => set((was) => (was?.status === 200 && (a.status === 0 || a.status >= 500) ? was : a));
// What a list shows is the answer to what was asked last: an earlier one that comes late is passed over.
export function useLatest(set) {
  const last = useRef(0);
  return (asked) => { const mine = ++last.current; asked.then((a) => mine === last.current && set(a)); };
}
// Up and down through rows, Enter opens one. Tab comes to one row of a list alone, and goes on behind the list: the first one
// at first (`stop`), then that where one was.
export const stop = (i, at = 0) => (i === at ? 0 : -1);
export function rowKeys(e, open) {
  const rows = [...e.currentTarget.querySelectorAll('tr[tabindex]')], at = rows.indexOf(document.activeElement);
  const go = (row) => { rows.forEach((r) => { r.tabIndex = r === row ? 0 : -1; }); row?.focus(); };
  if (e.key === 'Enter' && at >= 0) open(at);
  else if (e.key === 'ArrowDown') go(rows[Math.min(at + 1, rows.length - 1)]);
  else if (e.key === 'ArrowUp') go(rows[Math.max(at - 1, 0)]);
  else return;
  e.preventDefault();
}
