// SPDX-License-Identifier: Apache-2.0
// Reports of a month, quarter, half-year or year: figures, what each stands on, which step is slow. Everything shown was counted
// by hallctl report a moment ago, out of every case; the page rounds a share and adds nothing up.
import { html, useState, useEffect, t, why, ask, fetchFile, save, language, MONTHS, day, moment, spaced, useKeys, rowKeys, stop, Icon, Say, Title } from './lib.js';

export const words = 'report';
const SPANS = ['month', 'quarter', 'half', 'year'], GROUPS = ['department', 'item', 'site', 'month', 'steps'];
const MAIN = ['received', 'finished', 'on-time', 'same-day', 'days-saved', 'in-service'];
const PER_PAGE = 25; // one more is asked for, which says that there are more
let kept = null; // the period and group somebody came from, to look at a case

// --- periods: "2026-01", "2026-Q1", "2026-H1", "2026" ---
const SIZE = { month: 12, quarter: 4, half: 2, year: 1 };
const write = (span, n) => {
  const year = Math.floor(n / SIZE[span]), part = (n % SIZE[span]) + 1;
  return span === 'month' ? `${year}-${String(part).padStart(2, '0')}` : span === 'year' ? `${year}` : `${year}-${span === 'quarter' ? 'Q' : 'H'}${part}`;
};
const spanOf = (p) => (p.length === 4 ? 'year' : p[5] === 'Q' ? 'quarter' : p[5] === 'H' ? 'half' : 'month');
const placeOf = (p) => Number(p.slice(0, 4)) * SIZE[spanOf(p)] + (p.length === 4 ? 0 : Number(p.replace(/^\d{4}-[QH]?/, '')) - 1);
const around = (span, today) => write(span, Number(today.slice(0, 4)) * SIZE[span] + Math.floor((Number(today.slice(5, 7)) - 1) / (12 / SIZE[span])));
function periodWords(p) {
  const year = p.slice(0, 4), part = Number(p.replace(/^\d{4}-?[QH]?/, '')), span = spanOf(p);
  if (span === 'half') return t(`per-half-${part}`, year);
  return t(`per-${span}`, year, span === 'month' && language === 'en' ? MONTHS[part - 1] : part);
}

// --- figures ---
function number(table, figure, value) {
  const unit = table.figures.find((f) => f.figure === figure).unit;
  if (unit === 'minutes') return t('report-hours', (Math.floor(value / 6) / 10).toLocaleString('en'));
  return unit === 'days' ? t('report-days', value.toLocaleString('en')) : value.toLocaleString('en');
}
const baseOf = (table, figure) => table.figures.find((f) => f.figure === figure).of;
function share(table, row, figure) {
  const whole = row[baseOf(table, figure)];
  return baseOf(table, figure) === figure ? '' : whole > 0 ? `${(Math.floor((2000 * row[figure] + whole) / (2 * whole)) / 10).toFixed(1)} %` : '－';
}

// While another's is being made the hall says busy; then it is asked again.
async function untilMade(fetchIt, gone = () => false) {
  for (;;) {
    const a = await fetchIt();
    if (a.status !== 503 || gone()) return a;
    await new Promise((done) => setTimeout(done, 1500));
  }
}
function useReport(what, body, turn) {
  const [answer, set] = useState(null);
  useEffect(() => {
    let gone = false;
    set(null);
    if (what) untilMade(() => ask('POST', `api/report/${what}`, body), () => gone).then((a) => gone || set(a));
    return () => { gone = true; };
  }, [what, JSON.stringify(body), turn]);
  return answer;
}
async function saveReport(what, body, name, said) {
  const a = await untilMade(() => fetchFile(`api/report/${what}`, body));
  if (a.status === 200) save(a.blob, name);
  said(a.status === 200 ? t('report-saved', name) : why(a));
}
async function saveOverdue(said) {
  const a = await fetchFile(`api/overdue?language=${language}`);
  if (a.status === 200) save(a.blob, 'overdue.html');
  said(a.status === 200 ? t('report-saved', 'overdue.html') : why(a));
}

function Waiting({ answer, again }) {
  if (!answer) return html`<div class="empty" role="status"><h2>${t('report-counting')}</h2></div>`;
  return html`<${Say} kind="bad" icon="network-off">${why(answer)} <button class="link" onClick=${again}>${t('again')}</button><//>`;
}

// --- the tables ---
function Counters({ table, figure, pick }) {
  return html`<div class="counts six">${MAIN.map((f) => html`<button class="count plain" aria-pressed=${f === figure} onClick=${() => pick(f)}><span class="l">${t(`fig-${f}`)}</span>
    <span class="n">${share(table, table.total, f) || number(table, f, table.total[f])}</span><span class="d">${share(table, table.total, f) ? number(table, f, table.total[f]) : ''}</span></button>`)}</div>`;
}

