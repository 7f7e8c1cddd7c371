/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps that do something. What must hold afterwards is in expect.c.
 */
#include "tools/scenario/play.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"
#include "model/number.h"
#include "tools/scenario/recorder.h"

#define PATIENCE_MS 20000
#define POLL_MS 30

const char *node_str(const struct json *node, const char *key)
{
    const char *s = json_str(json_member(node, key));

    return s ? s : "";
}

bool node_flag(const struct json *node, const char *key)
{
    return json_bool(json_member(node, key));
}

/* --- the screen --- */

/* Whatever the resident was shown as a case number must be kept for ever: remember it. */
static void note_number(struct play *p, const char *text)
{
    struct case_number n;
    char plain[CASE_NUMBER_LEN + 1];

    if (!case_number_parse(text, &n))
        return;
    case_number_format(&n, plain);
    for (int i = 0; i < p->n_seen; i++)
        if (!strcmp(p->seen[i], plain))
            return;
    if (p->n_seen < SEEN_MAX)
        snprintf(p->seen[p->n_seen++], sizeof p->seen[0], "%s", plain);
}

static void picture(struct play *p, const char *screen)
{
    char path[STAND_PATH_MAX];
    struct err e = {0};

    if (!p->shots || !strcmp(p->screen, screen))
        return;
    snprintf(p->screen, sizeof p->screen, "%s", screen);
    snprintf(path, sizeof path, "%s/%02d-%s.png", p->shots, ++p->n_shots, screen);
    if (stand_frame(p->stand, path, &e) < 0)
        fprintf(stderr, "picture of %s: %s\n", screen, e.text);
}

int play_nodes(struct play *p, struct json **ret_doc, const struct json **ret_nodes, struct err *e)
{
    const struct json *view;
    const char *screen;
    int rc = stand_control(p->stand, PROGRAM_KIOSK, "nodes", ret_doc, e);

    if (rc < 0)
        return rc;
    rc = json_get_obj(*ret_doc, "view", &view, e);
    if (rc >= 0)
        rc = json_get_str(view, "screen", 1, 40, &screen, e);
    if (rc >= 0)
        rc = json_get_arr(view, "nodes", 500, ret_nodes, e);
    if (rc < 0) {
        json_free(*ret_doc);
        return rc;
    }
    picture(p, screen);
    for (size_t i = 0; i < json_len(*ret_nodes); i++)
        note_number(p, node_str(json_at(*ret_nodes, i), "value")), note_number(p, node_str(json_at(*ret_nodes, i), "label"));
    return 0;
}

enum match { MATCH_ID, MATCH_LABEL, MATCH_START };

static bool matches(const struct json *node, const char *what, enum match how)
{
    const char *label = node_str(node, "label");

    switch (how) {
    case MATCH_ID:
        return !strcmp(node_str(node, "id"), what);
    case MATCH_LABEL:
        return !strcmp(label, what);
    case MATCH_START:
        return !strncmp(label, what, strlen(what));
    }
    return false;
}

static bool touchable(const struct json *node)
{
    const char *role = node_str(node, "role");

    return strcmp(role, "text") && strcmp(role, "status") && strcmp(role, "heading") && strcmp(role, "image");
}

/* The one node with that id or label that can be touched; *ret_count says how many there were. */
static const struct json *find(const struct json *nodes, const char *what, int *ret_count)
{
    const struct json *found = NULL;
    enum match how = *what == '#' ? MATCH_ID : MATCH_LABEL;

    if (*what == '#')
        what++;
    for (;; how = MATCH_START) {
        *ret_count = 0;
        for (size_t i = 0; i < json_len(nodes); i++) {
            const struct json *n = json_at(nodes, i);

            if (matches(n, what, how) && touchable(n)) {
                found = n;
                ++*ret_count;
            }
        }
        if (*ret_count || how != MATCH_LABEL)
            return found;
    }
}

