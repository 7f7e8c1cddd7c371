/* SPDX-License-Identifier: Apache-2.0
 *
 * An update of the system that is under way, as residents are told of it.
 */
#ifndef MODEL_UPDATE_NOW_H
#define MODEL_UPDATE_NOW_H

#include <stdbool.h>
#include <stdint.h>

#define UPDATE_USUAL_MS (4 * 60 * 1000) /* with both restarts, on a PC */

struct update_now {
    bool on;
    bool restarting; /* it is installed, and about to be started */
    int64_t began_ms;
};

#endif
