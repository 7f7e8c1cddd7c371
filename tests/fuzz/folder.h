/* SPDX-License-Identifier: Apache-2.0
 *
 * For targets whose decoder reads a file by its path: a folder in memory, made once for each process.
 */
#ifndef FUZZ_FOLDER_H
#define FUZZ_FOLDER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/dev/shm/tongban-fuzz.XXXXXX";

static void folder_forget(void)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        fprintf(stderr, "%s stays\n", folder);
}

/* NAME may be "folder/file": the folder is made. */
static inline void folder_write(const char *name, const void *data, size_t len)
{
    static int made;
    char path[128];

    if (!made) {
        if (!mkdtemp(folder))
            abort();
        made = !atexit(folder_forget);
    }
    if (strchr(name, '/')) {
        snprintf(path, sizeof path, "%s/%.*s", folder, (int)strcspn(name, "/"), name);
        mkdir(path, 0700);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(data, 1, len, f) != len || fclose(f))
        abort();
}

static inline void folder_remove(const char *name)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

#endif