static bool wait_dead(struct play *p)
{
    for (int i = 0; i < 100 && stand_alive(p->stand, PROGRAM_KIOSK); i++)
        usleep(POLL_MS * 1000);
    return !stand_alive(p->stand, PROGRAM_KIOSK);
}

static int touch(struct play *p, const struct json *node, struct err *e)
{
    int64_t x = json_int(json_member(node, "x")) + json_int(json_member(node, "w")) / 2;
    int64_t y = json_int(json_member(node, "y")) + json_int(json_member(node, "h")) / 2;
    const char *id = node_str(node, "id");
    char request[64];
    int rc = 0;

    /* a finger does not come down twice on one target within half a second */
    if (!strcmp(p->last_tap, id))
        rc = stand_control(p->stand, PROGRAM_KIOSK, "clock advance 501", NULL, e);
    snprintf(p->last_tap, sizeof p->last_tap, "%s", id);
    snprintf(request, sizeof request, "down %d %d", (int)x, (int)y);
    if (rc >= 0)
        rc = stand_control(p->stand, PROGRAM_KIOSK, request, NULL, e);
    snprintf(request, sizeof request, "up %d %d", (int)x, (int)y);
    if (rc >= 0)
        rc = stand_control(p->stand, PROGRAM_KIOSK, request, NULL, e);
    /* a program that was told to die in the middle of it does not answer */
    return p->doomed && rc == -ERR_GONE && wait_dead(p) ? 0 : rc;
}

static int tap(struct play *p, const char *what, struct err *e)
{
    struct json *doc = NULL;
    const struct json *nodes, *node = NULL;
    int count = 0, rc = 0;

    for (int waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
        rc = play_nodes(p, &doc, &nodes, e);
        if (rc < 0)
            return rc;
        node = find(nodes, what, &count);
        if (count == 1 && node_flag(node, "enabled"))
            break;
        json_free(doc);
        doc = NULL;
        usleep(POLL_MS * 1000);
    }
    if (!doc)
        return err_set(e, ERR_NOTFOUND,
                       count == 1 ? "%s is off"
                       : count    ? "%s stands there more than once"
                                  : "no %s to touch",
                       what);
    rc = touch(p, node, e);
    json_free(doc);
    return rc;
}

/* Key by key, as a finger would. */
static int type(struct play *p, const char *text, struct err *e)
{
    const char *end = text + strlen(text);
    int rc = 0;

    while (rc >= 0 && text < end) {
        char id[24] = "#key.";
        const char *at = text;

        if (utf8_next(&text, end) < 0)
            return err_set(e, ERR_INVALID, "the text is not UTF-8");
        strncat(id, at, (size_t)(text - at));
        rc = tap(p, id, e);
    }
    return rc;
}

/* --- devices and programs --- */

