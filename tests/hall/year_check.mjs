// SPDX-License-Identifier: Apache-2.0
//
// What a year (year_make.mjs) comes to, counted once more and compared with what the product told: deadlines and cards of every
// case (days-DAY, cards-DAY), reports (report-PERIOD-GROUP) and what their figures stand on (prove-PERIOD-FIGURE).
// Usage: year_check.mjs CATALOGUE LINES TOLD CASES, or --fullest-day LINES: the day with most events
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, due, endStops, expected, text, worked } from './days.mjs';
import { limitsOf, readItems } from './year_items.mjs';

const CHINA = 8 * 3600000;
const dayOfMs = (ms) => Math.floor((ms + CHINA) / 86400000);
const endOf = (day) => (day + 1) * 86400000 - CHINA;
const read = (path) => readFileSync(path, 'utf8');

function readLines(path) {
    const all = { cases: [], ratings: [], told: [] };
    for (const line of read(path).split('\n').filter(Boolean)) {
        const w = line.split('\t');
        if (w[0] === 'case') all.cases.push({ number: w[1], item: w[2], terminal: w[4], at: +w[5], events: [], bundle: w.slice(6).join(' ') });
        else if (w[0] === 'event') all.cases.at(-1).events.push({ kind: w[1], at: +w[2], more: w.slice(3) });
        else if (w[0] === 'rating') all.ratings.push({ id: w[1], terminal: w[2], item: w[3], score: +w[4], at: +w[5] });
        else all.told.push({ terminal: w[1], at: +w[2], what: w[3] });
    }
    return all;
}

if (process.argv[2] === '--fullest-day') {
    const days = new Map();
    for (const c of readLines(process.argv[3]).cases)
        for (const e of c.events) days.set(dayOfMs(e.at), (days.get(dayOfMs(e.at)) ?? 0) + 1);
    console.log(text([...days].sort((a, b) => b[1] - a[1])[0][0]));
    process.exit(0);
}

const [folder, lines, told, wanted] = process.argv.slice(2);
const items = new Map(readItems(folder).map((item) => [item.task_code, item]));
const limits = new Map([...items].map(([code, item]) => [code, limitsOf(item)]));
const year = readLines(lines);
let failed = 0;
function ok(name, wrong, n) {
    for (const line of wrong.slice(0, 5)) console.log(`# ${line}`);
    console.log(`# ${n} compared, ${wrong.length} differ`);
    console.log(`${!wrong.length && n > 0 ? 'ok' : 'not ok'} year: ${name}`);
    failed |= wrong.length > 0 || n === 0;
}

// The case by the end of a day, as days.mjs has it: what happened since is not known then.
function stateAt(source, today) {
    const c = { limits: {}, stops: [], today, cards: '', first: Infinity, receive: dayOfMs(source.at) };
    for (const e of source.events) {
        const day = dayOfMs(e.at);
        if (day > today) break;
        if (e.kind === 'receive') c.limits = limits.get(source.item);
        else if (e.kind === 'accept-tacit') Object.assign(c, { accept: c.supplied ?? c.receive, answered: day });
        else if (e.kind === 'accept') Object.assign(c, { accept: day, answered: day });
        else if (e.kind === 'refuse') Object.assign(c, { refuse: day, answered: day, ended: day });
        else if (e.kind === 'withdraw') Object.assign(c, { withdraw: day, ended: day });
        else if (e.kind.startsWith('decide')) Object.assign(c, { decide: day, result: e.more[0], tacit: e.kind !== 'decide' });
        else if (e.kind === 'stop') c.stops.push({ from: day, limit: { n: +e.more[1], unit: e.more[2] } });
        else if (!['resume', 'hand-over', 'deliver'].includes(e.kind)) c[e.kind] = day; // supplement, supplied, examine
        const running = c.stops.at(-1);
        if (['resume', 'withdraw'].includes(e.kind) && running && running.resumed === undefined) running.resumed = day;
    }
    endStops(c);
    return c;
}

// --- which were handed in together ---

