/* SPDX-License-Identifier: Apache-2.0
 *
 * Rebuilds a folder as a power cut leaves it: what was synced stays; each write that was not is kept, lost or torn at 512
 * bytes; new names, removals and renames since the last sync of their folder stay up to a point chosen by the seed.
 */
#ifndef SCENARIO_REPLAY_H
#define SCENARIO_REPLAY_H

#include "base/err.h"

/* `dir` holds the files as they were when the log began (`before`) plus what happened since; after the call it holds the
 * state after the cut. `log` is the disk log's, of the same absolute folder. */
int replay_cut(const char *log, const char *before, const char *dir, unsigned seed, struct err *e);

#endif