static int desk(struct play *p, struct err *e, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static int desk(struct play *p, struct err *e, const char *fmt, ...)
{
    char words[STAND_PATH_MAX + 64];
    struct buf out;
    va_list ap;
    int rc;

    va_start(ap, fmt);
    vsnprintf(words, sizeof words, fmt, ap);
    va_end(ap);
    rc = stand_desk(p->stand, words, &out, e);
    buf_finish(&out);
    return rc;
}

static int card(struct play *p, const struct step *st, struct err *e)
{
    if (!strcmp(st->words[0], "lift"))
        return desk(p, e, "card lift");
    if (st->n != 2)
        return err_set(e, ERR_INVALID, "card place NAME, or card lift");
    return desk(p, e, "card place %s/tests/cards/%s.txt", p->stand->opt.source, st->words[1]);
}

static int device(struct play *p, const struct step *st, struct err *e)
{
    if (strcmp(st->words[0], "disk"))
        return st->n > 2 ? desk(p, e, "%s %s %s", st->words[0], st->words[1], st->words[2])
                         : desk(p, e, "%s %s", st->words[0], st->words[1]);
    if (!p->stand->page)
        return err_set(e, ERR_STATE, "the recorder is not loaded");
    p->stand->page->disk = !strcmp(st->words[1], "full")       ? DISK_FULL
                           : !strcmp(st->words[1], "io-error") ? DISK_IO_ERROR
                                                               : DISK_OK;
    return 0;
}

static int program_by_name(const char *name)
{
    for (int p = 0; p < PROGRAMS; p++)
        if (!strcmp(stand_program_name((enum program)p), name))
            return p;
    return -1;
}

static int start_program(struct play *p, int program, struct err *e)
{
    if (program < 0)
        return err_set(e, ERR_INVALID, "there is no such program");
    p->last_tap[0] = 0;
    p->doomed = false;
    return stand_run_program(p->stand, (enum program)program, e);
}

static int kill_program(struct play *p, const struct step *st, struct err *e)
{
    int program = program_by_name(st->words[0]);

    if (program < 0)
        return err_set(e, ERR_INVALID, "there is no program %s", st->words[0]);
    if (st->n == 1) {
        stand_kill(p->stand, (enum program)program);
        return 0;
    }
    if (st->n != 4 || !p->stand->page)
        return err_set(e, ERR_INVALID, "kill NAME, kill kiosk at sync N, or kill kiosk at write N");
    uint32_t n = (uint32_t)atoi(st->words[3]);
    if (!strcmp(st->words[2], "sync"))
        p->stand->page->kill_sync = p->stand->page->own_syncs + n;
    else
        p->stand->page->kill_write = p->stand->page->own_writes + n;
    p->doomed = true;
    return 0;
}

static int hall(struct play *p, const struct step *st, struct err *e)
{
    char request[64];
    const char *word = st->words[0];

    if (!strcmp(word, "stop")) {
        stand_kill(p->stand, PROGRAM_HALL);
        return 0;
    }
    if (!strcmp(word, "start"))
        return start_program(p, PROGRAM_HALL, e);
    snprintf(request, sizeof request, "fault %s %s", word, st->n > 1 ? st->words[1] : "");
    if (st->n == 1)
        request[strlen(request) - 1] = 0;
    return stand_control(p->stand, PROGRAM_HALL, request, NULL, e);
}

static int power_off(struct play *p)
{
    p->stand->page->cut = 1;
    stand_kill(p->stand, PROGRAM_KIOSK);
    stand_kill(p->stand, PROGRAM_SYNC);
    p->cut = true;
    return 0;
}

static int power_on(struct play *p, struct err *e)
{
    int rc;

    if (!p->cut)
        power_off(p);
    rc = stand_rebuild_disk(p->stand, e);
    p->cut = false;
    if (rc >= 0)
        rc = start_program(p, PROGRAM_KIOSK, e);
    return rc < 0 ? rc : start_program(p, PROGRAM_SYNC, e);
}

static int power(struct play *p, const struct step *st, struct err *e)
{
    struct recorder_page *page = p->stand->page;

    if (!page)
        return err_set(e, ERR_STATE, "the recorder is not loaded");
    if (!strcmp(st->words[0], "on"))
        return power_on(p, e);
    if (st->n == 1)
        return power_off(p);
    if (st->n != 4)
        return err_set(e, ERR_INVALID, "power cut, power cut at sync N, power cut at write N, or power on");
    uint32_t n = (uint32_t)atoi(st->words[3]);
    if (!strcmp(st->words[2], "sync"))
        page->cut_sync = page->syncs + n;
    else
        page->cut_write = page->writes + n;
    return 0;
}

/* --- time --- */

/* "70s", "200ms", "3m", "2h", "1d" in milliseconds; -1 when it is none of them. */
static int64_t duration(const char *text)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
    char *end;
    long n = strtol(text, &end, 10);

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (end != text && !strcmp(end, units[i].unit))
            return n * units[i].ms;
    return -1;
}