const together = year.cases.filter((c) => c.bundle).map((c) => `${c.number} ${c.bundle}`);
const linked = new Set(read(join(told, 'bundles')).split('\n').filter(Boolean));
ok('bundles', together.filter((line) => !linked.delete(line)).concat([...linked]), together.length);

// --- deadlines and cards ---

for (const name of readdirSync(told).filter((file) => file.startsWith('days-'))) {
    const date = name.slice(5);
    const today = dayOf(date);
    const got = new Map(read(join(told, name)).split('\n').filter(Boolean).map((line) => [line.slice(0, 19), line.slice(19)]));
    const wrong = [];
    const cards = new Set();
    const there = year.cases.filter((c) => c.at < endOf(today));
    for (const source of there) {
        const c = stateAt(source, today);
        const want = expected(c);
        if (got.get(source.number) !== want) wrong.push(`${source.number} here:${got.get(source.number)} expected:${want}`);
        for (const card of c.cards.split(';').filter(Boolean)) cards.add(`${source.number}${card}`);
    }
    if (got.size !== there.length) wrong.push(`${got.size} cases are told, ${there.length} there are`);
    ok(`deadlines of ${date}`, wrong, there.length);
    const list = JSON.parse(read(join(told, `cards-${date}`))).map((c) => `${c.number} ${c.rule} ${c.level} ${c.since}`);
    const other = list.filter((card) => !cards.has(card)).concat([...cards].filter((card) => !list.includes(card)));
    ok(`cards of ${date}`, other, cards.size);
}

// --- reports ---

function period(name) {
    const [y, part] = name.split('-');
    const month = (m) => Date.UTC(+y, m, 1) / 86400000;
    if (!part) return { from: month(0), to: month(12) - 1 };
    const n = +part.slice(1);
    if (part[0] === 'Q') return { from: month(3 * n - 3), to: month(3 * n) - 1 };
    if (part[0] === 'H') return { from: month(6 * n - 6), to: month(6 * n) - 1 };
    return { from: month(+part - 1), to: month(+part) - 1 };
}

const NOT_FIXED = dayOf('2026-12-29'); // from here on days wait for the next year's notice, and nobody is late by them
function ofCase(source, p) {
    const c = stateAt(source, p.to);
    const l = c.limits;
    const within = (day) => day !== undefined && p.from <= day && day <= p.to;
    const finished = within(c.decide);
    const ended = c.decide ?? c.ended;
    const last = (limit) => (c.accept !== undefined && limit && limit.n >= 0 ? due(c, c.accept, ended, limit).day : undefined);
    const [promise, statutory] = [last(l.promise), last(l.statutory)];
    const complete = c.supplied ?? c.receive;
    const answered = c.answered ?? (c.supplied === undefined ? c.supplement : undefined) ?? c.ended;
    const accept = answered === undefined ? due(c, complete, undefined, { n: 5, unit: 'w' }).day : undefined;
    const open = ended === undefined;
    const past = (day) => day !== undefined && day < p.to && day < NOT_FIXED;
    let saved = 0;
    if (finished && statutory !== undefined) for (let d = c.decide + 1; d <= statutory; d++) saved += worked(d);
    return {
        received: within(c.receive), accepted: c.accept !== undefined && within(c.answered), refused: within(c.refuse),
        withdrawn: within(c.withdraw), finished, granted: finished && c.result === 'granted',
        denied: finished && c.result === 'denied', tacit: finished && c.tacit, 'same-day': finished && c.decide === c.accept,
        promised: finished && promise !== undefined, 'on-time': finished && promise !== undefined && c.decide <= promise,
        'at-once': finished && l.promise.n === 0, legal: finished && statutory !== undefined,
        'in-law': finished && statutory !== undefined && c.decide <= statutory, 'days-saved': saved, open,
        overdue: open && (past(accept) || past(promise) || past(statutory)),
    };
}

