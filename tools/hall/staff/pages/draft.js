// SPDX-License-Identifier: Apache-2.0
// What somebody writes about a case waits in this browser until the hall has stored it: for each person and case one draft,
// kept with every key that is pressed. It may name people, so it lives as long as the session and no longer: in the storage of
// this one tab, which survives a reload and a line that is down, and is wiped when one is signed out, however that comes. What was sent and got no answer keeps its id and is sent again as it was, so it counts
// once; whoever changes it first sends something new.
import { ask, newId } from './lib.js';

const name = (me, number) => `tongban.draft.${me.id}.${number}`;
export function read(me, number) {
  try {
    return JSON.parse(sessionStorage.getItem(name(me, number)));
  } catch {
    return null;
  }
}
export const drop = (me, number) => sessionStorage.removeItem(name(me, number));
const keep = (me, number, draft) => sessionStorage.setItem(name(me, number), JSON.stringify(draft));

// The draft of this event, begun on the case as it was looked at.
export function begin(me, number, event, version) {
  const draft = read(me, number);
  return draft?.event === event ? draft : { event, version, fields: {} };
}
export function write(me, number, draft, fields) {
  const next = { ...draft, fields };
  keep(me, number, next);
  return next;
}

// {status, …}; what was sent is a draft no more when the hall has it.
export async function send(me, number, draft, words) {
  const said = JSON.stringify({ version: draft.version, ...words });
  const sent = draft.said === said ? draft : { ...draft, said, id: newId() };
  keep(me, number, sent);
  const answer = await ask('POST', `api/case/${number}/${draft.event}`, { id: sent.id, ...JSON.parse(said) });
  if (answer.status === 200) drop(me, number);
  else if (answer.status >= 400 && answer.status < 500 && answer.status !== 401) keep(me, number, { event: draft.event, fields: draft.fields }); // answered: the next one is new
  return answer;
}
