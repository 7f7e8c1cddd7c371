/* SPDX-License-Identifier: Apache-2.0
 *
 * See chaos.h. A kill is either sudden, or armed in the disk log to come with a write or a sync of its own.
 */
#include "tools/scenario/chaos.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "tools/scenario/chaos_parts.h"
#include "tools/scenario/disk_log.h"

#define WRITES_MAX 48 /* a visit's records take so many */
#define SYNCS_MAX 10
#define CUT_EVERY 25 /* kills: the disk log begins anew with each cut */
#define SETTLE_MINUTES 120
#define ARMED_LOOKS 300 /* what does not come for so long is given up: nothing is written, or nothing is synced */
#define GONE_MAX 30000  /* and then it never gets there */
#define DELIVERED_MS 100
#define DELIVERED_TRIES 20

/* How kiosk dies; each as likely as another. */
enum way { KILL_NOW, KILL_AT_WRITE, KILL_AT_SYNC, CUT_NOW, CUT_AT_WRITE, CUT_AT_SYNC, WAYS };

unsigned chaos_draw(struct chaos *c, unsigned below)
{
    c->random ^= c->random << 13; /* xorshift64 */
    c->random ^= c->random >> 7;
    c->random ^= c->random << 17;
    return (unsigned)(c->random >> 32) % below;
}

/* --- dying ------------------------------------------------------------------------------------------------------------ */

static int64_t wall_now(const struct chaos *c)
{
    return c->wall_ms + clock_mono_ms() - c->started_ms;
}

static int run(struct chaos *c, enum program p, struct err *e)
{
    c->stand->opt.wall_ms = wall_now(c); /* a dead program's clock goes on */
    c->back[p] = 0;
    return stand_run_program(c->stand, p, e);
}

void chaos_kill(struct chaos *c, enum program p)
{
    stand_kill(c->stand, p);
    c->kills++;
    c->since_cut++;
    *(p == PROGRAM_KIOSK ? &c->sum->kiosk : p == PROGRAM_SYNC ? &c->sum->sync : &c->sum->hall) += 1;
    c->back[p] = p == PROGRAM_KIOSK ? 1 : 1 + (int)chaos_draw(c, 12);
}

static void cut_now(struct chaos *c)
{
    c->stand->page->cut = 1;
    stand_kill(c->stand, PROGRAM_KIOSK);
    stand_kill(c->stand, PROGRAM_SYNC);
}

static void disarm(struct chaos *c)
{
    struct disk_log_page *page = c->stand->page;

    page->cut_sync = page->cut_write = page->kill_sync = page->kill_write = 0;
    c->armed = false;
}

/* The armed one has come, or the power is gone: what follows from it. */
static int fall(struct chaos *c, struct err *e)
{
    struct disk_log_page *page = c->stand->page;
    int rc = 0;

    disarm(c);
    if (page->cut) {
        cut_now(c);
        c->kills++;
        c->sum->power++;
        c->since_cut = 0;
        c->stand->seed = chaos_draw(c, 1u << 24);
        rc = stand_rebuild_disk(c->stand, e);
        c->back[PROGRAM_KIOSK] = c->back[PROGRAM_SYNC] = 1;
    } else if (!c->back[PROGRAM_KIOSK]) {
        chaos_kill(c, PROGRAM_KIOSK);
    }
    return rc;
}

static void arm(struct chaos *c, bool power, bool sync)
{
    struct disk_log_page *page = c->stand->page;
    uint32_t n = 1 + chaos_draw(c, sync ? SYNCS_MAX : WRITES_MAX);

    c->armed = true;
    c->armed_looks = 0;
    if (power && sync)
        page->cut_sync = page->syncs + n;
    else if (power)
        page->cut_write = page->writes + n;
    else if (sync)
        page->kill_sync = page->own_syncs + n;
    else
        page->kill_write = page->own_writes + n;
}

/* Those whose death kiosk outlives. */
static void strike_others(struct chaos *c)
{
    enum program p = chaos_draw(c, 2) ? PROGRAM_SYNC : PROGRAM_HALL;

    if (chaos_draw(c, 100) < 4 && !c->back[p] && c->stand->pid[p] > 0)
        chaos_kill(c, p);
}

/* Before something is touched. True: kiosk is not there any more. */
static bool strike(struct chaos *c)
{
    unsigned how = c->since_cut > CUT_EVERY ? CUT_AT_WRITE : chaos_draw(c, WAYS);

    if (c->quiet)
        return false;
    strike_others(c);
    if (c->armed && ++c->armed_looks > ARMED_LOOKS)
        disarm(c);
    if (c->armed || c->back[PROGRAM_KIOSK] || chaos_draw(c, 100) >= 20)
        return false;
    if (how == CUT_NOW)
        cut_now(c);
    else if (how == KILL_NOW)
        chaos_kill(c, PROGRAM_KIOSK);
    else
        arm(c, how == CUT_AT_WRITE || how == CUT_AT_SYNC, how == CUT_AT_SYNC || how == KILL_AT_SYNC);
    return how == CUT_NOW || how == KILL_NOW;
}

