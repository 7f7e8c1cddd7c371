// SPDX-License-Identifier: Apache-2.0
// The office's terminals where they stand. #/map/ZONE/FILTER, as the list's address; everything is drawn here from the hall's
// JSON: no picture and no tile comes from elsewhere.
import { html, useState, useEffect, useRef, useMemo, t, why, ask, clock, useLatest, Icon, Say, Title } from './lib.js';
import { whyWord, Views, headline } from './fleet_lib.js';
import { STATES, APART, placesOf, choose, marksOf, sumOf, viewOf, toScreen, zoomed, moved, inView, lines, ruler, districtsOf, zonesOf, clear } from './map_lib.js';

const FILTERS = ['need', '', 'go', 'silent', 'out'], LISTED = 30, FONT = 14;
const kept = { of: '', view: null }; // where one looked, and at what: for coming back from a terminal

// --- a mark: its state by shape, so that no colour is needed ---
const SHAPES = {
  silent: () => html`<path class="m silent" d="M0 -15L15 0L0 15L-15 0Z" /><path class="g" d="M-4 -4a4 4 0 1 1 5 4c-1 .4-1 1-1 2M0 6v.6" />`,
  go: () => html`<path class="m go" d="M0 -15L15.500 12.500H-15.500Z" /><path class="g" d="M0 -5v8M0 7.500v.6" />`,
  out: () => html`<rect class="m out" x="-13" y="-13" width="26" height="26" rx="3" /><path class="g" d="M-4 -6v12M4 -6v12" />`,
  soon: () => html`<path class="m soon" d="M0 15L15.500 -12.500H-15.500Z" /><path class="g" d="M0 -8v8M0 4.500v.6" />`,
  desk: () => html`<path class="m desk" d="M-8 -13.500H8L15 0L8 13.500H-8L-15 0Z" /><path class="g" d="M0 -1v7M0 -6v.6" />`,
  new: () => html`<circle class="m new" r="13" /><path class="g" d="M-5 0h.6M0 0h.6M5 0h.6" />`,
  pending: () => html`<circle class="m pending" r="13" /><path class="g" d="M0 -7v12M-5 1l5 5l5 -5" />`,
  good: () => html`<circle class="m good" r="13" /><path class="g" d="M-6 0.500l4 4l8 -8" />`,
};
export const Shape = ({ s }) => html`<svg class="shape" viewBox="-17 -17 34 34" aria-hidden="true">${SHAPES[s]()}</svg>`;
const stateWord = (s) => t(`map-${s}`);
const told = (sum) => sum.map(([s, n]) => t('map-n', n, stateWord(s))).join(t('comma'));
const nameOf = (m) => (m.places.length === 1 ? m.places[0].spot : t('map-places', m.places.length));
// About as wide as it will be.
const width = (text) => [...text].reduce((n, c) => n + (c > '\u2e7f' ? FONT : FONT * 0.58), 0);

function Mark({ m, at, filter, on, open }) {
  const label = `${nameOf(m)}: ${told(sumOf(m.places, filter))}`, key = (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); e.stopPropagation(); open(m); } };
  return html`<g class="mark ${on ? 'on' : ''}" role="button" tabindex="0" aria-label=${label} transform="translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})" onClick=${() => open(m)} onKeyDown=${key}><title>${label}</title><circle class="ring" r="19" />${SHAPES[m.worst]()}</g>`;
}
// What is written over a mark, which its label says in full: how many it stands for, and its state.
function Over({ m, at, word }) {
  const n = String(m.shown);
  return html`<g transform="translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})">${m.shown > 1 && html`<g class="badge"><rect x="6" y="4" width=${10 + 8 * n.length} height="17" rx="8" /><text x=${11 + 4 * n.length} y="17">${n}</text></g>`}${word && html`<text class="word" y="35">${word}</text>`}</g>`;
}

