/* SPDX-License-Identifier: Apache-2.0
 *
 * See leak.h.
 */
#include "tools/scenario/leak.h"

#include <dirent.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"

#define DISK_FILE_MAX (256u << 20)
#define LEAK_PATH_MAX 1024
#define NEEDLES_MAX 4

struct needle {
    uint8_t bytes[1024];
    size_t len;
};

static int make_needles(const char *text, struct needle out[NEEDLES_MAX])
{
    static const char *const encodings[NEEDLES_MAX] = {"UTF-8", "UTF-16LE", "UTF-32LE", "GB18030"};

    for (int i = 0; i < NEEDLES_MAX; i++) {
        char *in = (char *)(uintptr_t)text, *to = (char *)out[i].bytes;
        size_t in_left = strlen(text), to_left = sizeof out[i].bytes;
        iconv_t cd = iconv_open(encodings[i], "UTF-8");

        if (cd == (iconv_t)-1 || iconv(cd, &in, &in_left, &to, &to_left) == (size_t)-1)
            return -ERR_INVALID;
        iconv_close(cd);
        out[i].len = sizeof out[i].bytes - to_left;
    }
    return 0;
}

static bool found(const void *data, size_t len, const struct needle needles[NEEDLES_MAX])
{
    for (int i = 0; len && i < NEEDLES_MAX; i++)
        if (memmem(data, len, needles[i].bytes, needles[i].len))
            return true;
    return false;
}

/* --- files --- */

static int search_file(const char *path, const struct needle needles[NEEDLES_MAX], struct err *e)
{
    struct buf content;
    int rc = fs_read(path, DISK_FILE_MAX, &content, e);

    if (rc >= 0 && found(content.data, content.len, needles))
        rc = err_set(e, ERR_EXISTS, "%s holds it", path);
    buf_finish(&content);
    return rc;
}

static int search_folder(const char *dir, const struct needle needles[NEEDLES_MAX], struct err *e)
{
    DIR *folder = opendir(dir);
    struct dirent *entry;
    char path[LEAK_PATH_MAX];
    struct stat st;
    int rc = 0;

    while (folder && rc >= 0 && (entry = readdir(folder))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") ||
            fs_join(path, sizeof path, dir, entry->d_name) < 0 || lstat(path, &st) < 0)
            continue;
        if (S_ISDIR(st.st_mode))
            rc = search_folder(path, needles, e);
        else if (S_ISREG(st.st_mode))
            rc = search_file(path, needles, e);
    }
    if (folder)
        closedir(folder);
    return rc;
}

int leak_folder(const char *dir, const char *text, struct err *e)
{
    struct needle needles[NEEDLES_MAX];

    if (make_needles(text, needles) < 0)
        return err_set(e, ERR_INVALID, "the text cannot be searched for");
    return search_folder(dir, needles, e);
}

/* --- memory --- */

static int search_region(int mem, unsigned long from, unsigned long to, const char *name,
                         const struct needle needles[NEEDLES_MAX], struct err *e)
{
    size_t len = to - from;
    uint8_t *copy = malloc(len);
    ssize_t n = copy ? pread(mem, copy, len, (off_t)from) : 0;
    int rc = 0;

    if (n > 0 && found(copy, (size_t)n, needles))
        rc = err_set(e, ERR_EXISTS, "kiosk's memory holds it, at %lx-%lx %s", from, to, name);
    free(copy);
    return rc;
}

int leak_memory(pid_t pid, const char *text, struct err *e)
{
    struct needle needles[NEEDLES_MAX];
    char path[64], line[LEAK_PATH_MAX];
    unsigned long from, to;
    FILE *maps;
    int mem, rc = make_needles(text, needles);

    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    mem = open(path, O_RDONLY | O_CLOEXEC);
    snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
    maps = fopen(path, "re");
    if (rc < 0 || mem < 0 || !maps)
        rc = err_errno(e, "read the memory of kiosk");
    while (rc >= 0 && fgets(line, sizeof line, maps)) {
        char mode[8];

        line[strcspn(line, "\n")] = 0;
        if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) == 3 && mode[0] == 'r' && mode[1] == 'w')
            rc = search_region(mem, from, to, strrchr(line, ' ') + 1, needles, e);
    }
    if (maps)
        fclose(maps);
    if (mem >= 0)
        close(mem);
    return rc;
}
