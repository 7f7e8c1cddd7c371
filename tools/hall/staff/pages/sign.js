// SPDX-License-Identifier: Apache-2.0
// Signing in; and the way from a one-time code to an account.
import { html, useState, useEffect, useRef, t, why, ask, Say } from './lib.js';

// `first`: the cursor stands there when the form comes.
function Field({ label, note, first, ...more }) {
  const at = useRef();
  useEffect(() => { if (first) at.current.focus(); }, []);
  return html`<label class="f"><span>${label}${note && html`　<span class="q s">${note}</span>`}</span><input required ref=${at} ...${more} /></label>`;
}
const Code = (more) => html`<${Field} label=${t('sign-code')} name="code" class="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" ...${more} />`;
const read = (form) => Object.fromEntries(new FormData(form));

// One question at a time: while the answer is on its way the button says so, and a second press does nothing.
function useSend(path, signed) {
  const [state, set] = useState({ busy: false, answer: null });
  const send = async (body) => {
    if (state.busy) return null;
    set({ busy: true, answer: null });
    const answer = await ask('POST', path, body);
    set({ busy: false, answer: answer.status === 200 ? null : answer });
    if (answer.status === 200 && answer.name) signed(answer);
    return answer;
  };
  return [state, send];
}

function Button({ busy, children }) {
  return html`<button class="btn main" type="submit" aria-disabled=${busy}>${busy ? t('sign-busy') : children} <kbd>Enter</kbd></button>`;
}

function SignIn({ signed, join }) {
  const [state, send] = useSend('api/sign-in', signed);
  const submit = async (e) => {
    e.preventDefault();
    const form = e.target, answer = await send(read(form));
    if (answer && answer.status !== 200) { form.elements.code.value = ''; form.elements.code.focus(); }
  };
  return html`<form onSubmit=${submit}><div><h1>${t('sign-title')}</h1><p class="q s">${t('sign-say')}</p></div>
    <${Field} label=${t('sign-id')} name="id" autocomplete="username" first=${true} maxlength="32" />
    <${Field} label=${t('sign-passphrase')} name="passphrase" type="password" autocomplete="current-password" maxlength="200" />
    <${Code} note=${t('sign-code-say')} />
    ${state.answer && html`<${Say} kind="bad" icon="alert">${why(state.answer)}<//>`}
    <${Button} busy=${state.busy}>${t('sign-in')}<//>
    <p><button type="button" class="link" onClick=${join}>${t('sign-first')}</button></p></form>`;
}

function Qr({ rows }) {
  const d = rows.map((row, y) => [...row].map((c, x) => (c === '1' ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
  return html`<svg class="qr" viewBox="-2 -2 ${rows.length + 4} ${rows.length + 4}" shape-rendering="crispEdges" role="img" aria-label="QR"><path d=${d} /></svg>`;
}

function Join({ signed, back }) {
  const [state, send] = useSend('api/join', signed);
  const [key, setKey] = useState(null);
  const said = useRef({});
  const submit = async (e) => {
    e.preventDefault();
    const body = key ? { ...said.current, code: read(e.target).code } : read(e.target);
    const answer = await send(body);
    if (answer?.key) { said.current = body; setKey(answer); }
  };
  const wrong = state.answer && (state.answer.reason === 'wrong' ? t('wrong-join') : why(state.answer));
  return html`<form onSubmit=${submit}><div><h1>${t('join-title')}</h1><p class="q s">${t('join-say')}</p></div>
    ${!key && html`<${Field} label=${t('sign-id')} name="id" autocomplete="username" first=${true} maxlength="32" />
      <${Field} label=${t('join-once')} name="once" autocomplete="off" maxlength="40" />
      <${Field} label=${t('join-new')} note=${t('join-new-say')} name="passphrase" type="password" autocomplete="new-password" maxlength="200" />`}
    ${key && html`<p>${t('join-scan')}</p>${key.qr && html`<${Qr} rows=${key.qr} />`}<p class="s">${t('join-key')} <b class="key">${key.key}</b></p><p>${t('join-then')}</p><${Code} first=${true} />`}
    ${wrong && html`<${Say} kind="bad" icon="alert">${wrong}<//>`}
    <${Button} busy=${state.busy}>${key ? t('join-done') : t('join-next')}<//>
    <p><button type="button" class="link" onClick=${back}>${t('sign-back')}</button></p></form>`;
}

export function Page({ reason, signed }) {
  const [joins, setJoins] = useState(false);
  return html`<div class="lamp" role="complementary" aria-label=${t('hall')}><svg viewBox="0 0 560 720" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><circle cx="280" cy="430" r="330" fill="#0D4257"/><circle cx="280" cy="430" r="235" fill="#124C62"/><circle cx="280" cy="430" r="128" fill="#F2B754"/></svg>
    <p class="greet">${t('greet')}${'\n'}${t('greet-2')}</p></div>
    <main class="sign">${reason && html`<${Say} kind="warn" icon="clock">${t(reason)}<//>`}
    ${joins ? html`<${Join} signed=${signed} back=${() => setJoins(false)} />` : html`<${SignIn} signed=${signed} join=${() => setJoins(true)} />`}</main>`;
}