static int shift(struct play *p, const char *request, struct err *e)
{
    static const enum program all[] = {PROGRAM_HALL, PROGRAM_SYNC, PROGRAM_KIOSK};
    int rc = 0;

    for (size_t i = 0; rc >= 0 && i < sizeof all / sizeof *all; i++)
        if (stand_alive(p->stand, all[i]))
            rc = stand_control(p->stand, all[i], request, NULL, e);
    return rc;
}

/* A second at a time where seconds count, so that count-downs count. */
static int advance(struct play *p, const char *text, struct err *e)
{
    int64_t left = duration(text);
    char request[64];
    int rc = left < 0 ? err_set(e, ERR_INVALID, "no duration: %s", text) : 0;

    while (rc >= 0 && left > 0) {
        int64_t step = left > 300000 ? left - 300000 : left < 1000 ? left : 1000;

        snprintf(request, sizeof request, "clock advance %lld", (long long)step);
        rc = shift(p, request, e);
        left -= step;
    }
    if (p->stand->opt.wall_ms)
        p->stand->opt.wall_ms += duration(text) > 0 ? duration(text) : 0;
    return rc;
}

static int given_clock(struct play *p, const char *text, struct err *e)
{
    char request[64];
    int64_t ms;
    int rc = clock_parse_rfc3339(text, &ms);

    if (rc < 0)
        return err_set(e, ERR_INVALID, "no time: %s", text);
    p->stand->opt.wall_ms = ms;
    snprintf(request, sizeof request, "clock set %lld", (long long)ms);
    return shift(p, request, e);
}

int play_givens(const struct script *script, struct stand_options *opt, struct err *e)
{
    for (int i = 0; i < script_steps(script); i++) {
        const struct step *st = script_step(script, i);
        const char *value = st->n > 1 ? st->words[1] : "";
        int rc = 0;

        if (st->verb != VERB_GIVEN)
            continue;
        if (!strcmp(st->words[0], "catalogue"))
            snprintf(opt->catalogue, sizeof opt->catalogue, strchr(value, '/') ? "%s/%s" : "%s/assets/catalog/%s",
                     opt->source, value);
        else if (!strcmp(st->words[0], "reader"))
            snprintf(opt->reader, sizeof opt->reader, "%s", value);
        else if (!strcmp(st->words[0], "printer"))
            snprintf(opt->printer, sizeof opt->printer, "%s", value);
        else if (!strcmp(st->words[0], "ticket"))
            snprintf(opt->ticket, sizeof opt->ticket, "%s", value);
        else if (!strcmp(st->words[0], "clock"))
            rc = opt->wall_ms ? 0 : clock_parse_rfc3339(value, &opt->wall_ms);
        else
            rc = err_set(e, ERR_INVALID, "line %d: nothing is known of a given %s", st->line, st->words[0]);
        if (rc < 0)
            return err_wrap(e, rc, "line %d", st->line);
    }
    return 0;
}

/* What a kiosk-sync in wrong hands could do: put files that once were valid where kiosk looks for new ones. */
static int publish_kept(struct play *p, struct err *e)
{
    const char *kept = stand_path(p->stand, "kept"), *incoming = stand_path(p->stand, "term/sync/incoming");

    stand_kill(p->stand, PROGRAM_SYNC);
    return stand_replace(kept, incoming, e);
}

/* The newest manifest with a signature that is well formed and by nobody: one bit of it is another. */
static int publish_forged(struct play *p, struct err *e)
{
    const char *path = stand_path(p->stand, "term/sync/incoming/catalog.sig");
    struct buf text;
    int rc;

    stand_kill(p->stand, PROGRAM_SYNC);
    rc = fs_read(path, 64 * 1024, &text, e);
    if (rc >= 0 && text.len > 24) {
        uint8_t *digit = text.data + text.len - 12;
        *digit = *digit == '0' ? '1' : '0';
        rc = fs_write_atomic(path, text.data, text.len, 0644, e);
    }
    buf_finish(&text);
    return rc;
}

