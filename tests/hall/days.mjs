// SPDX-License-Identifier: Apache-2.0
//
// The days of a case and its cards, counted once more: from the rules as deadline.h words them and by other authors'
// calendars. Days are whole numbers since 1970.
import { worked as isWorked } from '../catalog/worked.mjs';

export const dayOf = (date) => Date.parse(date.slice(0, 10)) / 86400000; // the times are China's own
export const text = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
const known = new Map();
export function worked(day) {
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
export function read(line) {
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
    endStops(c);
    return c;
}

// When each stop ends, as the case stands on c.today.
export function endStops(c) {
    for (const stop of c.stops) {
        const last = procedureEnd(stop.from, stop.limit);
        const runs = stop.resumed === undefined;
        stop.last = last;
        stop.free = runs ? last + 1 : Math.min(stop.resumed, last + 1); // the first day that counts again
        stop.mark = runs ? (c.today <= last ? 'o' : 'l') : stop.resumed > last + 1 ? 'l' : '';
    }
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

// The last day of a limit, and for each stop how many days it took out.
export function due(c, from, done, limit) {
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
    const taken = stops.map((s) => {
        let days = 0;
        for (let d = Math.max(first, s.from); d < Math.min(day, s.free); d++) if (counts(d)) days++;
        return { days, mark: s.mark };
    });
    return { day, taken };
}

function row(c, name, from, done, limit) {
    if (from === undefined || limit === undefined) return '';
    if (limit.n < 0) return ` ${name} unknown;`;
    const { day, taken } = due(c, from, done, limit);
    const moved = taken.map((s) => (s.days ? ` ${s.days}${s.mark}` : '')).join('');
    if (done === undefined) watch(c, name, from, day);
    const late = (done ?? c.today) > day ? ' late' : '';
    return ` ${name} ${text(day)}${moved}${late};`;
}

export function expected(c) {
    const complete = c.supplied ?? c.receive;
    const answered = c.answered ?? c.accept ?? (c.supplied === undefined ? c.supplement : undefined) ?? c.ended;
    const ended = c.decide ?? c.ended; // nothing more is owed: decided, or refused or withdrawn
    const examines = c.limits['examine-step'] !== undefined; // an item of two steps has none
    const running = c.stops.length && c.stops.at(-1).resumed === undefined ? c.stops.at(-1) : null;
    const rows = [
        row(c, 'accept', complete, answered, { n: 5, unit: 'w' }),
        row(c, 'accept-step', complete, answered, c.limits['accept-step']),
        row(c, 'examine-step', c.accept, c.examine ?? ended, c.limits['examine-step']),
        row(c, 'decide-step', examines ? c.examine : c.accept, ended, c.limits['decide-step']),
        row(c, 'promise', c.accept, ended, c.limits.promise),
        row(c, 'statutory', c.accept, ended, c.limits.statutory),
        running ? ` procedure ${text(running.last)}${c.today > running.last ? ' late' : ''};` : '',
    ].join('');
    if (running) watch(c, 'procedure', running.from, running.last);
    return `${rows}${c.cards} first ${c.first === Infinity ? 'never' : text(c.first)};`;
}
