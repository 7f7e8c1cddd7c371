// SPDX-License-Identifier: Apache-2.0
// Editions of the catalogue and of systems: which one all have, which is on its way; and bringing a catalogue that was signed elsewhere, in pieces:
// first what is signed, then its files.
import { html, useState, useEffect, t, why, ask, bytes, moment, useKeys, rowKeys, stop, stay, Icon, Say, Title } from './lib.js';
import { Chip, byItself } from './edition_lib.js';
import { useDraft, drop } from './draft.js';

export const words = ['publish', 'system'];

const PIECE = 256 * 1024, REASON_MAX = 200;

// The bytes of a piece; what follows is asked of the hall, so that a piece that was lost is sent again.
async function sendPiece(file, name, at) {
  try {
    const r = await fetch(`api/upload/${name}?at=${at}`, { method: 'POST', credentials: 'same-origin', cache: 'no-store', headers: { 'X-Tongban': '1' }, body: file.slice(at, at + PIECE) });
    return { ...(await r.json()), status: r.status };
  } catch {
    return { status: 0, reason: 'no-line' };
  }
}

async function sendFile(file, want, tell) {
  for (let at = 0; at < want.size;) {
    const a = await sendPiece(file, want.name, at);
    if (a.status !== 200 && !(a.status === 409 && a.reason === 'upload-gap' && a.at > at)) return a;
    ({ at } = a);
    tell(want.name, Math.floor((100 * at) / want.size));
  }
  return null;
}

// What the hall says in the end.
async function bring(files, reason, tell) {
  const find = (name) => files.find((f) => f.name === name);
  const [manifest, sig] = [find('catalog.json'), find('catalog.sig')];
  if (!manifest || !sig || manifest.size > 16384 || sig.size > 16384) return { reason: 'upload-which' };
  const begun = await ask('POST', 'api/upload', { manifest: await manifest.text(), signatures: await sig.text() });
  if (begun.status !== 200) return begun;
  const lacks = begun.files.filter((w) => !find(w.name));
  if (lacks.length) return { reason: 'upload-lacks', what: lacks.map((w) => w.name).join(' ') };
  for (const want of begun.files) {
    const bad = await sendFile(find(want.name), want, tell);
    if (bad) return bad;
  }
  tell('', 100);
  return ask('POST', 'api/upload-end', { reason });
}

// What is on its way of the systems, where something is.
function systemOnItsWay(systems) {
  const now = systems?.status === 200 && systems.editions.find((e) => ['stopped', 'paused', 'runs'].includes(e.state) && !e.over);
  return now ? t('sy-title-now', now.version, t(`ed-is-${now.state}`)) : '';
}

function headline(p) {
  const now = p.editions.find((e) => ['runs', 'paused', 'stopped'].includes(e.state)), waits = p.editions.filter((e) => e.state === 'brought' && !e.over).length;
  if (now) return t('pub-title-now', now.version, t(`ed-is-${now.state}`), p.offered);
  return waits ? t('pub-title-waits', p.offered, waits) : t(p.offered ? 'pub-title' : 'pub-title-none', p.offered);
}