static int publish(struct play *p, const struct step *st, struct err *e)
{
    char items[STAND_PATH_MAX];

    if (!strcmp(st->words[0], "keep"))
        return stand_replace(stand_path(p->stand, "term/sync/incoming"), stand_path(p->stand, "kept"), e);
    if (!strcmp(st->words[0], "kept"))
        return publish_kept(p, e);
    if (!strcmp(st->words[0], "forged"))
        return publish_forged(p, e);
    snprintf(items, sizeof items, "%s/%s", p->stand->opt.source, st->words[0]);
    return stand_publish(p->stand, items, st->n > 1 ? st->words[1] : "2", e);
}

/* A disk image taken and written back: the same terminal, certificate and journal a second time. */
static int disk(struct play *p, const struct step *st, struct err *e)
{
    bool save = !strcmp(st->words[0], "save");
    const char *term = stand_path(p->stand, "term"), *saved = stand_path(p->stand, "saved");

    if (!save && strcmp(st->words[0], "restore"))
        return err_set(e, ERR_INVALID, "disk save, or disk restore");
    stand_kill(p->stand, PROGRAM_KIOSK);
    stand_kill(p->stand, PROGRAM_SYNC);
    return stand_replace(save ? term : saved, save ? saved : term, e);
}

static int wait_real(const char *text, struct err *e)
{
    int64_t ms = duration(text);

    if (ms < 0)
        return err_set(e, ERR_INVALID, "no duration: %s", text);
    usleep((useconds_t)ms * 1000);
    return 0;
}

static int step(struct play *p, const struct step *st, struct err *e)
{
    char request[64];

    switch (st->verb) {
    case VERB_TITLE:
    case VERB_INCLUDE: /* replaced by its steps when the file was read */
    case VERB_AT:
        return 0;
    case VERB_GIVEN: /* the others were given before the stand was made */
        return strcmp(st->words[0], "clock") ? 0 : given_clock(p, st->words[1], e);
    case VERB_CARD:
        return card(p, st, e);
    case VERB_TAP:
        return tap(p, st->words[0], e);
    case VERB_TYPE:
        return type(p, st->words[0], e);
    case VERB_KEY:
        snprintf(request, sizeof request, "key %s", st->words[0]);
        return stand_control(p->stand, PROGRAM_KIOSK, request, NULL, e);
    case VERB_WAIT:
        return wait_real(st->words[0], e);
    case VERB_ADVANCE:
        return advance(p, st->words[0], e);
    case VERB_DEVICE:
        return device(p, st, e);
    case VERB_DISK:
        return disk(p, st, e);
    case VERB_HALL:
        return hall(p, st, e);
    case VERB_PUBLISH:
        return publish(p, st, e);
    case VERB_KILL:
        return kill_program(p, st, e);
    case VERB_START:
        return start_program(p, program_by_name(st->words[0]), e);
    case VERB_POWER:
        return power(p, st, e);
    case VERB_EXPECT:
        return expect_step(p, st, e);
    }
    return err_set(e, ERR_INVALID, "unknown step");
}

/* The recorder cuts the power inside a program; the other one is then without power too. */
static bool power_gone(struct play *p)
{
    if (!p->stand->page || !p->stand->page->cut)
        return false;
    if (!p->cut)
        power_off(p);
    return true;
}

int play_steps(struct play *p, int from, int to, bool until_cut, struct err *e)
{
    for (int i = from; i < to; i++) {
        const struct step *st = script_step(p->script, i);
        struct err why = {0};
        int rc = step(p, st, &why);

        if (until_cut && power_gone(p))
            return 0;
        if (rc < 0)
            return err_set(e, (enum err_code) - rc, "line %d: %s", st->line, why.text);
    }
    return 0;
}

void play_finish(struct play *p)
{
    json_free(p->opened);
}
