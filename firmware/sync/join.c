/* SPDX-License-Identifier: Apache-2.0
 *
 * See join.h.
 */
#include "sync/join.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/line.h"
#include "base/log.h"
#include "sync/backoff.h"
#include "sync/enrol.h"
#include "wire/enrol.h"

#define LOOK_MS 1000
#define UNREACHED_MAX_MS 30000
#define REFUSED_MS (10 * 60 * 1000)
#define PATH_CAP 512

struct join {
    struct join_config config;
    struct loop *loop;
    struct loop_timer *look;
    struct line *kiosk;
    struct backoff backoff;
    int64_t next_mono; /* no try before */
    ino_t sheet;       /* the one that was tried last: another file is another sheet */
    struct timespec sheet_at;
    const char *says;
};

static bool path_of(const struct join *j, const char *name, char out[PATH_CAP])
{
    return fs_join(out, PATH_CAP, j->config.data, name) == 0;
}

static bool there(const struct join *j, const char *name)
{
    char path[PATH_CAP];

    return path_of(j, name, path) && access(path, F_OK) == 0;
}

/* --- kiosk --- */

static void say(struct join *j, const char *what)
{
    j->says = what;
    if (j->kiosk)
        line_sendf(j->kiosk, "enrol %s", what);
}

static void on_kiosk(void *ctx, struct line *c, char *text)
{
    struct join *j = ctx;

    if (!text) {
        line_destroy(c);
        j->kiosk = NULL;
    } else if (!strcmp(text, "enrol now")) {
        j->next_mono = 0;
        loop_timer_start(j->look, 0);
    }
}

static void connect_kiosk(struct join *j)
{
    int fd;

    if (j->kiosk || line_connect(j->config.kiosk_path, &fd, NULL) < 0)
        return;
    j->kiosk = line_create(j->loop, fd, on_kiosk, j);
    line_send(j->kiosk, "hello enrol");
    if (j->says)
        say(j, j->says);
}

/* --- the hall --- */

static void failed(struct join *j, int rc, const struct err *e)
{
    bool refused = rc == -ERR_REFUSED, stranger = rc == -ERR_SIGNATURE || rc == -ERR_KEY;
    int64_t wait = refused || stranger ? REFUSED_MS : backoff_next(&j->backoff);

    log_warn("sync", "not enrolled yet: %s", e->text);
    if (!refused && !stranger && wait > UNREACHED_MAX_MS)
        wait = UNREACHED_MAX_MS;
    j->next_mono = clock_mono_ms() + wait;
    say(j, refused ? "refused" : stranger ? "stranger" : "unreached");
}

static int enrol(struct join *j, struct err *e)
{
    char sheet[PATH_CAP];
    const struct sync_enrolment how = {
        .sheet_path = sheet, .data_dir = j->config.data, .built_ms = j->config.built_ms, .hand_over = true};

    if (!path_of(j, ENROL_SHEET, sheet))
        return err_set(e, ERR_TOOLONG, "%s", j->config.data);
    int rc = j->config.take(j->config.ctx, e);
    return rc < 0 ? rc : sync_enrol(&how, e);
}

static void attempt(struct join *j)
{
    struct err e = {0};

    say(j, "asked");
    int rc = enrol(j, &e);
    if (rc < 0)
        failed(j, rc, &e);
    else
        log_info("sync", "the hall has enrolled this terminal");
}

static bool due(struct join *j)
{
    char path[PATH_CAP];
    struct stat st;

    if (!path_of(j, ENROL_SHEET, path) || stat(path, &st) < 0 || !there(j, ENROL_REQUEST))
        return false;
    if (st.st_ino != j->sheet || st.st_mtim.tv_sec != j->sheet_at.tv_sec || st.st_mtim.tv_nsec != j->sheet_at.tv_nsec) {
        j->sheet = st.st_ino;
        j->sheet_at = st.st_mtim;
        j->next_mono = 0;
        backoff_reset(&j->backoff);
    }
    return clock_mono_ms() >= j->next_mono;
}

static void look(void *ctx)
{
    struct join *j = ctx;

    if (there(j, "terminal.json")) {
        j->config.joined(j->config.ctx);
        return;
    }
    loop_timer_start(j->look, LOOK_MS);
    connect_kiosk(j);
    if (!there(j, ENROL_GIVEN_TERMINAL) && due(j))
        attempt(j);
    if (there(j, ENROL_GIVEN_TERMINAL))
        say(j, "given"); /* again and again, until kiosk has taken it */
}

int join_create(struct loop *loop, const struct join_config *config, struct join **ret, struct err *e)
{
    struct join *j = calloc(1, sizeof *j);

    if (!j)
        return err_set(e, ERR_NOMEM, "enrol");
    j->config = *config;
    j->loop = loop;
    j->look = loop_add_timer(loop, look, j);
    loop_timer_start(j->look, 0);
    *ret = j;
    return 0;
}

void join_destroy(struct join *j)
{
    if (!j)
        return;
    line_destroy(j->kiosk);
    loop_timer_remove(j->look);
    free(j);
}

void join_clear(const char *data)
{
    static const char *const left[] = {"sync/tls.new.pem", "sync/ca.new.crt", ENROL_GIVEN_ROOT, ENROL_GIVEN_ROOT_SIG,
                                       ENROL_GIVEN_TERMINAL};
    char path[PATH_CAP];

    if (fs_join(path, sizeof path, data, ENROL_GIVEN_TERMINAL) < 0 || access(path, F_OK) < 0)
        return; /* it was enrolled otherwise: nothing here is ours */
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (fs_join(path, sizeof path, data, left[i]) == 0 && unlink(path) < 0 && access(path, F_OK) == 0)
            log_warn("sync", "%s cannot be removed", path);
}
