/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-ime on a stand: kiosk's own child, found among the processes because nobody else knows of it.
 */
#ifndef SCENARIO_IME_H
#define SCENARIO_IME_H

#include "tools/scenario/stand.h"

/* Its process; 0 when there is none. */
pid_t ime_pid(const struct stand *s);
/* Sends it a signal once it is there. -ERR_NOTFOUND when it does not come. */
int ime_signal(const struct stand *s, int signal, struct err *e);

#endif