const COLUMNS = ['received', 'finished', 'on-time', 'same-day', 'open', 'overdue', 'rated'];
function Groups({ table, by, prove }) {
  const cell = (row, f, all) => html`<td class="r nw">${row[f] === undefined ? '' : row[f] === 0 ? '0' : html`<button class="link" aria-label="${row.name} ${t(`fig-${f}`)} ${row[f]}" onClick=${() => prove(f, all ? null : row)}>${number(table, f, row[f])}</button>`}${share(table, row, f) && html`<span class="q s"> ${share(table, row, f)}</span>`}</td>`;
  return html`<div class="card"><table><thead><tr><th scope="col">${t(by === 'item' ? 'col-item' : `col-${by}`)}</th>${COLUMNS.map((f) => html`<th scope="col" class="r">${t(`fig-${f}`)}</th>`)}</tr></thead>
    <tbody>${table.rows.map((r) => html`<tr key=${r.key}><th scope="row" class="plain">${by === 'month' ? periodWords(r.key) : r.name}</th>${COLUMNS.map((f) => cell(r, f))}</tr>`)}
    <tr class="sum"><th scope="row" class="plain">${t('report-total')}</th>${COLUMNS.map((f) => cell({ ...table.total, name: t('report-total') }, f, true))}</tr></tbody></table></div>`;
}

function Stands({ table, figure, pick, prove, period }) {
  const of = baseOf(table, figure), row = table.total;
  return html`<section class="card pad stack"><h2>${t('report-why')}</h2>
    <label class="hidden" for="figure">${t('report-figure')}</label><select id="figure" class="sm" value=${figure} onChange=${(e) => pick(e.target.value)}>${table.figures.map((f) => html`<option value=${f.figure}>${t(`fig-${f.figure}`)}</option>`)}</select>
    <p><b>${t(`fig-${figure}`)} ${share(table, row, figure) || number(table, figure, row[figure])}</b>${of !== figure && html` = ${number(table, figure, row[figure])} ÷ ${number(table, of, row[of])}`}</p>
    <div class="kv"><span>${t('report-counts')}</span><span>${t(`def-${figure}`)}</span>${of !== figure && html`<span>${t('report-whole')}</span><span>${t(`def-${of}`)}</span>`}</div>
    <p class="q s">${t('report-again')}</p><code class="cmd">hallctl report prove ${figure}<br />--period ${period}</code>
    <button class="btn" onClick=${() => prove(figure, null)}>${table.figures.find((f) => f.figure === figure).unit === 'count' ? t('report-list', number(table, figure, row[figure])) : t('report-list-all')}</button>
    ${of !== figure && html`<button class="btn" onClick=${() => prove(of, null)}>${table.figures.find((f) => f.figure === of).unit === 'count' ? t('report-list-of', number(table, of, row[of])) : t('report-list-all')}</button>`}</section>`;
}

function Figures({ table, s, period, pick, prove }) {
  return html`<${Counters} table=${table} figure=${s.figure} pick=${pick} /><div class="cols report"><div class="stack">
    <section class="card pad chart"><img src=${`data:image/svg+xml,${encodeURIComponent(table.chart)}`} alt="${t(`fig-${s.figure}`)}，${periodWords(period)}" /></section><${Groups} table=${table} by=${s.by} prove=${prove} /></div>
    <${Stands} table=${table} figure=${s.figure} pick=${pick} prove=${prove} period=${period} /></div>`;
}

function Steps({ steps, prove }) {
  if (steps.rows.length === 0) return html`<div class="empty"><h2>${t('steps-none')}</h2></div>`;
  const part = (r) => (r.limit ? (100 * r.used) / r.limit : r.used ? 100 : 0);
  return html`<p>${t('report-steps-say')}</p><div class="card"><table class="bars steps"><thead><tr><th scope="col" colspan="2">${t('steps-share')}</th><th scope="col">${t('col-item')}</th><th scope="col">${t('steps-step')}</th><th scope="col">${t('steps-post')}</th><th scope="col" class="r">${t('steps-cases')}</th><th scope="col" class="r">${t('steps-used')}</th><th scope="col" class="r">${t('steps-longest')}</th><th scope="col" class="r">${t('steps-late')}</th></tr></thead>
    <tbody>${steps.rows.map((r) => html`<tr key=${r.item + r.kind + r.step + r.post}><td class="r nw"><b>${r.limit ? `${Math.round(part(r))} %` : '－'}</b></td><td class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" class="bg" /><rect width=${Math.min(100, part(r))} height="8" class=${part(r) > 100 || (!r.limit && r.used) ? 'over' : 'fg'} /></svg></td>
      <td>${r.name}</td><td class="nw">${r.step}</td><td>${r.post}</td><td class="r"><button class="link" aria-label="${r.name} ${r.step} ${r.cases}" onClick=${() => prove(r)}>${r.cases}</button></td><td class="r nw">${r.used} / ${r.limit}</td><td class="r">${r.longest}</td><td class="r">${r.late}</td></tr>`)}</tbody></table></div>`;
}

