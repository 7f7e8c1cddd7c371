// SPDX-License-Identifier: Apache-2.0
//
// Counts the days of random cases, and their cards, once more: from the rules as deadline.h words them and by other authors'
// calendars. The lines of test_deadline come on stdin, `limit …;event time;… today DATE | what it found`. Days are whole
// numbers since 1970.
import { createInterface } from 'node:readline';
import { worked as isWorked } from '../catalog/worked.mjs';

const dayOf = (date) => Date.parse(date.slice(0, 10)) / 86400000; // the times are China's own
const text = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
const known = new Map();
function worked(day) {
    if (!known.has(day)) known.set(day, isWorked(text(day)));
    return known.get(day);
}

// The last day of a procedure that may last so long.
function procedureEnd(from, { n, unit }) {
    if (unit === 'c') {
        const landed = from + n;
        return worked(landed) ? landed : landed + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].find((k) => worked(landed + k));
    }
    let left = n;
    let day = from;
    while (left) if (worked(++day)) left--;
    return day;
}

// What happened, as a list of facts.
function read(line) {
    const c = { limits: {}, stops: [], today: 0, cards: '', first: Infinity };
    let limit = null;
    for (const part of line.split('today ')[0].split(';').filter(Boolean)) {
        const [what, value] = part.split(' ');
        const asLimit = /^(-?\d+)([wc])$/.exec(value);
        if (what === 'limit') limit = { n: +asLimit[1], unit: asLimit[2] };
        else if (asLimit) c.limits[what] = { n: +asLimit[1], unit: asLimit[2] };
        else if (what === 'stop') c.stops.push({ from: dayOf(value), limit });
        else if (what === 'resume') c.stops.at(-1).resumed = dayOf(value);
        else c[what] = dayOf(value);
    }
    c.today = dayOf(line.split('today ')[1]);
    for (const stop of c.stops) {
        const last = procedureEnd(stop.from, stop.limit);
        const runs = stop.resumed === undefined;
        stop.last = last;
        stop.free = runs ? last + 1 : Math.min(stop.resumed, last + 1); // the first day that counts again
        stop.mark = runs ? (c.today <= last ? 'o' : 'l') : stop.resumed > last + 1 ? 'l' : '';
    }
    return c;
}

// Reminders and cards as hallctl case promises them: each limit has those before its last day and after it.
const rules = {
    accept: [[1, 'soon', 'reminder'], [null, 'late', 'red']],
    'accept-step': [[1, 'soon', 'reminder'], [null, 'late', 'yellow']],
    'examine-step': [[1, 'soon', 'reminder'], [null, 'late', 'yellow']],
    'decide-step': [[1, 'soon', 'reminder'], [null, 'late', 'yellow']],
    promise: [[1, 'soon', 'reminder'], [null, 'late', 'yellow']],
    statutory: [[1, 'soon', 'reminder'], [5, 'tacit', 'tacit'], [null, 'late', 'red']],
    procedure: [[1, 'soon', 'reminder'], [null, 'late', 'yellow']],
};
function watch(c, name, from, due) {
    let strongest = '';
    for (const [before, end, level] of rules[name]) {
        if (end === 'tacit' && !c.limits.silence) continue;
        let since = due + 1;
        if (before !== null) {
            since = due;
            for (let left = before; left > 0; ) if (worked(--since)) left--;
            since = Math.max(since, from);
        }
        c.first = Math.min(c.first, since);
        if (since <= c.today) strongest = ` ${end === 'tacit' ? 'tacit-soon' : `${name}-${end}`} ${level} ${text(since)};`;
    }
    c.cards += strongest;
}

function row(c, name, from, done, limit) {
    if (from === undefined) return '';
    if (limit.n < 0) return ` ${name} unknown;`;
    const stops = c.stops.filter((s) => done === undefined || s.from < done);
    const still = (day) => stops.find((s) => s.from <= day && day < s.free);
    const counts = (day) => limit.unit === 'c' || worked(day);

    // all days in their order, then the n-th that is left
    let day = from;
    if (limit.n > 0) {
        const left = [];
        for (let d = from + 1; left.length < limit.n; d++) if (counts(d) && !still(d)) left.push(d);
        day = left[limit.n - 1];
    }
    while (!worked(day) || still(day)) day++;
    const first = limit.n > 0 ? from + 1 : from;
    const moved = stops
        .map((s) => {
            let days = 0;
            for (let d = Math.max(first, s.from); d < Math.min(day, s.free); d++) if (counts(d)) days++;
            return days ? ` ${days}${s.mark}` : '';
        })
        .join('');
    if (done === undefined) watch(c, name, from, day);
    const late = (done ?? c.today) > day ? ' late' : '';
    return ` ${name} ${text(day)}${moved}${late};`;
}

function expected(c) {
    const complete = c.supplied ?? c.receive;
    const answered = c.accept ?? (c.supplied === undefined ? c.supplement : undefined);
    const running = c.stops.length && c.stops.at(-1).resumed === undefined ? c.stops.at(-1) : null;
    const rows = [
        row(c, 'accept', complete, answered, { n: 5, unit: 'w' }),
        row(c, 'accept-step', complete, answered, c.limits['accept-step']),
        row(c, 'examine-step', c.accept, c.examine, c.limits['examine-step']),
        row(c, 'decide-step', c.examine, c.decide, c.limits['decide-step']),
        row(c, 'promise', c.accept, c.decide, c.limits.promise),
        row(c, 'statutory', c.accept, c.decide, c.limits.statutory),
        running ? ` procedure ${text(running.last)}${c.today > running.last ? ' late' : ''};` : '',
    ].join('');
    if (running) watch(c, 'procedure', running.from, running.last);
    return `${rows}${c.cards} first ${c.first === Infinity ? 'never' : text(c.first)};`;
}

let seen = 0;
let wrong = 0;
for await (const line of createInterface({ input: process.stdin })) {
    const [history, got] = line.split(' |');
    const want = expected(read(history));
    seen++;
    if (want === got) continue;
    if (wrong++ < 5) console.log(`# ${history}\n#   here:     ${got}\n#   expected: ${want}`);
}
const all = +process.argv[2];
console.log(`# ${seen} histories compared, ${wrong} differ`);
console.log(`${!wrong && seen === all ? 'ok' : 'not ok'} deadlines_as_another_program_counts_them`);
process.exitCode = !wrong && seen === all ? 0 : 1;
