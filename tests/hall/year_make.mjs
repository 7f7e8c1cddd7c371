// SPDX-License-Identifier: Apache-2.0
//
// A year of a hall, 2026, by a seed: applications, alone and in bundles whose members each go their own way, what becomes of
// them (supplements, special procedures, decisions by staff and by the law, refusals, withdrawals, hand-overs), ratings,
// terminals out of service. One line each on stdout, tabs between:
//     case NUMBER ITEM VERSION TERMINAL MS [BUNDLE ITEM PART PARTS]
//     event KIND MS [RESULT | PROCEDURE DAYS UNIT], of the case above
//     rating ID TERMINAL ITEM SCORE MS NUMBER       told TERMINAL MS WHAT
// No code of the product: numbers by Damm's table, days by days.mjs. Usage: year_make.mjs CATALOGUE CASES SEED
import { due, endStops } from './days.mjs';
import { limitsOf, readItems } from './year_items.mjs';

const [folder, cases, seed] = [process.argv[2], +process.argv[3], +process.argv[4]];
const DAY = 86400000;
const CHINA = 8 * 3600000;
const BEGIN = Date.parse('2026-01-01T00:00:00+08:00');
const END = Date.parse('2026-12-31T17:00:00+08:00');
const LAW_UNTIL = Date.parse('2026-09-15T00:00:00+08:00'); // later limits of the law may wait for the next year's notice
const TERMINALS = ['t-1', 't-2', 't-3', 't-4'];

