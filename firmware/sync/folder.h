/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk-sync finds in DATA: who the terminal is, and the folder that is its own.
 */
#ifndef SYNC_FOLDER_H
#define SYNC_FOLDER_H

#include "base/err.h"
#include "model/terminal.h"

/* DATA/terminal.json. -ERR_NOTFOUND: it is not enrolled. */
int folder_terminal(const char *data, struct terminal_config *ret, struct err *e);
/* Everything in DATA/sync is one program's: the lock is open for as long as the process lives. -ERR_BUSY: another has it. */
int folder_take(const char *data, struct err *e);

#endif
