// SPDX-License-Identifier: Apache-2.0
//
// Counts again, with other authors' calendars, what test_workday wrote: `off DATE`, `deadline FROM LIMIT DATE`.
import { readFileSync } from 'node:fs';
import { noticed, off, plus, worked } from './worked.mjs';

const missing = new Set(off);

function deadline(from, n, unit) {
    let date = unit === 'c' ? plus(from, n) : from;

    while (unit === 'c' ? !worked(date) : n > 0) {
        date = plus(date, 1);
        if (unit === 'w' && worked(date)) n--;
    }
    return date;
}

const wrong = { festivals: [], noticed: [], regulation: [] };
const seen = { festivals: 0, noticed: 0, regulation: 0 };
for (const line of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
    const [what, from, limit, got] = line.split(' ');

    if (what === 'off') {
        seen.festivals++;
        if (!missing.delete(from)) wrong.festivals.push(`${from} is no festival`);
        continue;
    }
    const want = deadline(from, parseInt(limit, 10), limit.at(-1));
    const kind = noticed(want) ? 'noticed' : 'regulation';
    seen[kind]++;
    if (want !== got) wrong[kind].push(`${limit} from ${from}: ${got}, expected ${want}`);
}
for (const date of missing) wrong.festivals.push(`${date} is a festival`);

function tell(name, kind, least) {
    for (const words of wrong[kind].slice(0, 5)) console.log(`# ${words}`);
    const good = wrong[kind].length === 0 && seen[kind] >= least;
    console.log(`# ${seen[kind]} compared`);
    console.log(`${good ? 'ok' : 'not ok'} ${name}`);
    if (!good) process.exitCode = 1;
}
tell('festivals_as_lunar_javascript_has_them', 'festivals', 900);
tell('deadlines_as_chinese_days_counts_them', 'noticed', 5000);
tell('deadlines_by_the_regulation', 'regulation', 8000);
