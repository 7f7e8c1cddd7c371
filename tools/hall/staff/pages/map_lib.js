// SPDX-License-Identifier: Apache-2.0
// The geometry of the map, without a page: degrees onto a plane, what lies close together under one mark, lines and words
// that do not cover each other. Plane: degrees north and, shortened by the latitude, east; y goes down. A view is its middle
// and its scale, in pixels a degree.
const UNITS = 1e6, KM = 111.2; // of a degree
export const STATES = ['silent', 'go', 'out', 'soon', 'desk', 'new', 'pending', 'good']; // the worst first
export const APART = 40; // pixels from one mark to the next, at least
const NEAREST = 400000, FARTHEST = 2; // scales: a street, half of Asia

export const planeOf = (lat) => { const k = Math.cos((lat / UNITS) * (Math.PI / 180)); return ([n, e]) => ({ x: (e / UNITS) * k, y: -n / UNITS, k }); };

// The hall's answer as places that can be drawn, the worst first, then from the north-west; `situations` name what `n` counts.
export function placesOf(answer) {
  const plane = planeOf(answer.places[0]?.point[0] ?? 35 * UNITS);
  const all = answer.places.map((p) => {
    const by = Object.fromEntries(answer.situations.map((s, i) => [s, p.n[i]]));
    by.pending = p.pending;
    by.good -= p.pending;
    const need = p.need.map(([id, device, i, what]) => [id, device, answer.situations[i], what]);
    return { ...p, ...plane(p.point), need, by, all: p.n.reduce((a, b) => a + b, 0) };
  });
  return { plane, places: all };
}

// Of each place the terminals that are asked for: '' all, 'need' all that are not good, else of one state. Sorted.
const wanted = (filter) => STATES.filter((s) => !filter || (filter === 'need' ? s !== 'good' && s !== 'pending' : s === filter));
export function choose(places, filter, zone) {
  const states = wanted(filter), found = [];
  for (const p of places) {
    if (zone && p.name !== zone) continue;
    const worst = states.find((s) => p.by[s] > 0);
    if (worst) found.push({ ...p, worst, rank: STATES.indexOf(worst), shown: states.reduce((n, s) => n + p.by[s], 0) });
  }
  return found.sort((a, b) => a.rank - b.rank || a.y - b.y || a.x - b.x || (a.name < b.name ? -1 : 1));
}

// One mark for what lies closer than APART; it stands where its worst place does, so that moving the map changes none.
export function marksOf(sorted, scale) {
  const cells = new Map(), marks = [];
  for (const p of sorted) {
    const px = p.x * scale, py = p.y * scale, cx = Math.floor(px / APART), cy = Math.floor(py / APART);
    let near = null, least = APART * APART;
    for (let i = -1; i <= 1; i++) for (let k = -1; k <= 1; k++) for (const m of cells.get((cx + i) * 4194304 + cy + k) || []) {
      const far = (m.x * scale - px) ** 2 + (m.y * scale - py) ** 2;
      if (far < least) { least = far; near = m; }
    }
    if (near) { near.places.push(p); near.shown += p.shown; continue; }
    const mark = { x: p.x, y: p.y, worst: p.worst, name: p.name, places: [p], shown: p.shown }, key = cx * 4194304 + cy;
    marks.push(mark);
    if (cells.has(key)) cells.get(key).push(mark); else cells.set(key, [mark]);
  }
  return marks;
}
// How many of each state a mark stands for, the worst first: [state, number].
export const sumOf = (places, filter) => wanted(filter).map((s) => [s, places.reduce((n, p) => n + p.by[s], 0)]).filter(([, n]) => n > 0);

