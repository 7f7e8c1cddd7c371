/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk says of one device, as `kioskctl devices` shows it, and what a device says of kiosk.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/line.h"
#include "tools/scenario/play.h"

static const struct json *find_port(const struct json *doc, const char *port)
{
    const struct json *list = json_member(doc, "devices");

    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *p = json_member(json_at(list, i), "port");
        if (json_is_str(p) && !strcmp(json_str(p), port))
            return json_at(list, i);
    }
    return NULL;
}

int expect_device(struct play *p, const struct step *st, struct err *e)
{
    static char answer[LINE_MAX_BYTES];
    struct json *doc;
    int fd, rc = line_connect(stand_path(p->stand, "run/kiosk.sock"), &fd, e);

    if (st->n != 5 || strcmp(st->words[3], "="))
        rc = err_set(e, ERR_INVALID, "expect device PORT KEY = VALUE");
    if (rc < 0)
        return rc;
    rc = line_call(fd, "hello ctl\ndevices", answer, sizeof answer, STAND_PATIENCE_MS, e);
    close(fd);
    if (rc >= 0)
        rc = json_parse(answer, strlen(answer), sizeof answer, &doc, e);
    if (rc < 0)
        return rc;
    const struct json *device = find_port(doc, st->words[1]), *v = device ? json_member(device, st->words[2]) : NULL;
    if (!device)
        rc = err_set(e, ERR_NOTFOUND, "nothing is attached there");
    else if (!json_is_str(v) || strcmp(json_str(v), st->words[4]))
        rc = err_set(e, ERR_NOTFOUND, "it is \"%s\"", json_is_str(v) ? json_str(v) : "");
    json_free(doc);
    return rc;
}

int expect_untouched(struct play *p, const struct step *st, struct err *e)
{
    char words[40];
    struct buf out;

    snprintf(words, sizeof words, "%s touched", st->words[1]);
    int rc = stand_desk(p->stand, words, &out, e);
    if (rc >= 0 && strcmp(buf_str(&out), "{\"touched\":0}"))
        rc = err_set(e, ERR_NOTFOUND, "it was asked for something: %s", buf_str(&out));
    buf_finish(&out);
    return rc;
}