// --- what a figure stands on ---
const isCase = (r) => r.number && r.events;
const ROW = {
  case: [['col-number', 'report-applied', 'report-happened', 'report-last'], (r) => html`<td class="nw s"><a href="#/case/${r.number}" tabindex="-1">${spaced(r.number)}</a></td><td class="nw">${day(r.applied)}</td>
    <td class="s">${r.events.map((e) => `${t(`ev-${e.event}`)} ${day(e.at)}`).join('　')}</td><td class="s">${[r.promise && t('report-promise', day(r.promise)), r.statutory && t('report-law', day(r.statutory))].filter(Boolean).join('　')}</td>`],
  step: [['col-number', 'col-item', 'steps-from', 'steps-done', 'steps-used'], (r) => html`<td class="nw s"><a href="#/case/${r.number}" tabindex="-1">${spaced(r.number)}</a></td><td>${r.name}</td><td class="nw">${day(r.from)}</td><td class="nw">${day(r.done)}</td><td class="nw">${r.used} / ${r.limit}${r.late ? html` <span class="badc m">${t('steps-late')}</span>` : ''}</td>`],
  rating: [['report-when', 'report-terminal', 'report-score'], (r) => html`<td class="nw">${moment(r.at)}</td><td>${r.terminal}</td><td>${r.score}</td>`],
  terminal: [['report-terminal', 'report-told', 'report-when'], (r) => html`<td>${r.terminal}</td><td>${r.told ? t(`told-${r.told}`) : t('told-all')}</td><td class="nw">${r.at ? moment(r.at) : ''}</td>`],
};
const kindOf = (rows, step) => (step ? 'step' : isCase(rows[0]) ? 'case' : rows[0].score ? 'rating' : 'terminal');

function Proof({ proof, table }) {
  const [places, setPlaces] = useState(['']);
  const after = places[places.length - 1], what = proof.step ? 'step.json' : 'proof.json';
  const [turn, setTurn] = useState(0);
  const answer = useReport(what, { ...proof.ask, after }, turn);
  const all = answer && Object.keys(answer).filter((k) => k !== 'status').map((k) => answer[k]); // an array
  const good = answer?.status === 200, rows = good ? all.slice(0, PER_PAGE) : [], more = good && all.length > PER_PAGE;
  const first = () => setPlaces(['']), before = () => places.length > 1 && setPlaces(places.slice(0, -1));
  const next = () => { const last = rows[rows.length - 1]; return more && setPlaces([...places, last.number || last.record || last.terminal]); };
  useKeys({ Home: first, PageUp: before, PageDown: next, ArrowDown: () => document.querySelector('tr[tabindex="0"]')?.focus() });
  const [heads, cells] = rows.length ? ROW[kindOf(rows, proof.step)] : [[], null];
  const adds = !proof.step && table && table.figures.find((f) => f.figure === proof.ask.figure).unit !== 'count';
  const open = (i) => { if (rows[i].number) location.hash = `#/case/${rows[i].number}`; };
  return html`${!good && html`<${Waiting} answer=${answer} again=${() => setTurn(turn + 1)} />`}${good && !rows.length && html`<div class="empty"><h2>${t('report-none')}</h2></div>`}
    ${rows.length > 0 && html`<div class="card"><table onKeyDown=${(e) => rowKeys(e, open)}><thead><tr>${heads.map((h) => html`<th scope="col">${t(h)}</th>`)}${adds && html`<th scope="col" class="r">${t('report-adds')}</th>`}</tr></thead>
      <tbody>${rows.map((r, i) => html`<tr key=${r.number || r.record || r.terminal} tabindex=${r.number ? stop(i) : null} onClick=${() => open(i)}>${cells(r)}${adds && html`<td class="r nw">${number(table, proof.ask.figure, r.adds)}</td>`}</tr>`)}</tbody></table></div>
    <div class="row"><span class="s"><b>${more ? t('report-more') : t('report-end')}</b></span><div class="gap"></div><button class="btn small" onClick=${first}>${t('first')} <kbd>Home</kbd></button><button class="btn small ${places.length > 1 ? '' : 'off'}" onClick=${before}>‹ ${t('before')} <kbd>PgUp</kbd></button><button class="btn small ${more ? '' : 'off'}" onClick=${next}>${t('next')} › <kbd>PgDn</kbd></button></div>`}`;
}

