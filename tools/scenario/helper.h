/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk's own children on a stand, kiosk-ime and kiosk-voice: found among the processes because nobody else knows of them.
 */
#ifndef SCENARIO_HELPER_H
#define SCENARIO_HELPER_H

#include "tools/scenario/stand.h"

bool helper_known(const char *name);
/* Its process; 0 when there is none. */
pid_t helper_pid(const struct stand *s, const char *name);
/* Sends it a signal once it is there. -ERR_NOTFOUND when it does not come. */
int helper_signal(const struct stand *s, const char *name, int signal, struct err *e);

#endif
