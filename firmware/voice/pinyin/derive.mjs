// SPDX-License-Identifier: Apache-2.0
//
// Writes readings.tsv (every reading of a character, the most frequent first), phrases.tsv (words in which a character
// is not read as usual) and tones.tsv (short words in which only its tone is another, for the voice). Usage: npm ci && npm run derive. Needs the Debian package unicode-data.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import dict2 from 'pinyin-pro/dist/esm/data/dict2.mjs';
import dict3 from 'pinyin-pro/dist/esm/data/dict3.mjs';
import dict4 from 'pinyin-pro/dist/esm/data/dict4.mjs';
import dict5 from 'pinyin-pro/dist/esm/data/dict5.mjs';
import { pinyin } from 'pinyin-pro';

const unihanFile = '/usr/share/unicode/Unihan_Readings.txt.bz2';
const marks = { '\u0304': 1, '\u0301': 2, '\u030c': 3, '\u0300': 4 };

// 'lǜ' → 'lv4', a light tone → 5
function toned(mark) {
    let letters = '';
    let tone = 5;
    for (const c of mark.normalize('NFD')) {
        if (marks[c]) tone = marks[c];
        else if (c === '\u0308') letters = letters.replace(/u$/, 'v');
        else if (/[a-z]/.test(c)) letters += c;
    }
    return /^[a-z]{1,6}$/.test(letters) && /[aeiouv]/.test(letters) ? letters + tone : null;
}

// kHanyuPinlu "xíng(2943) háng(218)", kXHC1983 and kTGHZ2013 "0442.080:háng,hàng", kMandarin "xíng"
function unihan() {
    const sources = ['kMandarin', 'kHanyuPinlu', 'kTGHZ2013', 'kXHC1983'];
    const all = new Map();
    for (const line of execFileSync('bzcat', [unihanFile], { maxBuffer: 1 << 28 }).toString().split('\n')) {
        const [code, field, value] = line.split('\t');
        if (!code.startsWith('U+') || !sources.includes(field)) continue;
        const c = String.fromCodePoint(parseInt(code.slice(2), 16));
        const list = value.split(' ').flatMap((v) => v.replace(/\(.*\)/, '').replace(/^[^:]*:/, '').split(','));
        const entry = all.get(c) ?? { common: false, list: [] };
        entry.common ||= field !== 'kMandarin';
        entry.list.push(...list.map(toned).filter(Boolean));
        all.set(c, entry);
    }
    return all;
}

// One reading for each sound: two that differ in tone alone are found by the same letters.
function sounds(list) {
    const seen = new Set();
    return list.filter((r) => !seen.has(r.slice(0, -1)) && seen.add(r.slice(0, -1))).slice(0, 7);
}

const usual = new Map();
const lines = [];
for (const [c, entry] of [...unihan()].sort(([a], [b]) => a.codePointAt(0) - b.codePointAt(0))) {
    if (!entry.common) continue;
    const first = toned(pinyin(c)) ?? entry.list[0];
    const list = sounds([first, ...entry.list].filter(Boolean));
    if (!list.length) continue;
    usual.set(c, list[0]);
    lines.push(`${c}\t${list.join(' ')}`);
}
writeFileSync('readings.tsv', lines.join('\n') + '\n');

// Our own words go first: they mend what the dictionary lacks or reads otherwise.
const phrases = new Map();
for (const line of readFileSync('words.tsv', 'utf8').split('\n')) {
    const [word, reading] = line.split('\t');
    if (reading && !word.startsWith('#')) phrases.set(word, reading.split(' '));
}
for (const dict of [dict2, dict3, dict4, dict5])
    for (const [word, reading] of Object.entries(dict))
        if (!phrases.has(word)) phrases.set(word, reading.split(' ').map(toned));
const whole = [...phrases].filter(([word, list]) => [...word].length === list.length && list.every(Boolean));
const otherSound = ([word, list]) => [...word].some((c, i) => usual.get(c)?.slice(0, -1) !== list[i].slice(0, -1));
const otherTone = ([word, list]) => [...word].some((c, i) => usual.get(c) !== list[i]);
const write = (file, list) =>
    writeFileSync(
        file,
        list
            .map(([word, readings]) => `${word}\t${readings.join(' ')}`)
            .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
            .join('\n') + '\n',
    );
write('phrases.tsv', whole.filter(otherSound));
write(
    'tones.tsv',
    whole.filter((w) => !otherSound(w) && otherTone(w) && [...w[0]].length <= 3),
);