let state = seed >>> 0;
function random() { // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const chance = (percent) => below(100) < percent;
const pick = (list) => list[below(list.length)];
const dayOfMs = (ms) => Math.floor((ms + CHINA) / DAY);

const damm = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'];
const serials = new Map();
function caseNumber(registration, ms) {
    const day = new Date(ms + CHINA).toISOString().slice(2, 10).replaceAll('-', '');
    const key = registration + day;
    serials.set(key, (serials.get(key) ?? 0) + 1);
    const digits = `1103${String(registration).padStart(3, '0')}${day}${String(serials.get(key)).padStart(5, '0')}`;
    return digits + [...digits].reduce((interim, digit) => damm[interim][digit], 0);
}

const put = (...words) => process.stdout.write(`${words.join('\t')}\n`);

// Somebody at a terminal.
class Visit {
    constructor() {
        this.registration = 1 + below(TERMINALS.length);
        this.at = BEGIN + below(349) * DAY + below(24 * 60) * 60000;
    }

    number() {
        return caseNumber(this.registration, this.at);
    }
}

// A case as it goes on: the last moment, and what its days follow from.
class Case {
    constructor(item, visit, ...bundle) {
        this.item = item;
        this.at = visit.at;
        this.number = visit.number();
        this.terminal = TERMINALS[visit.registration - 1];
        this.days = { stops: [], complete: dayOfMs(this.at) };
        put('case', this.number, item.task_code, item.task_version, this.terminal, this.at, ...bundle);
    }

    // The next working hour of that many days later; false: it would be next year.
    wait(days) {
        const morning = (dayOfMs(this.at) + days) * DAY - CHINA + 9 * 3600000;
        const at = Math.max(morning, this.at) + (1 + below(300)) * 60000;
        if (at > END) return false;
        this.at = at;
        return true;
    }

    happens(kind, ...more) {
        put('event', kind, this.at, ...more);
        return true;
    }

    // Is the last day of that limit over, if nothing has met it?
    isOver(from, limit) {
        this.days.today = dayOfMs(this.at);
        endStops(this.days);
        return limit.n >= 0 && dayOfMs(this.at) > due(this.days, from, undefined, limit).day;
    }

    lawAccepts() {
        return this.item.task_type === '01' && this.isOver(this.days.complete, { n: 5, unit: 'w' });
    }

    lawDecides() {
        const law = this.item.tacit && this.isOver(this.days.accepted, limitsOf(this.item).statutory);
        return law ? this.item.tacit.result : null;
    }
}

// Received, and answered: true when it was accepted.
function reception(c) {
    if (chance(3) || !c.wait(below(3))) return false;
    c.happens('receive');
    if (chance(4) && c.wait(below(3))) return c.happens('withdraw') && false;
    if (chance(12) && c.wait(below(6)) && !c.lawAccepts()) {
        c.happens('supplement');
        if (chance(15) && c.wait(below(9))) return c.happens(chance(50) ? 'refuse' : 'withdraw') && false;
        if (chance(20) || !c.wait(1 + below(15))) return false;
        c.happens('supplied');
        c.days.complete = dayOfMs(c.at);
    }
    if (chance(3) || !c.wait(chance(85) ? below(3) : below(12))) return false;
    const law = c.lawAccepts();
    if (chance(4) && !law) return c.happens('refuse') && false;
    const tacit = law && chance(70);
    c.happens(tacit ? 'accept-tacit' : 'accept');
    c.days.accepted = tacit ? c.days.complete : dayOfMs(c.at);
    return true;
}

// A special procedure, or none: false when the case goes no further.
function procedure(c) {
    if (!chance(15)) return true;
    if (!c.wait(below(4))) return false;
    if (c.lawDecides()) return true; // the law has answered meanwhile
    const limit = { n: 1 + below(15), unit: chance(70) ? 'w' : 'c' };
    c.happens('stop', pick(['inspection', 'hearing', 'review', 'test', 'quarantine', 'appraisal', 'tender']), limit.n, limit.unit);
    c.days.stops.push({ from: dayOfMs(c.at), limit });
    if (chance(6) || !c.wait(below(chance(80) ? 10 : 40))) return false;
    c.days.stops.at(-1).resumed = dayOfMs(c.at);
    if (chance(6)) return c.happens('withdraw') && false;
    return c.happens('resume');
}

// What staff do next, or what the law has done instead: true when staff did it.
function act(c, days, kind, ...more) {
    if (!c.wait(days)) return false;
    const law = c.lawDecides();
    if (!law) return c.happens(kind, ...more);
    c.happens('decide-tacit', law);
    return afterwards(c) && false;
}

function afterwards(c) {
    if (!chance(85) || !c.wait(below(6))) return true;
    c.happens('deliver');
    if (chance(35)) {
        const id = String(c.number).padStart(32, '0');
        put('rating', id, c.terminal, c.item.task_code, pick([5, 5, 5, 4, 4, 3, 2, 1]), c.at + 60000, chance(50) ? c.number : '');
    }
    return true;
}

const items = readItems(folder);
const without = items.filter((item) => item.task_type !== '01' && !item.tacit);
function live(c) {
    if ((c.at > LAW_UNTIL && !without.includes(c.item)) || !reception(c)) return;
    if (chance(6) && c.wait(below(2))) c.happens('hand-over');
    if (!procedure(c)) return;
    const slow = chance(10) ? 40 : 1;
    const promise = Math.max(limitsOf(c.item).promise.n, 0);
    if (!act(c, below(1 + promise / 2) * (slow > 1 ? 3 : 1), 'examine')) return;
    if (chance(30) && !procedure(c)) return;
    if (act(c, below(1 + promise / 2) + (slow > 1 ? below(slow) : 0), 'decide', chance(90) ? 'granted' : 'denied')) afterwards(c);
}

// The bundle's number is drawn first, those of its members follow it; all are handed in at once.
function liveTogether(parts) {
    const visit = new Visit();
    const bundle = visit.number();
    const lead = pick(items);
    for (let part = 1; part <= parts; part++) live(new Case(pick(items), visit, bundle, lead.task_code, part, parts));
}

for (let i = 0; i < cases;) {
    const parts = i + 4 <= cases && chance(5) ? 2 + below(3) : 1;
    if (parts > 1) liveTogether(parts);
    else live(new Case(pick(items), new Visit()));
    i += parts;
}
for (const terminal of TERMINALS) {
    let at = BEGIN + below(20) * DAY;
    put('told', terminal, at, 'start');
    for (;;) {
        at += below(40 * 24 * 60) * 60000 + 60000;
        if (at > END) break;
        const [off, on] = pick([['out', 'in'], ['out', 'in'], ['shutdown', 'start']]);
        put('told', terminal, at, off);
        at += below(3 * 24 * 60) * 60000 + 60000;
        if (at > END) break;
        put('told', terminal, at, on);
    }
}
