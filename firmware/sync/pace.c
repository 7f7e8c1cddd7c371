/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests are due one after the other, `every_ms` apart; one may be early by a burst of them.
 */
#include "sync/pace.h"

#include <string.h>

#include "base/clock.h"

int64_t pace_take(struct pace *p, int burst, int64_t every_ms)
{
    int64_t now = clock_mono_ms(), wait;

    if (p->due_ms < now)
        p->due_ms = now;
    p->due_ms += every_ms;
    wait = p->due_ms - now - burst * every_ms;
    return wait > 0 ? wait : 0;
}

int64_t paces_take(struct paces *p, const char *path)
{
    static const struct {
        const char *path;
        int burst, every_ms;
    } rules[] = {
#define PACE(name, path, burst, every_ms) {path, burst, every_ms},
        PACES(PACE)
#undef PACE
    };
    enum pace_kind kind = 0;

    while (kind < PACE_OTHER && strncmp(path, rules[kind].path, strlen(rules[kind].path)) != 0)
        kind++;
    return pace_take(&p->of[kind], rules[kind].burst, rules[kind].every_ms);
}