function ofTerminal(terminal, p) {
    const all = year.told.filter((t) => t.terminal === terminal);
    const others = year.ratings.filter((r) => r.terminal === terminal).map((r) => r.at);
    const now = Date.parse('2026-12-31T18:00:00+08:00');
    const since = Math.min(...all.map((t) => t.at), ...others);
    const [from, to] = [Math.max(since, p.from * 86400000 - CHINA), Math.min(endOf(p.to), now)];
    if (from >= to) return {};
    let inService = 0;
    let [at, paused, off] = [from, false, false];
    for (const t of [...all, { at: to, what: '' }]) {
        if (t.at > to) continue;
        if (!paused && !off) inService += Math.max(0, Math.min(t.at, to) - at);
        at = Math.max(at, t.at);
        if (t.what === 'out' || t.what === 'in') paused = t.what === 'out';
        else off = t.what === 'shutdown';
    }
    return { service: Math.floor((to - from) / 60000), 'in-service': Math.floor(inService / 60000) };
}

const zone = (terminal) => (['t-1', 't-2'].includes(terminal) ? '城东政务服务 24 小时自助' : '城西政务服务 24 小时自助');
// Everything that adds to a figure in the period, each with its groups.
const counted = new Map();
function count(name) {
    if (counted.has(name)) return counted.get(name);
    const p = period(name);
    const all = [];
    const add = (id, item, terminal, n) => all.push({ id, item, department: items.get(item)?.dept.dept_name, site: zone(terminal), n });
    for (const c of year.cases) if (c.at < endOf(p.to)) add(c.number, c.item, c.terminal, ofCase(c, p));
    for (const r of year.ratings)
        if (dayOfMs(r.at) >= p.from && dayOfMs(r.at) <= p.to) add(r.id, r.item, r.terminal, { rated: 1, satisfied: r.score >= 3, dissatisfied: r.score < 3 });
    for (const t of ['t-1', 't-2', 't-3', 't-4']) add(t, undefined, t, ofTerminal(t, p));
    counted.set(name, all);
    return all;
}

function sums(name, key, value) {
    const sum = {};
    for (const one of count(name))
        if (key === undefined || one[key] === value)
            for (const [figure, n] of Object.entries(one.n)) sum[figure] = (sum[figure] ?? 0) + +n;
    return sum;
}

function differs(where, got, want) {
    return Object.entries(got).filter(([figure, n]) => figure !== 'key' && figure !== 'name' && n !== (want[figure] ?? 0))
        .map(([figure, n]) => `${where}: ${figure} here: ${n} expected: ${want[figure] ?? 0}`);
}

let figures = 0;
let wrong = [];
for (const file of readdirSync(told).filter((name) => name.startsWith('report-'))) {
    const [, name, by] = /^report-(.*)-(\w+)$/.exec(file);
    const report = JSON.parse(read(join(told, file)));
    wrong.push(...differs(file, report.total, sums(name)));
    for (const row of report.rows) {
        const month = by === 'month';
        wrong.push(...differs(`${file} ${row.key}`, row, month ? sums(row.key) : sums(name, by, row.key)));
        figures += Object.keys(row).length - 2;
    }
    if (report.rows.length !== new Set(report.rows.map((r) => r.key)).size || (by !== 'all' && report.rows.length < 1)) wrong.push(`${file}: its rows`);
    figures += Object.keys(report.total).length - 2;
}
ok('reports', wrong, figures);

wrong = [];
let proofs = 0;
for (const file of readdirSync(told).filter((name) => name.startsWith('prove-'))) {
    const [, name, figure] = /^prove-(2026(?:-Q\d)?)-(.*)$/.exec(file);
    const got = JSON.parse(read(join(told, file))).filter((one) => !one.told).map((one) => `${one.number ?? one.record ?? one.terminal} ${one.adds}`);
    const want = count(name).filter((one) => +one.n[figure]).map((one) => `${one.id} ${+one.n[figure]}`);
    proofs += want.length;
    const [a, b] = [new Set(got), new Set(want)];
    wrong.push(...got.filter((one) => !b.has(one)).map((one) => `${file}: ${one} is listed`), ...want.filter((one) => !a.has(one)).map((one) => `${file}: ${one} is not listed`));
    if (got.length !== want.length) wrong.push(`${file}: ${got.length} lines, expected ${want.length}`);
}
ok('what figures stand on', wrong, proofs);
ok('all cases were there', year.cases.length === +wanted ? [] : [`${year.cases.length} cases`], year.cases.length);
process.exitCode = failed ? 1 : 0;
