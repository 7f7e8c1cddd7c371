// SPDX-License-Identifier: Apache-2.0
//
// Counts the days of random cases, and their cards, once more (days.mjs). The lines of test_deadline come on stdin,
// `limit …;event time;… today DATE | what it found`.
import { createInterface } from 'node:readline';
import { expected, read } from './days.mjs';

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
