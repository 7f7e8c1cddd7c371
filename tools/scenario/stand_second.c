/* SPDX-License-Identifier: Apache-2.0
 *
 * Two terminals at one hall: each has a desk, a kiosk and a kiosk-sync, and steps speak to one of them at a time.
 */
#include <string.h>

#include "tools/scenario/stand.h"

bool stand_is_terminals(const char *name)
{
    static const char *const names[] = {"term", "run", "paper", "desk.sock", "machine", "sheet.json"};
    size_t n = strcspn(name, "/");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && strncmp(names[i], name, n) == 0)
            return true;
    return false;
}

const char *stand_terminal(const struct stand *s)
{
    return s->at_second ? "t-1103-004" : "t-1103-003";
}

void stand_turn(struct stand *s)
{
    static const enum program own[] = {PROGRAM_DESK, PROGRAM_KIOSK, PROGRAM_SYNC};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        enum program p = own[i];
        pid_t pid = s->pid[p];
        int control = s->control[p];

        s->pid[p] = s->other.pid[p];
        s->control[p] = s->other.control[p];
        s->other.pid[p] = pid;
        s->other.control[p] = control;
    }
    s->at_second = !s->at_second;
}
