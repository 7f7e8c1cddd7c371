/* SPDX-License-Identifier: Apache-2.0
 *
 * See helper.h.
 */
#include "tools/scenario/helper.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define POLLS 100
#define POLL_MS 20

/* A process that still lives, named so, whose parent is kiosk. */
static bool is_helper(const struct stand *s, const char *wanted, const char *pid)
{
    char path[64], name[32] = "", state = 0;
    int parent = 0, fields;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
    if (!(f = fopen(path, "re")))
        return false;
    fields = fscanf(f, "%*d (%31[^)]) %c %d", name, &state, &parent);
    fclose(f);
    return fields == 3 && !strcmp(name, wanted) && state != 'Z' && parent == s->pid[PROGRAM_KIOSK];
}

bool helper_known(const char *name)
{
    return !strcmp(name, "kiosk-ime") || !strcmp(name, "kiosk-voice");
}

pid_t helper_pid(const struct stand *s, const char *name)
{
    DIR *processes = opendir("/proc");
    struct dirent *entry;
    pid_t pid = 0;

    while (processes && !pid && (entry = readdir(processes)))
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' && is_helper(s, name, entry->d_name))
            pid = (pid_t)atoi(entry->d_name);
    if (processes)
        closedir(processes);
    return pid;
}

int helper_signal(const struct stand *s, const char *name, int signal, struct err *e)
{
    pid_t pid = 0;

    for (int i = 0; i < POLLS && !(pid = helper_pid(s, name)); i++)
        usleep(POLL_MS * 1000);
    if (!pid || kill(pid, signal) < 0)
        return err_set(e, ERR_NOTFOUND, "%s does not run", name);
    return 0;
}
