/* SPDX-License-Identifier: Apache-2.0
 *
 * See cards.h.
 */
#include "drivers/idcard/cards.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"

#define FILE_MAX 256
#define SAVE_EVERY 10
#define READ_MAX INT64_C(1000000000)
#define TIME_MAX INT64_C(4102444800000) /* 2100 */

static int parse(struct cards *c, const struct buf *text, struct err *e)
{
    struct json *doc;
    int rc = json_parse(text->data, text->len, FILE_MAX, &doc, e);

    if (rc < 0)
        return rc;
    rc = json_known(doc, "read since", e);
    if (rc == 0)
        rc = json_opt_int(doc, "read", 0, READ_MAX, &c->read, e);
    if (rc == 0)
        rc = json_opt_int(doc, "since", 0, TIME_MAX, &c->since, e);
    json_free(doc);
    return rc;
}

void cards_open(struct cards *c, const char *folder)
{
    struct err e = {0};
    struct buf text;

    *c = (struct cards){.read = 0};
    if (!folder || fs_join(c->path, sizeof c->path, folder, CARDS_FILE) < 0) {
        c->path[0] = '\0';
        return;
    }
    if (access(c->path, F_OK) != 0)
        return;
    int rc = fs_read(c->path, FILE_MAX, &text, &e);
    if (rc == 0) {
        rc = parse(c, &text, &e);
        buf_finish(&text);
    }
    if (rc == 0)
        return;
    log_warn("idcard", "%s is begun anew: %s", CARDS_FILE, e.text);
    c->read = c->since = 0;
}

static void save(const struct cards *c)
{
    struct err e = {0};
    struct jsonw w;
    struct buf b;

    if (!c->path[0] || !c->since)
        return;
    buf_init(&b, FILE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "read", c->read);
    jsonw_int(&w, "since", c->since);
    jsonw_end(&w);
    if (fs_write_atomic(c->path, b.data, b.len, 0640, &e) < 0)
        log_warn("idcard", "%s is not kept: %s", CARDS_FILE, e.text);
    buf_finish(&b);
}

void cards_read(struct cards *c)
{
    if (!c->since)
        c->since = clock_wall_ms();
    if (++c->read % SAVE_EVERY == 0)
        save(c);
}

void cards_close(struct cards *c)
{
    save(c);
}