function Systems({ p }) {
  if (p?.status !== 200) return p && html`<section class="card pad"><h2>${t('sy-versions')}</h2><p class="q">${why(p)}</p></section>`;
  const open = (i) => { location.hash = `#/system/${p.editions[i].version}`; };
  return html`<section class="card"><div class="hd"><h2>${t('sy-versions')}</h2><span class="push q s">${p.running.map((r) => t('sy-run-n', r.version || t('sy-running-unsaid'), r.n)).join(t('comma'))}</span></div>
    ${p.editions.length ? html`<table onKeyDown=${(e) => rowKeys(e, open)}><thead><tr><th>${t('pub-version')}</th><th>${t('col-now')}</th><th class="r">${t('pub-have')}</th><th class="r">${t('sy-place-refused')}</th><th>${t('pub-brought')}</th><th>${t('pub-approved')}</th><th>${t('pub-last')}</th></tr></thead>
      <tbody>${p.editions.map((e, i) => html`<tr key=${e.version} tabindex=${stop(i)} onClick=${() => open(i)}><td class="nw"><a href="#/system/${e.version}" tabindex="-1"><b>${e.version}</b></a></td><td><${Chip} e=${e} kind="system" />${e.terminals.left > 0 && html`<br /><span class="s">${t('sy-n-left', e.terminals.left)}</span>`}</td><td class="r">${e.terminals.has}</td><td class="r">${e.terminals.refused}</td>
        <td>${e.brought_by || '—'}<br /><span class="s q">${moment(e.brought)}</span></td><td>${e.approved_by || '—'}${e.approved && html`<br /><span class="s q">${moment(e.approved)}</span>`}</td><td>${byItself(e) ? t('pub-itself') : e.why}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('sy-none')}</p>`}
    <p class="pad q">${t('sy-how')}<br /><code class="wrap">hallctl system publish --data DIR --bundle x86_64.raucb --office N --staff NAME --reason TEXT</code></p></section>`;
}

export function Page() {
  const [page, set] = useState(null), [systems, setSystems] = useState(null), [files, setFiles] = useState([]), [{ reason }, put] = useDraft('upload', { reason: '' });
  const [said, setSaid] = useState(null), [busy, setBusy] = useState('');
  const look = () => { ask('GET', 'api/editions').then(stay(set)); ask('GET', 'api/systems').then(stay(setSystems)); };
  useEffect(look, []);
  const lack = busy ? busy : !files.length ? t('upload-none') : !reason.trim() ? t('upload-reason-none') : bytes(reason) > REASON_MAX ? t('too-long', REASON_MAX, bytes(reason)) : '';
  const send = async () => {
    if (lack) return;
    setBusy(t('upload-busy'));
    const a = await bring(files, reason.trim().replace(/\s+/g, ' '), (name, percent) => setBusy(name ? t('upload-at', name, percent) : t('upload-checked')));
    setBusy('');
    setSaid(a.status === 200 ? { good: t('upload-done', a.version) } : { bad: a.reason === 'upload-lacks' ? t('why-upload-lacks', a.what) : why(a) });
    if (a.status === 200) { setFiles([]); drop('upload'); document.querySelector('input[type=file]').value = ''; }
    look();
  };
  useKeys({ 'Ctrl Enter': send, ArrowDown: () => document.querySelector('tr[tabindex="0"]')?.focus() });
  if (!page) return html`<main></main>`;
  if (page.status !== 200) return html`<main><div class="top"><${Title}>${t('side-publish')}<//></div><div class="mid"><${Say} kind="bad" icon="network-off">${why(page)}<//></div>
    <div class="act"><div class="gap"></div><button class="btn main" onClick=${look}>${t('again')}</button></div></main>`;
  const open = (i) => { location.hash = `#/edition/${page.editions[i].version}`; };
  return html`<main><div class="top"><${Title}>${headline(page)}${systemOnItsWay(systems)}<//><div class="right"><span class="q s">${t('as-of', page.at.slice(11, 16))}</span><a class="btn small" href="#/halts"><${Icon} n="stop" c="i16" />${t('halts')}</a><button class="btn small" onClick=${look}><${Icon} n="sync" c="i16" />${t('again')}</button></div></div>
    <div class="mid"><section class="card"><div class="hd"><h2>${t('pub-versions')}</h2></div>
    ${page.editions.length ? html`<table onKeyDown=${(e) => rowKeys(e, open)}><thead><tr><th>${t('pub-version')}</th><th>${t('col-now')}</th><th class="r">${t('pub-have')}</th><th class="r">${t('pub-refused')}</th><th>${t('pub-brought')}</th><th>${t('pub-approved')}</th><th>${t('pub-last')}</th></tr></thead>
      <tbody>${page.editions.map((e, i) => html`<tr key=${e.version} tabindex=${stop(i)} onClick=${() => open(i)}><td class="nw"><a href="#/edition/${e.version}" tabindex="-1"><b>${t('pub-nth', e.version)}</b></a></td><td><${Chip} e=${e} /></td><td class="r">${e.terminals.has}</td><td class="r">${e.terminals.refused}</td>
        <td>${e.brought_by}<br /><span class="s q">${moment(e.brought)}</span></td><td>${e.approved_by || '—'}${e.approved && html`<br /><span class="s q">${moment(e.approved)}</span>`}</td><td>${byItself(e) ? t('pub-itself') : e.why}</td></tr>`)}</tbody></table>` : html`<p class="pad q">${t('pub-none')}</p>`}</section>
    <${Systems} p=${systems} />
    <section class="card pad"><h2>${t('upload-title')}</h2><p class="q">${t('upload-how')}</p><div class="cols even"><label class="f"><span>${t('upload-files')}</span><input type="file" multiple onChange=${(e) => { setFiles([...e.target.files]); setSaid(null); }} /></label>
      <label class="f"><span>${t('upload-reason')}</span><input value=${reason} onInput=${(e) => put({ reason: e.target.value })} /></label></div></section></div>
    <div class="act">${said?.good && html`<span class="row" role="status"><${Icon} n="ok" c="okc" />${said.good}</span>`}${said?.bad && html`<span class="badc" role="alert">${said.bad}</span>`}<div class="gap"></div><span class="why" role="status">${lack}</span>
      <button class="btn main ${lack ? 'off' : ''}" aria-disabled=${!!lack} onClick=${send}>${t('upload-send')}${!lack && html` <kbd>Ctrl Enter</kbd>`}</button></div></main>`;
}