function Under({ ground, v, w, h, k }) {
  if (ground.districts) return html`<g class="districts" transform="translate(${w / 2 - v.x * v.scale} ${h / 2 - v.y * v.scale}) scale(${v.scale})">${ground.districts.map((d) => html`<path d=${d.path} />`)}</g>`;
  const g = lines(v, w, h, k);
  return html`<g class="lines">${g.north.map(([d, y]) => html`<path d="M0 ${y.toFixed(1)}H${w}" /><text x="4" y=${y - 4}>${t('map-north', d.toFixed(g.digits))}</text>`)}
    ${g.east.map(([d, x]) => html`<path d="M${x.toFixed(1)} 0V${h}" /><text x=${x + 4} y="16">${t('map-east', d.toFixed(g.digits))}</text>`)}</g>`;
}
// Names of districts, or of zones, where no mark stands, as near to their middle as can be.
const ASIDE = [0, -24, 24, -48, 48, -72, 72, -96, 96];
function Names({ ground, screen, w, h, taken }) {
  const all = ground.names.map((n) => ({ n, at: n.at && screen(n.at) })).filter(({ n, at }) => n.name && at && inView(at, w, h));
  const free = clear(all.map(({ n, at }) => [at[0] - width(n.name) / 2, at[1] - 10, width(n.name), 20]), taken, ASIDE);
  return html`<g class="names">${all.map(({ n, at }, i) => free[i] !== null && html`<text x=${at[0]} y=${at[1] + 5 + free[i]}>${n.name}</text>`)}</g>`;
}

function useSize() {
  const at = useRef(), [size, set] = useState(null);
  useEffect(() => {
    const seen = new ResizeObserver(([e]) => set([Math.round(e.contentRect.width), Math.round(e.contentRect.height)]));
    seen.observe(at.current);
    return () => seen.disconnect();
  }, []);
  return [at, size];
}
// Many moves of a hand in one frame are drawn once.
function useView(first) {
  const [view, set] = useState(first), next = useRef(first), waits = useRef(0);
  const move = (change) => {
    next.current = change(next.current);
    if (!waits.current) waits.current = requestAnimationFrame(() => { waits.current = 0; set(next.current); });
  };
  useEffect(() => () => cancelAnimationFrame(waits.current), []);
  return [view, move];
}

function Canvas({ sorted, filter, ground, k, size: [w, h], view, move, whole, open, chosen, at }) {
  const held = useRef(new Map()), marks = useMemo(() => marksOf(sorted, view.scale), [sorted, view.scale]);
  const screen = toScreen(view, w, h), shown = marks.map((m) => ({ m, at: screen(m) })).filter(({ at: p }) => inView(p, w, h));
  // what is written beneath: the place and its state, or the state alone, where there is room
  const state = (m) => (m.worst === 'good' ? '' : stateWord(m.worst)), both = (m) => (m.places.length === 1 ? `${m.places[0].spot} ${state(m)}`.trim() : state(m));
  const rule = ruler(view), taken = [[12, h - 26, rule.px + 90, 20], ...shown.flatMap(({ m, at: p }) => [[p[0] - 16, p[1] - 16, 32, 32], ...(m.shown > 1 ? [[p[0] + 6, p[1] + 4, 10 + 8 * String(m.shown).length, 17]] : [])])];
  const beneath = (text, p) => [p[0] - width(text) / 2, p[1] + 22, width(text), 16], words = [];
  for (const of of [both, state]) shown.forEach(({ m, at: p }, i) => {
    const box = beneath(of(m), p);
    if (!words[i] && of(m) && clear([box], taken)[0] !== null) { words[i] = of(m); taken.push(box); }
  });
  const zoom = (factor) => move((v) => zoomed(v, factor, w / 2, h / 2, w, h));
  const keys = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };
  const key = (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (keys[e.key]) move((v) => moved(v, ...keys[e.key]));
    else if (e.key === '+' || e.key === '=') zoom(1.5);
    else if (e.key === '-') zoom(1 / 1.5);
    else if (e.key === 'Home') whole();
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  useEffect(() => { // a wheel that zooms does not scroll the page
    const box = at.current, wheel = (e) => { e.preventDefault(); const r = box.getBoundingClientRect(); move((v) => zoomed(v, Math.exp(-e.deltaY * (e.deltaMode ? 0.04 : 0.0015)), e.clientX - r.left, e.clientY - r.top, w, h)); };
    box.addEventListener('wheel', wheel, { passive: false });
    return () => box.removeEventListener('wheel', wheel);
  }, [w, h]);
  // One finger, or the mouse, moves it; two also zoom it, and what lies between them stays there.
  const down = (e) => { if (e.button === 0 && held.current.size < 2) held.current.set(e.pointerId, { x: e.clientX, y: e.clientY, far: 0 }); };
  const slide = (e) => {
    const d = held.current.get(e.pointerId), other = [...held.current.values()].find((o) => o !== d);
    if (!d) return;
    const was = { ...d }, box = at.current.getBoundingClientRect();
    d.far += Math.abs(e.clientX - d.x) + Math.abs(e.clientY - d.y);
    if (d.far < 5 && !other) return;
    if (!e.currentTarget.hasPointerCapture(e.pointerId)) e.currentTarget.setPointerCapture(e.pointerId);
    d.x = e.clientX; d.y = e.clientY;
    if (!other) { move((v) => moved(v, d.x - was.x, d.y - was.y)); return; }
    const apart = (p) => Math.max(20, Math.hypot(p.x - other.x, p.y - other.y));
    move((v) => zoomed(moved(v, (d.x - was.x) / 2, (d.y - was.y) / 2), apart(d) / apart(was), (d.x + other.x) / 2 - box.left, (d.y + other.y) / 2 - box.top, w, h));
  };
  const up = (e) => { held.current.delete(e.pointerId); }; // a hand that was taken hold of is no click on a mark
  return html`<svg viewBox="0 0 ${w} ${h}" width=${w} height=${h} role="group" aria-label=${t('map-title', shown.length)} tabindex="0" onKeyDown=${key} onPointerDown=${down} onPointerMove=${slide} onPointerUp=${up} onPointerCancel=${up}>
    <${Under} ground=${ground} v=${view} w=${w} h=${h} k=${k} /><${Names} ground=${ground} screen=${screen} w=${w} h=${h} taken=${taken} />
    ${shown.map(({ m, at: p }) => html`<${Mark} key=${m.name} m=${m} at=${p} filter=${filter} on=${m.places.some((x) => x.name === chosen)} open=${open} />`)}
    <g class="over" aria-hidden="true">${shown.map(({ m, at: p }, i) => html`<${Over} key=${m.name} m=${m} at=${p} word=${words[i]} />`)}</g>
    <g class="ruler" transform="translate(12 ${h - 14})"><path d="M0 -6V0H${rule.px.toFixed(0)}V-6" /><text x=${rule.px + 8} y="2">${rule.km >= 1 ? t('map-km', rule.km) : t('map-m', Math.round(rule.km * 1000))}</text></g></svg>
    <div class="zoom"><button class="btn small" aria-label=${t('map-in')} onClick=${() => zoom(1.5)}>＋</button><button class="btn small" aria-label=${t('map-out-far')} onClick=${() => zoom(1 / 1.5)}>－</button><button class="btn small" onClick=${whole}>${t('map-whole')}</button></div>`;
}

