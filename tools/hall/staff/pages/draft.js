// SPDX-License-Identifier: Apache-2.0
// What somebody writes waits in this browser until the hall has stored it: for each person and question one draft, kept with
// every key that is pressed. It may name people, so it lives as long as the session and no longer: in the storage of this one
// tab, which survives a reload and a line that is down, and is wiped when one is signed out, however that comes. What was sent
// and got no answer keeps its id and is sent again as it was, so it counts once; whoever changes it first sends something new.
import { html, useState, t, ask, newId } from './lib.js';
import { whose } from './session.js';

const name = (place) => `tongban.draft.${whose()}.${place}`;
export function read(place) {
  try {
    return JSON.parse(sessionStorage.getItem(name(place)));
  } catch {
    return null;
  }
}
export const drop = (place) => sessionStorage.removeItem(name(place));
const keep = (place, draft) => sessionStorage.setItem(name(place), JSON.stringify(draft));
const settled = (a) => a.status >= 400 && a.status < 500 && a.status !== 401 && a.status !== 429; // answered: the next one is new

// --- a case: one draft, of the event that was begun on the case as it was looked at ---

export function begin(number, event, version) {
  const draft = read(number);
  return draft?.event === event ? draft : { event, version, fields: {} };
}
export function write(number, draft, fields) {
  const next = { ...draft, fields };
  keep(number, next);
  return next;
}
// {status, …}; what was sent is a draft no more when the hall has it.
export async function send(number, draft, words) {
  const said = JSON.stringify({ version: draft.version, ...words });
  const sent = draft.said === said ? draft : { ...draft, said, id: newId() };
  keep(number, sent);
  const answer = await ask('POST', `api/case/${number}/${draft.event}`, { id: sent.id, ...JSON.parse(said) });
  if (answer.status === 200) drop(number);
  else if (settled(answer)) keep(number, { event: draft.event, fields: draft.fields });
  return answer;
}

// --- every other question: `place` says which, "halt/off" ---

// Its fields, and what changes some of them. `empty`: as they are when nothing was typed.
export function useDraft(place, empty) {
  const [, draw] = useState(0), fields = () => ({ ...empty, ...read(place)?.fields });
  return [fields(), (more) => { keep(place, { ...read(place), fields: { ...fields(), ...more } }); draw((n) => n + 1); }];
}
// What was sent there and got no answer yet.
export const unanswered = (place) => (read(place)?.said ? read(place).fields : null);
// {status, …, repeated: the hall had it already, and did nothing again}. The id goes with the request, or, `inside`, in its body.
export async function sendFrom(place, path, body, inside) {
  const draft = read(place) ?? {}, said = JSON.stringify([path, body]), sent = draft.said === said ? draft : { ...draft, said, id: newId() };
  keep(place, sent);
  const answer = await (inside ? ask('POST', path, { id: sent.id, ...body }) : ask('POST', path, body, sent.id));
  if (answer.status === 200) drop(place);
  else if (settled(answer)) keep(place, { fields: sent.fields });
  return answer;
}
// The bar says that something waits at one of these places ([place, what opens it]), unless it is open.
export function Waiting({ places, draw }) {
  const [place, go] = places.find(([p]) => Object.values(read(p)?.fields ?? {}).some((v) => typeof v === 'string' && v.trim())) ?? [];
  return place && html`<span class="why">${t('draft-waits')}</span><button class="btn" onClick=${() => { drop(place); draw(); }}>${t('draft-drop')}</button><button class="btn" onClick=${go}>${t('draft-go')}</button>`;
}
