/* SPDX-License-Identifier: Apache-2.0
 *
 * See logs_desk.h.
 */
#include "kiosk/logs_desk.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"

#define LOOK_MS 1000
#define LOOKS_MAX 360 /* root's part ends after five minutes, if it is there at all */
#define STATUS_MAX 512

struct logs_desk {
    struct loop_timer *look;
    void (*told)(void *ctx);
    void *ctx;
    char go[PATH_MAX], hall[PATH_MAX], status[PATH_MAX];
    char before[STATUS_MAX]; /* what stood there when it was asked: no answer */
    struct logs_facts facts;
    int looks;
};

/* "": nothing has been said. */
static void read_status(const struct logs_desk *d, char out[STATUS_MAX])
{
    struct buf b;

    out[0] = '\0';
    if (fs_read(d->status, STATUS_MAX - 1, &b, NULL) == 0)
        text_copy(out, STATUS_MAX, buf_str(&b));
    buf_finish(&b);
}

/* "done 318 1796008958 tongban-t-1.txt": false, and it is not whole yet. */
static bool understand(const char *text, struct logs_facts *ret)
{
    static const char *const words[] = {
        [LOGS_WORKING] = "working", [LOGS_DONE] = "done", [LOGS_NO_STICK] = "no-stick", [LOGS_FULL] = "full"};
    struct logs_facts f = {.state = LOGS_BROKEN};
    char state[16];

    if (!strchr(text, '\n') || sscanf(text, "%15s %9d %*s %79s", state, &f.kb, f.file) < 2)
        return false;
    for (size_t i = LOGS_WORKING; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i], state))
            f.state = (enum logs_state)i;
    *ret = f;
    return true;
}

static void end(struct logs_desk *d, enum logs_state how)
{
    d->facts.state = how;
    unlink(d->go);
    d->told(d->ctx);
}

static void on_look(void *ctx)
{
    struct logs_desk *d = ctx;
    char text[STATUS_MAX];

    read_status(d, text);
    if (text[0] && strcmp(text, d->before) != 0 && understand(text, &d->facts) && d->facts.state != LOGS_WORKING) {
        d->told(d->ctx);
        return;
    }
    d->facts.state = LOGS_WORKING;
    if (++d->looks < LOOKS_MAX)
        loop_timer_start(d->look, LOOK_MS);
    else
        end(d, LOGS_NOBODY);
}

void logs_desk_ask(struct logs_desk *d)
{
    struct err e = {0};

    if (d->facts.state == LOGS_WORKING)
        return;
    read_status(d, d->before);
    d->facts = (struct logs_facts){.state = LOGS_WORKING};
    d->looks = 0;
    if (fs_write_atomic(d->go, "stick\n", 6, 0644, &e) < 0) {
        log_error("kiosk", "%s", e.text);
        end(d, LOGS_BROKEN);
        return;
    }
    loop_timer_start(d->look, LOOK_MS);
    d->told(d->ctx);
}

int logs_desk_for_hall(struct logs_desk *d, const uint8_t id[ACT_ID_LEN], struct err *e)
{
    char line[2 * ACT_ID_LEN + 2];

    hex_encode(id, ACT_ID_LEN, line);
    line[2 * ACT_ID_LEN] = '\n';
    return fs_write_atomic(d->hall, line, 2 * ACT_ID_LEN + 1, 0644, e);
}

void logs_desk_facts(const struct logs_desk *d, struct logs_facts *ret)
{
    *ret = d->facts;
}

struct logs_desk *logs_desk_create(struct loop *l, const char *run, void (*told)(void *ctx), void *ctx)
{
    struct logs_desk *d = calloc(1, sizeof *d);

    must(d, "out of memory");
    d->told = told;
    d->ctx = ctx;
    must(fs_join(d->go, sizeof d->go, run, "logs-go") == 0 && fs_join(d->hall, sizeof d->hall, run, "logs-hall") == 0 &&
             snprintf(d->status, sizeof d->status, "%s-logs/status", run) < (int)sizeof d->status,
         "the socket's folder has a path that is too long");
    unlink(d->go); /* of a kiosk that ended in between */
    d->look = loop_add_timer(l, on_look, d);
    return d;
}

void logs_desk_destroy(struct logs_desk *d)
{
    if (!d)
        return;
    loop_timer_remove(d->look);
    free(d);
}