function Listed({ p, filter, on, pick }) {
  return html`<li class=${on ? 'on' : ''}><button class="pick" aria-pressed=${on} onClick=${() => pick(p)}><${Shape} s=${p.worst} /><span><b>${p.spot}</b><br /><span class="s q">${told(sumOf([p], filter))}</span></span></button>
    ${p.need.map(([id, device, state, what]) => html`<a class="s" href="#/terminal/${id}">${device || id}　${what && state !== 'silent' ? whyWord(what) : stateWord(state)}</a>`)}
    <a class="s" href="#/terminals/${p.name}/all">${t('map-all-here', p.all)}</a></li>`;
}

function Without({ page }) {
  if (!page.without.length) return null;
  return html`<section class="card"><div class="hd"><h2>${t('map-without', page.without.length + page.without_more)}</h2><span class="q s">${t('map-without-say')}</span></div>
    <ul class="without">${page.without.map((p) => html`<li><a href="#/terminal/${p.one}">${p.spot || p.one}</a><span class="q s">　${t('map-terminals', p.all)}</span></li>`)}${page.without_more > 0 && html`<li class="q">${t('map-more', page.without_more)}</li>`}</ul></section>`;
}

export const words = ['terminals', 'map'];
export function Page({ me }) {
  const [, , zoneAt, filterAt] = location.hash.split('/'); // it changes here without the page being made anew
  const [filter, setFilter] = useState(filterAt === 'all' ? '' : FILTERS.includes(filterAt) ? filterAt : zoneAt ? '' : 'need'), [zone, setZone] = useState(zoneAt || '');
  const [page, set] = useState(null), [outline, setOutline] = useState(null), [chosen, setChosen] = useState('');
  const [at, size] = useSize(), [view, move] = useView(null);
  const take = useLatest(set), look = () => take(ask('GET', 'api/map'));
  useEffect(look, []);
  useEffect(() => { if (page?.outline) fetch(`api/outline/${page.outline}`, { credentials: 'same-origin' }).then((r) => (r.ok ? r.json() : null)).then(setOutline, () => {}); else setOutline(null); }, [page?.outline]);
  useEffect(() => { history.replaceState(null, '', `#/map/${zone}/${filter || 'all'}`); }, [filter, zone]);
  const good = page?.status === 200;
  const drawn = useMemo(() => (good ? placesOf(page) : null), [page]);
  const sorted = useMemo(() => (drawn ? choose(drawn.places, filter, zone) : []), [drawn, filter, zone]);
  const ground = useMemo(() => { const districts = outline && drawn && districtsOf(outline, drawn.plane); return { districts, names: !drawn ? [] : districts ? districts : zonesOf(drawn.places) }; }, [outline, drawn]);
  const whole = () => size && move(() => viewOf(sorted.length ? sorted : drawn.places, ...size));
  const of = drawn && `${me.id} ${zone} ${drawn.places.length}`;
  useEffect(() => { if (drawn && size && !view) { if (kept.of === of) move(() => kept.view); else whole(); } }, [drawn, size, view]);
  useEffect(() => { if (view) Object.assign(kept, { of, view }); }, [view]);
  const inside = useMemo(() => { if (!view || !size) return []; const s = toScreen(view, ...size); return sorted.filter((p) => { const [x, y] = s(p); return x >= 0 && y >= 0 && x <= size[0] && y <= size[1]; }); }, [sorted, view, size]);
  if (page && !good) return html`<main><div class="top"><${Title}>${t('side-terminals')}<//></div><div class="mid"><${Say} kind="bad" icon="network-off">${why(page)}<//></div>
    <div class="act"><div class="gap"></div><button class="btn main" onClick=${look}>${t('again')}</button></div></main>`;
  const counts = page ? Object.fromEntries(page.situations.map((s, i) => [s, page.counts[i]])) : {};
  const count = (f) => (f === '' ? page.all : f === 'need' ? page.all - counts.good : counts[f]);
  const open = (m) => {
    setChosen(m.places[0].name);
    if (m.places.length > 1 && new Set(m.places.map((p) => `${p.x} ${p.y}`)).size > 1) move(() => viewOf(m.places, ...size));
  };
  const pick = (p) => { setChosen(p.name); move((v) => ({ ...v, x: p.x, y: p.y })); };
  const first = inside.find((p) => p.name === chosen), listed = [...(first ? [first] : []), ...inside.filter((p) => p !== first).slice(0, LISTED)];
  return html`<main><div class="top"><${Title}>${page ? headline({ all: page.all, counts }) : t('side-terminals')}<//><div class="right">${page && html`<span class="q s">${t('as-of', clock(page.at))}</span>`}<button class="btn small" onClick=${look}><${Icon} n="sync" c="i16" />${t('again')}</button></div></div>
    <div class="mid mapmid">${page && html`<div class="row"><${Views} at="map" zone=${zone} filter=${filter} /><span class="seg" role="group" aria-label=${t('fleet-filter')}>${FILTERS.map((f) => html`<button class=${filter === f ? 'yes' : ''} aria-pressed=${filter === f} onClick=${() => setFilter(f)}>${t(`fleet-is-${f || 'all'}`)} ${count(f)}</button>`)}</span>
      ${zone && html`<button class="btn small" onClick=${() => setZone('')}><${Icon} n="close" c="i16" />${t('zone-only')}</button>`}<span class="legend push">${STATES.map((s) => html`<span><${Shape} s=${s} />${stateWord(s)}</span>`)}</span></div>`}
    <div class="maprow"><div class="card map" ref=${at}>${page && size && view && html`<${Canvas} sorted=${sorted} filter=${filter} ground=${ground} k=${drawn.plane([0, 0]).k} size=${size} view=${view} move=${move} whole=${whole} open=${open} chosen=${chosen} at=${at} />`}</div>
      <section class="card inview" aria-label=${t('map-in-view')} tabindex="0">${page && html`<div class="hd"><h2>${t('map-in-view')}</h2><span class="push q s">${t('map-places', inside.length)}</span></div>
        ${listed.length > 0 ? html`<ol>${listed.map((p) => html`<${Listed} key=${p.name} p=${p} filter=${filter} on=${p.name === chosen} pick=${pick} />`)}</ol>` : html`<p class="pad q">${t(sorted.length ? 'map-none-here' : drawn.places.length ? (filter === 'need' ? 'fleet-nothing' : 'fleet-no-such') : 'map-no-places')}</p>`}
        ${inside.length > listed.length && html`<p class="pad q s">${t('map-more', inside.length - listed.length)}</p>`}`}</section></div>
    ${page && html`<${Without} page=${page} />`}</div>
    <div class="act"><span class="s q">${t('map-help')}</span></div></main>`;
}
