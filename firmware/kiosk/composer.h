/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk's side of kiosk-ime: Chinese text entry by a child process that lives from the first Chinese field of a visit to its
 * end. A child that dies or does not answer is started once more and asked again; after that Chinese is gone for this visit,
 * and the session hears so. What goes to and fro lies in secret memory.
 */
#ifndef KIOSK_COMPOSER_H
#define KIOSK_COMPOSER_H

#include "base/loop.h"
#include "kiosk/port.h"

struct composer;

/* `assets`, borrowed: the folder whose ime/ is the lexicon. */
struct composer *composer_create(struct loop *l, const char *assets, const struct port *port);
void composer_destroy(struct composer *c); /* takes NULL */
/* The answer is fed: INPUT_COMPOSED, or INPUT_COMPOSE_GONE. COMPOSE_START has none: the child is started ahead. */
void composer_ask(struct composer *c, const struct effect_compose *f);
void composer_end(struct composer *c); /* with the visit: the child is killed, what was typed is wiped */

#endif