// --- the page ---
function titleOf(s, period, table, proof) {
  if (proof) return t('report-proof', proof.title, periodWords(proof.ask.period));
  if (s.by === 'steps') return t('steps-title', periodWords(period));
  if (!table) return periodWords(period);
  const rate = share(table, table.total, 'on-time');
  return rate === '－' ? t('report-title-none', periodWords(period), table.total.finished) : t('report-title', periodWords(period), table.total.finished.toLocaleString('en'), rate);
}

const Segment = ({ label, list, at, name, pick }) => html`<span class="seg" role="group" aria-label=${label}>${list.map((one) => html`<button class=${one === at ? 'yes' : ''} aria-pressed=${one === at} onClick=${() => pick(one)}>${t(name + one)}</button>`)}</span>`;

export function Page({ me }) {
  const [s, set] = useState(kept || { period: around('month', me.today), by: 'department', figure: 'on-time' });
  const [proof, setProof] = useState(null), [said, setSaid] = useState(''), [turn, setTurn] = useState(0);
  const steps = s.by === 'steps', period = s.period, span = spanOf(period);
  const wish = steps ? { period } : { period, by: s.by, figure: s.figure };
  const answer = useReport(steps ? 'steps.json' : 'figures.json', wish, turn);
  const good = answer?.status === 200, table = good && !steps ? answer : null;
  const change = (more) => { kept = { ...s, ...more }; set(kept); setProof(null); setSaid(''); };
  const move = (n) => write(span, placeOf(period) + n);
  const last = placeOf(period) >= placeOf(around(span, me.today));
  const filter = (row) => (!row ? {} : s.by === 'month' ? { period: row.key } : { [s.by]: row.key });
  const prove = (figure, row) => setProof({ ask: { period, figure, ...filter(row) }, title: `${t(`fig-${figure}`)}${row ? `，${s.by === 'month' ? periodWords(row.key) : row.name}` : ''}` });
  const proveStep = (r) => setProof({ step: true, ask: { period, step: r.kind, item: r.item }, title: `${r.name}，${r.step}` });
  useKeys({ Escape: () => setProof(null), BracketLeft: () => change({ period: move(-1) }), BracketRight: () => !last && change({ period: move(1) }) });
  const file = (what) => saveReport(what, wish, `report-${period}-${what}`, setSaid);
  return html`<main><div class="top"><div><${Title}>${titleOf(s, period, table, proof)}<//><p class="q s">${good && answer.until < answer.to ? t('report-open', day(answer.until)) : good ? t('report-closed', day(me.today)) : ''}</p></div>
    <div class="right">${proof ? html`<button class="btn small" onClick=${() => setProof(null)}>‹ ${t('report-back')} <kbd>Esc</kbd></button>` : html`<${Segment} label=${t('report-span')} list=${SPANS} at=${span} name="span-" pick=${(one) => change({ period: around(one, me.today), by: one === 'month' && s.by === 'month' ? 'department' : s.by })} />
      <button class="btn small" onClick=${() => change({ period: move(-1) })}>‹ ${periodWords(move(-1))}</button>${!last && html`<button class="btn small" onClick=${() => change({ period: move(1) })}>${periodWords(move(1))} ›</button>`}`}</div></div>
    <div class="mid">${!proof && html`<div class="row"><${Segment} label=${t('report-by')} list=${GROUPS.filter((g) => g !== 'month' || span !== 'month')} at=${s.by} name="by-" pick=${(one) => change({ by: one })} /></div>`}
      ${proof ? html`<${Proof} key=${JSON.stringify(proof.ask)} proof=${proof} table=${table} />` : !good ? html`<${Waiting} answer=${answer} again=${() => setTurn(turn + 1)} />` : steps ? html`<${Steps} steps=${answer} prove=${proveStep} />` : html`<${Figures} table=${table} s=${s} period=${period} pick=${(figure) => change({ figure })} prove=${prove} />`}</div>
    <div class="act"><span class="s q">${table ? t('report-due', day(table.due)) : ''}</span><div class="gap"></div>${said && html`<span class="why" role="status">${said}</span>`}
      ${proof?.ask.figure === 'overdue' && html`<button class="btn" onClick=${() => saveOverdue(setSaid)}>${t('report-overdue')}</button>`}
      ${proof ? null : steps ? html`<button class="btn" onClick=${() => file('steps.csv')}>${t('report-csv')}</button>` : html`<button class="btn" onClick=${() => file('figures.csv')}>${t('report-csv')}</button><button class="btn" onClick=${() => file('chart.svg')}>${t('report-svg')}</button><button class="btn main" onClick=${() => file('page.html')}><${Icon} n="print" />${t('report-print')}</button>`}</div></main>`;
}
