/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk's side of kiosk-voice: what is said goes to a child process that lives from the first word of a visit to its end, so
 * that nothing of it costs memory where nobody turns the sound on. A child that dies or hangs is started once more and told
 * the last again; after that this visit has no voice, and the session hears so. What is said lies in secret memory.
 */
#ifndef KIOSK_SPEECH_H
#define KIOSK_SPEECH_H

#include "base/loop.h"
#include "kiosk/port.h"

struct speech;

/* Where it is heard: "none", "headphones", "loudspeaker", or for tests "samples", "words" (voice/sink.h). false: none of
 * these. */
bool speech_where(const char *word, enum voice_reach *ret);

/* `where`, borrowed: one of these words. */
struct speech *speech_create(struct loop *l, const char *where, const struct port *port);
void speech_destroy(struct speech *s); /* takes NULL */
/* What may be promised: VOICE_NONE where the program, or a sound card to play on, is not there. */
enum voice_reach speech_reach(const struct speech *s);
/* How loud and how fast is the settings'. `add`: behind what is being said, else instead of it. */
void speech_say(struct speech *s, const struct settings *how, const char *words, bool add);
void speech_stop(struct speech *s); /* at once */
void speech_end(struct speech *s);  /* with the visit: the child is killed, what was said is wiped */

#endif
