/* SPDX-License-Identifier: Apache-2.0
 *
 * `capture ROLE SECONDS`: kioskctl capture beside what follows. `expect captured ROLE free of "TEXT"`, `expect captured ROLE
 * holds "TEXT"`: when it has ended, whether the text stands in the captured bytes in UTF-16 or GB 18030.
 */
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/scenario/play.h"

#define FILE_MAX (16 * 1024 * 1024)

static pid_t capturing;

static const char *file_of(struct play *p, const char *role)
{
    char name[64];

    snprintf(name, sizeof name, "captured-%s.txt", role);
    return stand_path(p->stand, name);
}

int capture_step(struct play *p, const struct step *st, struct err *e)
{
    struct stand *s = p->stand;
    struct buf out;

    capturing = fork();
    if (capturing == 0)
        _exit(stand_command(s, &out, e, "kioskctl", "capture", st->words[0], file_of(p, st->words[0]), "--for", st->words[1],
                            "--run", stand_path(s, "run"), NULL) < 0);
    for (int i = 0; i < 100 && access(file_of(p, st->words[0]), F_OK); i++)
        usleep(50000);
    return access(file_of(p, st->words[0]), F_OK) ? err_set(e, ERR_TIMEOUT, "kioskctl capture does not begin") : 0;
}

/* The text as it would stand in the file, in hexadecimal digits. */
static bool holds(const struct buf *file, const char *text, const char *encoding)
{
    char bytes[256], hex[2 * sizeof bytes + 1] = "", *in = (char *)(uintptr_t)text, *out = bytes;
    size_t n_in = strlen(text), n_out = sizeof bytes;
    iconv_t c = iconv_open(encoding, "UTF-8");
    bool converted = iconv(c, &in, &n_in, &out, &n_out) != (size_t)-1;

    iconv_close(c);
    for (size_t i = 0; i < sizeof bytes - n_out; i++)
        snprintf(hex + 2 * i, 3, "%02x", (unsigned char)bytes[i]);
    return converted && *hex && strstr(buf_str((struct buf *)(uintptr_t)file), hex);
}

int expect_captured(struct play *p, const struct step *st, struct err *e)
{
    bool want = !strcmp(st->words[2], "holds");
    const char *text = st->words[st->n - 1];
    struct buf file;
    int status = 0;

    if (capturing > 0 && (waitpid(capturing, &status, 0) < 0 || status))
        return err_set(e, ERR_REFUSED, "kioskctl capture failed, see logs/commands.log");
    capturing = 0;
    int rc = fs_read(file_of(p, st->words[1]), FILE_MAX, &file, e);
    if (rc < 0)
        return rc;
    if ((holds(&file, text, "UTF-16LE") || holds(&file, text, "GB18030")) != want)
        rc = err_set(e, ERR_NOTFOUND, "%s %s it", file_of(p, st->words[1]), want ? "does not hold" : "holds");
    buf_finish(&file);
    return rc;
}
