// SPDX-License-Identifier: Apache-2.0
//
// Which days are worked, by other authors' calendars: npm's chinese-days where the notice is out, weekends and the regulation
// with lunar-javascript's moon and sun where it is not.
import chineseDays from 'chinese-days';
import lunar from 'lunar-javascript';

const DAY = 86400000;
export const plus = (date, n) => new Date(Date.parse(date) + n * DAY).toISOString().slice(0, 10);
const weekend = (date) => [0, 6].includes(new Date(date).getUTCDay());

// Article 2 of the regulation of 2024, in force since 2025, and of the one before it.
function festivals(year) {
    const moon = (month, day) => lunar.Lunar.fromYmd(year, month, day).getSolar().toYmd();
    const qingming = lunar.Lunar.fromYmd(year, 6, 1).getJieQiTable()['清明'].toYmd();
    const fixed = ['01-01', '05-01', '10-01', '10-02', '10-03'].map((day) => `${year}-${day}`);
    const spring = [0, 1, 2].map((n) => plus(moon(1, 1), n));
    const since2025 = year < 2025 ? [] : [plus(moon(1, 1), -1), `${year}-05-02`];

    return [...fixed, ...spring, ...since2025, qingming, moon(5, 5), moon(8, 15)];
}

export const off = new Set();
for (let year = 2024; year <= 2100; year++) for (const date of festivals(year)) off.add(date);

export const noticed = (date) => date < '2027';
export const worked = (date) => (noticed(date) ? chineseDays.isWorkday(date) : !weekend(date) && !off.has(date));