// --- views ---
export const bound = (scale) => Math.min(NEAREST, Math.max(FARTHEST, scale));
export function viewOf(places, w, h) {
  if (!places.length) return { x: 104 * Math.cos(35 * (Math.PI / 180)), y: -36, scale: bound(Math.min(w / 50, h / 40)) };
  const [x0, x1, y0, y1] = places.reduce(([a, b, c, d], p) => [Math.min(a, p.x), Math.max(b, p.x), Math.min(c, p.y), Math.max(d, p.y)], [Infinity, -Infinity, Infinity, -Infinity]);
  const room = 1.6 * APART; // on each side
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, scale: bound(Math.min((w - 2 * room) / Math.max(x1 - x0, 0.004), (h - 2 * room) / Math.max(y1 - y0, 0.004))) };
}
export const toScreen = (v, w, h) => (p) => [w / 2 + (p.x - v.x) * v.scale, h / 2 + (p.y - v.y) * v.scale];
// By `factor` about the point that stands at (px, py).
export function zoomed(v, factor, px, py, w, h) {
  const scale = bound(v.scale * factor), x = v.x + (px - w / 2) / v.scale, y = v.y + (py - h / 2) / v.scale;
  return { x: x - (px - w / 2) / scale, y: y - (py - h / 2) / scale, scale };
}
export const moved = (v, dx, dy) => ({ ...v, x: v.x - dx / v.scale, y: v.y - dy / v.scale });
export const inView = (at, w, h) => at[0] > -APART / 2 && at[0] < w + APART / 2 && at[1] > -APART / 2 && at[1] < h + APART / 2;

// --- around them ---
const nice = (least) => { const ten = 10 ** Math.floor(Math.log10(least)); return [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= least); };
// Degrees at which lines stand, with the plane's k: [degree, pixel].
export function lines(v, w, h, k) {
  const step = nice(110 / v.scale), of = (from, to, at) => { const l = []; for (let i = Math.ceil(from / step); i * step <= to && l.length < 40; i++) l.push([i * step, at(i * step)]); return l; };
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return { digits, north: of(-(v.y + h / 2 / v.scale), -(v.y - h / 2 / v.scale), (d) => h / 2 + (-d - v.y) * v.scale),
    east: of((v.x - w / 2 / v.scale) / k, (v.x + w / 2 / v.scale) / k, (d) => w / 2 + (d * k - v.x) * v.scale) };
}
export function ruler(v) { const km = nice((70 / v.scale) * KM); return { km, px: (km / KM) * v.scale }; }

// Outlines as one path of the plane, and where each name belongs: the middle of its largest ring.
export function districtsOf(outline, plane) {
  return outline.districts.map((d) => {
    let path = '', most = -1, at = null;
    for (const ring of d.rings) {
      let area = 0, x = 0, y = 0, last = plane([ring[ring.length - 1], ring[ring.length - 2]]);
      for (let i = 0; i < ring.length; i += 2) {
        const p = plane([ring[i + 1], ring[i]]), cross = last.x * p.y - p.x * last.y;
        area += cross; x += (last.x + p.x) * cross; y += (last.y + p.y) * cross;
        path += `${i ? 'L' : 'M'}${p.x.toFixed(6)} ${p.y.toFixed(6)}`;
        last = p;
      }
      path += 'Z';
      if (Math.abs(area) > most) { most = Math.abs(area); at = area ? { x: x / (3 * area), y: y / (3 * area) } : null; }
    }
    return { name: d.name, path, at };
  });
}
// Zones' names at the middle of their places.
export function zonesOf(places) {
  const zones = new Map();
  for (const p of places) { const z = zones.get(p.zone) || { name: p.zone, x: 0, y: 0, n: 0 }; z.x += p.x; z.y += p.y; z.n++; zones.set(p.zone, z); }
  return [...zones.values()].map((z) => ({ name: z.name, at: { x: z.x / z.n, y: z.y / z.n }, n: z.n })).sort((a, b) => b.n - a.n);
}
// Which of these boxes [x, y, width, height] can be written without covering an earlier one, or what is `taken`; with `steps`,
// moved by the first of them, up or down, that lets it. Each: how far it is moved, null where it cannot be.
export function clear(boxes, taken, steps = [0]) {
  const kept = [...taken], covers = (b) => kept.some((k) => b[0] < k[0] + k[2] && k[0] < b[0] + b[2] && b[1] < k[1] + k[3] && k[1] < b[1] + b[3]);
  return boxes.map(([x, y, w, h]) => {
    const step = steps.find((d) => !covers([x, y + d, w, h]));
    if (step === undefined) return null;
    kept.push([x, y + step, w, h]);
    return step;
  });
}
