// SPDX-License-Identifier: Apache-2.0
//
// The items of a catalogue folder, and what they say of days, read once more. As a program, writes a folder of its own whose
// items have all that a year needs: licences, which the law accepts in silence, and items it decides in silence.
// Usage: year_items.mjs FROM TO
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

export function readItems(folder) {
    return readdirSync(folder).sort().filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))).filter((item) => item.task_code);
}

const asLimit = (l) => (l === undefined ? { n: -1, unit: 'w' } : { n: l.day, unit: l.unit === 'calendar-day' ? 'c' : 'w' });

// Named as in days.mjs. Steps between the first and the last are one.
export function limitsOf(item) {
    const steps = item.handle_flow.map((step) => asLimit(step.limit));
    const limits = { 'accept-step': steps[0], promise: asLimit(item.promise), statutory: asLimit(item.anticipate) };
    if (steps.length > 1) limits['decide-step'] = steps.at(-1);
    if (steps.length > 2) {
        const middle = steps.slice(1, -1);
        const same = middle.every((l) => l.unit === middle[0].unit);
        limits['examine-step'] = { n: same ? middle.reduce((sum, l) => sum + l.n, 0) : -1, unit: middle[0].unit };
    }
    if (item.tacit) limits.silence = { n: 1, unit: 'w' };
    return limits;
}

if (import.meta.url === pathToFileURL(argv[1]).href) {
    const [from, to] = argv.slice(2);
    const changes = {
        'sole-trader-start-up.json': { task_type: '01', tacit: { result: 'granted', by_law: '某法第九条' } },
        'elderly-card.json': { tacit: { result: 'denied', by_law: '某法第十条' } },
        'residence-permit.json': { task_type: '01' },
    };
    cpSync(from, to, { recursive: true, dereference: true });
    for (const [name, change] of Object.entries(changes)) {
        const path = join(to, name);
        writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }, null, 2));
    }
}