/* Of its own will, or by a fault of its own, no program ends. */
static int alive(struct chaos *c, enum program p, bool *ret_killed, struct err *e)
{
    int status = 0;

    *ret_killed = false;
    if (c->stand->pid[p] <= 0 || waitpid(c->stand->pid[p], &status, WNOHANG) != c->stand->pid[p])
        return 0;
    c->stand->pid[p] = 0;
    *ret_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; /* armed may be what was just disarmed */
    if (*ret_killed)
        return 0;
    return err_set(e, ERR_STATE, "%s ended by itself (%s %d): see logs/%s.log", stand_program_name(p),
                   WIFSIGNALED(status) ? "signal" : "exit", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
                   stand_program_name(p));
}

/* Whoever is dead is noticed, and started when its time has come. */
static int tend(struct chaos *c, struct err *e)
{
    static const enum program all[] = {PROGRAM_HALL, PROGRAM_KIOSK, PROGRAM_SYNC, PROGRAM_DESK};
    bool killed, any = false;
    int rc = 0;

    for (size_t i = 0; rc >= 0 && i < sizeof all / sizeof *all; i++) {
        rc = alive(c, all[i], &killed, e);
        any |= killed;
    }
    if (rc >= 0 && (any || c->stand->page->cut))
        rc = fall(c, e);
    for (size_t i = 0; rc >= 0 && i < sizeof all / sizeof *all; i++)
        if (c->back[all[i]] > 0 && --c->back[all[i]] == 0)
            rc = run(c, all[i], e);
    return rc;
}

/* One look, and what comes of it. -ERR_GONE is the next tend()'s business. */
static int step(struct chaos *c, struct err *e)
{
    struct err why = {0};
    int rc = tend(c, e);

    if (rc < 0)
        return rc;
    if (strike(c) || c->back[PROGRAM_KIOSK])
        return 0;
    rc = resident_look(c, &why);
    c->gone = rc == -ERR_GONE ? c->gone + 1 : 0;
    if (c->gone && c->gone < GONE_MAX)
        usleep(1000); /* it is on its way to the dead */
    else if (rc < 0)
        return err_set(e, (enum err_code) - rc, "%s", why.text);
    return 0;
}

/* --- the end ---------------------------------------------------------------------------------------------------------- */

/* The hall has acknowledged the last record there is. */
static bool delivered(struct chaos *c)
{
    struct json *doc = NULL;
    struct err e = {0};
    struct buf out;
    int rc = stand_command(c->stand, &out, &e, "kioskctl", "status", "--json", "--run", stand_path(c->stand, "run"), NULL);

    if (rc >= 0)
        rc = json_parse(out.data, out.len, out.len, &doc, &e);
    buf_finish(&out);
    bool all = rc >= 0 && json_int(json_member(doc, "last_record")) == json_int(json_member(doc, "acknowledged"));
    json_free(doc);
    return all;
}

static int agree(struct chaos *c, struct err *e)
{
    static const struct step chain = {.verb = VERB_EXPECT, .n = 2, .words = {"chain", "ok"}};

    for (int i = 0; i < DELIVERED_TRIES; i++) {
        if (delivered(c))
            return expect_step(&c->play, &chain, e);
        usleep(DELIVERED_MS * 1000);
    }
    return err_set(e, ERR_TIMEOUT, "not everything is delivered");
}

/* Nobody is killed any more; whoever is in the middle of a visit ends it; what has piled up is delivered. */
static int settle(struct chaos *c, struct err *e)
{
    int rc = 0;

    c->quiet = true;
    for (int p = 0; p < PROGRAMS; p++)
        c->back[p] = c->back[p] ? 1 : 0;
    do
        rc = step(c, e);
    while (rc >= 0 && (strcmp(c->screen, "idle") || c->back[PROGRAM_KIOSK] || c->sum->applications < CHAOS_LEAST ||
                       c->sum->tickets < CHAOS_LEAST));
    for (int i = 0; i < SETTLE_MINUTES; i++) {
        c->still = CHAOS_STILL_LOOKS;
        c->stills = 0;
        if (rc < 0 || (rc = step(c, e)) < 0)
            return rc;
        *e = (struct err){0};
        if (agree(c, e) >= 0)
            return 0;
    }
    return err_wrap(e, -ERR_TIMEOUT, "terminal and hall do not come to agree");
}

int chaos_play(struct stand *s, unsigned seed, int kills, struct chaos_sum *ret, struct err *e)
{
    struct chaos *c = calloc(1, sizeof *c);
    int rc = c ? 0 : err_set(e, ERR_NOMEM, "play");

    *ret = (struct chaos_sum){0};
    if (rc < 0)
        return rc;
    c->stand = s;
    c->play = (struct play){.stand = s};
    c->sum = ret;
    c->random = 0x9E3779B97F4A7C15u ^ ((uint64_t)seed << 17) ^ seed;
    c->wall_ms = s->opt.wall_ms;
    c->started_ms = clock_mono_ms();
    c->shown = fopen(stand_path(s, "shown.tsv"), "we");
    if (!c->shown)
        rc = err_errno(e, "write shown.tsv");
    while (rc >= 0 && c->kills < kills)
        rc = step(c, e);
    if (rc >= 0)
        rc = settle(c, e);
    if (c->shown)
        fclose(c->shown);
    play_finish(&c->play);
    free(c);
    return rc;
}
