// SPDX-License-Identifier: Apache-2.0
// Who works at the hall and as what: list, add, another role, a new code, begin anew, disable. A one-time code stands here until
// the page is left, and nowhere else.
import { html, useState, useEffect, useRef, t, has, why, ask, useKeys, rowKeys, stop, stay, Icon, Say, Title } from './lib.js';
import { toBar } from './focus.js';
import * as draft from './draft.js';

export const words = 'people';
const ROLES = ['window', 'department', 'supervisor', 'publisher', 'fleet', 'administrator'];
const told = (a) => (has(`people-why-${a.reason}`) ? t(`people-why-${a.reason}`) : why(a));

function Role({ value, set }) {
  return html`<select value=${value} onChange=${(e) => set(e.target.value)}>${ROLES.map((r) => html`<option value=${r}>${t(`role-${r}`)}</option>`)}</select>`;
}

// A new one. The id is what the person types, the name what stands on papers.
function Add({ send, leave }) {
  const [say, put] = draft.useDraft('people/add', { id: '', name: '', post: '', role: 'window' }), first = useRef();
  useEffect(() => first.current.focus(), []);
  const fit = /^[A-Za-z0-9._-]{1,32}$/.test(say.id) && say.name && say.post;
  const field = (key, more) => html`<label class="f"><span>${t(`people-${key}`)}</span><input value=${say[key]} ...${more} onInput=${(e) => put({ [key]: e.target.value })} /></label>`;
  return html`<form class="card pad form" onSubmit=${(e) => { e.preventDefault(); if (fit) send('add', say); }}><h2>${t('people-add')}</h2><div class="cols even">${field('id', { ref: first, maxlength: 32, name: 'id', autocomplete: 'off' })}${field('name', { maxlength: 40, name: 'name', autocomplete: 'off' })}
    ${field('post', { maxlength: 40, name: 'post' })}<label class="f"><span>${t('people-role')}</span><${Role} value=${say.role} set=${(role) => put({ role })} /></label></div>
    <div class="row"><span class="why">${t('people-add-say')}</span><div class="gap"></div><button type="button" class="btn" onClick=${leave}>${t('people-leave')}</button><button class="btn main ${fit ? '' : 'off'}" aria-disabled=${!fit}>${t('people-add-go')}</button></div></form>`;
}

// The bar becomes the question.
function Asked({ what, who, send, leave }) {
  const [say, put] = draft.useDraft(`people/${what}/${who.id}`, { role: who.role, post: who.post }), first = useRef();
  useEffect(() => first.current.focus(), []);
  const role = what === 'role';
  return html`<form class="act" onSubmit=${(e) => { e.preventDefault(); send(what, role ? { id: who.id, ...say } : { id: who.id }); }}><span><b>${t(`people-ask-${what}`, who.name)}</b></span>
    ${role && html`<label class="row">${t('people-role')}<${Role} value=${say.role} set=${(role) => put({ role })} /></label><label class="row">${t('people-post')}<input class="sm" maxlength="40" value=${say.post} onInput=${(e) => put({ post: e.target.value })} /></label>`}
    <div class="gap"></div><button type="button" class="btn" onClick=${leave}>${t('people-leave')}</button><button class="btn main" ref=${first}>${t(`people-go-${what}`)}</button></form>`;
}

function Code({ code }) {
  return html`<section class="say info" role="status"><${Icon} n="ok" c="i24" /><div><b>${t('people-code', code.name, code.id)}</b><p class="once">${code.code}</p><p>${t('people-code-say')}</p></div></section>`;
}

const CODED = ['add', 'code', 'reset']; // their answer has a one-time code, once
const DOES = { invited: ['role', 'code', 'disable'], active: ['role', 'reset', 'disable'], disabled: ['reset'] };

export function Page({ me }) {
  const [all, set] = useState(null), [at, pick] = useState(''), [asks, setAsks] = useState(''), [code, setCode] = useState(null), [said, setSaid] = useState(null);
  const look = () => ask('GET', 'api/people').then(stay(set));
  useEffect(() => { look(); }, []);
  const leave = () => setAsks('');
  const send = async (verb, body) => {
    const a = await draft.sendFrom(verb === 'add' ? 'people/add' : `people/${verb}/${body.id}`, `api/people/${verb}`, body), good = a.status === 200, name = body.name || all.rows.find((r) => r.id === body.id)?.name;
    setSaid({ good, words: a.repeated ? t(CODED.includes(verb) ? 'people-had-code' : 'people-had', name) : good ? t(`people-did-${verb}`, name) : told(a) });
    if (!good) return;
    setCode(a.code ? a : null);
    pick(body.id);
    setAsks('');
    look();
  };
  useKeys({ Escape: leave, ArrowDown: () => document.querySelector('tr[tabindex="0"]')?.focus() });
  if (!all) return html`<main></main>`;
  const rows = all.rows || [], who = rows.find((r) => r.id === at), may = who ? DOES[who.state] : [];
  return html`<main><div class="top"><div><${Title}>${t('people-title', rows.filter((r) => r.state === 'active').length)}<//><p class="q s">${t('people-say')}</p></div><div class="right">${asks !== 'add' && html`<button class="btn" onClick=${() => { setAsks('add'); setCode(null); setSaid(null); }}><${Icon} n="users" />${t('people-add')}</button>`}</div></div>
    <div class="mid">${all.status !== 200 && html`<${Say} kind="bad" icon="network-off">${why(all)}<//>`}${said && !said.good && html`<${Say} kind="bad" icon="stop">${said.words}<//>`}${code && html`<${Code} code=${code} />`}
    ${asks === 'add' && html`<${Add} send=${send} leave=${leave} />`}
    <div class="card"><table onKeyDown=${(e) => rowKeys(e, toBar)}><thead><tr><th scope="col">${t('people-id')}</th><th scope="col">${t('people-name')}</th><th scope="col">${t('people-post')}</th><th scope="col">${t('people-role')}</th><th scope="col">${t('people-state')}</th></tr></thead>
      <tbody>${rows.map((r, i) => html`<tr key=${r.id} tabindex=${stop(i, Math.max(0, rows.indexOf(who)))} class=${r.id === at ? 'chosen' : ''} aria-selected=${r.id === at} onClick=${() => { pick(r.id); setAsks(''); }} onFocus=${() => pick(r.id)}><td class="nw">${r.id}</td><td>${r.name}${r.id === me.id ? html`<span class="q">（${t('people-me')}）</span>` : ''}</td><td>${r.post}</td><td>${t(`role-${r.role}`)}</td><td><span class="chip ${{ active: 'ok', invited: 'warn', disabled: '' }[r.state]}">${t(`people-is-${r.state}`)}</span></td></tr>`)}</tbody></table></div></div>
    ${who && asks && asks !== 'add' ? html`<${Asked} key=${asks + who.id} what=${asks} who=${who} send=${send} leave=${leave} />` : html`<div class="act">${said?.good && html`<span role="status">${said.words}</span>`}<div class="gap"></div>${who ? html`<span class="why">${who.name}</span>${may.map((v) => html`<button class="btn" onClick=${() => { setAsks(v); setSaid(null); }}>${t(`people-do-${v}`)}</button>`)}` : html`<span class="why">${t('people-choose')}</span>`}</div>`}</main>`;
}
