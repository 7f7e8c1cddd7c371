/* SPDX-License-Identifier: Apache-2.0
 *
 * See progress.h.
 */
#include "base/progress.h"

#include <unistd.h>

#include "base/clock.h"

#define QUIET_MS 2000
#define EVERY_MS 500

#define LINE_ANEW "\r\033[K" /* ECMA-48: erase in line */

void progress_begin(struct progress *p, const char *what)
{
    if (!p)
        return;
    *p = (struct progress){.to = isatty(STDERR_FILENO) ? stderr : NULL, .what = what, .began_ms = clock_mono_ms()};
    p->next_ms = p->began_ms + QUIET_MS;
}

void progress_step(struct progress *p, int64_t done, int64_t total)
{
    if (!p || !p->to)
        return;
    int64_t now = clock_mono_ms();
    if (now < p->next_ms)
        return;
    p->next_ms = now + EVERY_MS;
    p->shown = true;
    if (total > 0)
        fprintf(p->to, LINE_ANEW "%s: %lld of %lld", p->what, (long long)done, (long long)total);
    else
        fprintf(p->to, LINE_ANEW "%s: %lld s", p->what, (long long)(now - p->began_ms) / 1000);
    fflush(p->to);
}

void progress_end(struct progress *p)
{
    if (!p || !p->shown)
        return;
    fputs(LINE_ANEW, p->to);
    fflush(p->to);
    p->shown = false;
}
