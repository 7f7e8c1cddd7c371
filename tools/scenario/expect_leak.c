/* SPDX-License-Identifier: Apache-2.0
 *
 * What must not be found: on the terminal's and the hall's disk, and in the memory of kiosk.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tools/scenario/leak.h"
#include "tools/scenario/play.h"

int expect_disk(struct play *p, const struct step *st, struct err *e)
{
    static const char *const folders[] = {"term", "run", "logs", "hall"};
    int rc = 0;

    for (size_t i = 0; rc >= 0 && i < sizeof folders / sizeof *folders; i++)
        rc = leak_folder(stand_path(p->stand, folders[i]), st->words[3], e);
    return rc;
}

/* `free of` and `holds`: the second proves that the search finds what is there. */
int expect_memory(struct play *p, const struct step *st, struct err *e)
{
    bool holds = !strcmp(st->words[1], "holds");
    const char *text = st->words[holds ? 2 : 3];
    int rc;

    if (getuid() != 0 || stand_sanitized()) {
        printf("# memory of kiosk is searched as root and in the release build only\nskip memory-line-%d\n", st->line);
        return 0;
    }
    rc = leak_memory(p->stand->pid[PROGRAM_KIOSK], text, e);
    if (holds)
        return rc == -ERR_EXISTS ? 0 : err_set(e, ERR_NOTFOUND, "kiosk's memory does not hold it");
    return rc;
}
