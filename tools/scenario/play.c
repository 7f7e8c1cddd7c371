/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps that do something. What must hold afterwards is in expect.c.
 */
#include "tools/scenario/play.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"
#include "model/number.h"
#include "model/strings.h"
#include "tools/scenario/disk_log.h"
#include "tools/scenario/helper.h"

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
    if (!strcmp(st->words[0], "clock"))
        return play_set_clock(p, st->words[1], false, e);
    if (strcmp(st->words[0], "disk"))
        return st->n > 2 ? desk(p, e, "%s %s %s", st->words[0], st->words[1], st->words[2])
                         : desk(p, e, "%s %s", st->words[0], st->words[1]);
    if (!p->stand->page)
        return err_set(e, ERR_STATE, "the disk log is not loaded");
    p->stand->page->disk = !strcmp(st->words[1], "full")       ? DISK_FULL
                           : !strcmp(st->words[1], "io-error") ? DISK_IO_ERROR
                                                               : DISK_OK;
    p->stand->page->slow_ms = !strcmp(st->words[1], "slow") && st->n > 2 ? (uint32_t)atoi(st->words[2]) : 0;
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

    if (helper_known(st->words[0]))
        return helper_signal(p->stand, st->words[0], SIGKILL, e);
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

/* "2026-01-05T11:00:00+08:00" of the stand's clock. */
static void stand_time(const struct play *p, int64_t ahead_ms, char out[CLOCK_RFC3339_LEN + 1])
{
    clock_format_rfc3339((p->stand->opt.wall_ms ? p->stand->opt.wall_ms : clock_wall_ms()) + ahead_ms, out);
}

/* What the windows do, by their own command: hall call QUEUE [NUMBER], hall pause QUEUE DURATION REASON, hall close
 * QUEUE WORD, hall resume QUEUE. */
static int window(struct play *p, const struct step *st, struct err *e)
{
    const char *data = stand_path(p->stand, "hall"), *word = st->words[0];
    char at[CLOCK_RFC3339_LEN + 1], until[CLOCK_RFC3339_LEN + 1];
    int64_t ms = st->n > 2 ? play_duration(st->words[2]) : 0;
    struct buf out;
    int rc;

    if (st->n < 2 || (!strcmp(word, "pause") && (st->n != 4 || ms < 0)) || (!strcmp(word, "close") && st->n != 3))
        return err_set(
            e, ERR_INVALID,
            "hall call QUEUE [NUMBER], hall pause QUEUE DURATION REASON, hall close QUEUE WORD, hall resume QUEUE");
    stand_time(p, 0, at);
    stand_time(p, ms, until);
    if (!strcmp(word, "call") && st->n > 2)
        rc = stand_command(p->stand, &out, e, "hallctl", "queue", word, "--data", data, "--office", "1103", "--queue",
                           st->words[1], "--at", at, "--number", st->words[2], NULL);
    else if (!strcmp(word, "call"))
        rc = stand_command(p->stand, &out, e, "hallctl", "queue", word, "--data", data, "--office", "1103", "--queue",
                           st->words[1], "--at", at, NULL);
    else if (!strcmp(word, "pause"))
        rc = stand_command(p->stand, &out, e, "hallctl", "queue", word, "--data", data, "--office", "1103", "--queue",
                           st->words[1], "--until", until, "--reason", st->words[3], NULL);
    else if (!strcmp(word, "close"))
        rc = stand_command(p->stand, &out, e, "hallctl", "queue", word, "--data", data, "--office", "1103", "--queue",
                           st->words[1], "--reason-word", st->words[2], NULL);
    else
        rc = stand_command(p->stand, &out, e, "hallctl", "queue", word, "--data", data, "--office", "1103", "--queue",
                           st->words[1], NULL);
    buf_finish(&out);
    return rc;
}

int play_give_hall(struct play *p, struct err *e)
{
    return getuid() == 0 ? stand_give_hall(p->stand, e) : 0;
}

/* By central staff: hall rotate ROLE…, hall revoke REASON. */
static int staff(struct play *p, const struct step *st, struct err *e)
{
    const char *data = stand_path(p->stand, "hall"), *keys = stand_path(p->stand, "keys"), *word = st->words[0];
    const char *role[3] = {st->n > 1 ? st->words[1] : NULL, st->n > 2 ? st->words[2] : NULL,
                           st->n > 3 ? st->words[3] : NULL};
    struct buf out;
    int rc;

    if (!strcmp(word, "rotate"))
        rc = stand_command(p->stand, &out, e, "hallctl", "keys", "rotate", "--keys", keys, "--data", data, role[0], role[1],
                           role[2], NULL);
    else if (!strcmp(word, "revoke") && st->n == 2)
        rc = stand_command(p->stand, &out, e, "hallctl", "terminal", "revoke", "t-1103-003", "--data", data, "--reason",
                           role[0], NULL);
    else
        return err_set(e, ERR_INVALID, "hall rotate [ROLE…], hall revoke REASON");
    buf_finish(&out);
    return rc < 0 ? rc : play_give_hall(p, e);
}

/* hall backup: a copy is made while it runs. hall restore: that copy takes the place of all that is there, and the hall
 * starts on it. */
static int copy_hall(struct play *p, bool back, struct err *e)
{
    const char *data = stand_path(p->stand, "hall"), *copy = stand_path(p->stand, "hall-copy");
    struct buf out;
    int rc;

    if (back) {
        stand_kill(p->stand, PROGRAM_HALL);
        if (getuid() == 0 && (rc = stand_take_hall(p->stand, e)) < 0)
            return rc;
        rc = stand_command(p->stand, &out, e, "hallctl", "restore", "--from", copy, "--data", data, "--reason",
                           "the disk broke", "--replace", NULL);
    } else {
        rc = stand_command(p->stand, &out, e, "hallctl", "backup", "--data", data, "--out", copy, NULL);
    }
    buf_finish(&out);
    if (rc == 0)
        rc = play_give_hall(p, e);
    return rc < 0 || !back ? rc : start_program(p, PROGRAM_HALL, e);
}

/* The hall's clock alone; the terminal's is wrong then. */
static int hall_clock(struct play *p, const char *text, struct err *e)
{
    char request[64];
    int64_t ms;

    if (clock_parse_rfc3339(text, &ms) < 0)
        return err_set(e, ERR_INVALID, "no time: %s", text);
    snprintf(request, sizeof request, "clock set %lld", (long long)ms);
    return stand_control(p->stand, PROGRAM_HALL, request, NULL, e);
}

static int hall(struct play *p, const struct step *st, struct err *e)
{
    char request[64];
    const char *word = st->words[0];

    if (!strcmp(word, "call") || !strcmp(word, "pause") || !strcmp(word, "resume") || !strcmp(word, "close"))
        return window(p, st, e);
    if (!strcmp(word, "off") || !strcmp(word, "on"))
        return halt_step(p, st, e);
    if (!strcmp(word, "rotate") || !strcmp(word, "revoke"))
        return staff(p, st, e);
    if (!strcmp(word, "clock") && st->n == 2)
        return hall_clock(p, st->words[1], e);
    if (!strcmp(word, "sheet") && st->n == 1)
        return stand_sheet(p->stand, e);
    if (!strcmp(word, "backup") || !strcmp(word, "restore"))
        return copy_hall(p, word[0] == 'r', e);
    if (!strcmp(word, "stop")) {
        stand_kill(p->stand, PROGRAM_HALL);
        return 0;
    }
    if (!strcmp(word, "start"))
        return start_program(p, PROGRAM_HALL, e);
    if (!strcmp(word, "damage") || !strcmp(word, "lose"))
        return publish_spoil(p, st, e);
    snprintf(request, sizeof request, "fault %s %s", word, st->n > 1 ? st->words[1] : "");
    if (st->n == 1)
        request[strlen(request) - 1] = 0;
    return stand_control(p->stand, PROGRAM_HALL, request, NULL, e);
}

/* By a technician, once more, with the sheet that lies there: `anew` must do, `refused` must not while records wait.
 * `sheet`, `wrong-sheet`: the stick's installer leaves it, and the terminal enrols itself. */
static int enrol(struct play *p, const char *how, struct err *e)
{
    if (!strcmp(how, "sheet") || !strcmp(how, "wrong-sheet"))
        return stand_lay_sheet(p->stand, how[0] == 'w', e);

    const char *sheet = stand_path(p->stand, "sheet.json"), *data = stand_path(p->stand, "term");
    bool anew = !strcmp(how, "anew");
    struct err why = {0};
    struct buf out;
    int rc;

    if (!anew && strcmp(how, "refused"))
        return err_set(e, ERR_INVALID, "enrol anew, refused, sheet or wrong-sheet");
    rc = stand_command(p->stand, &out, &why, "kioskctl", "enrol", "--sheet", sheet, "--data", data, "--anew",
                       anew ? "--undelivered" : NULL, NULL);
    buf_finish(&out);
    if (anew)
        return rc < 0 ? err_set(e, (enum err_code) - rc, "%s", why.text) : 0;
    return rc < 0 && strstr(why.text, "exit 3") ? 0 : err_set(e, ERR_STATE, "it was not refused");
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
    struct disk_log_page *page = p->stand->page;

    if (!page)
        return err_set(e, ERR_STATE, "the disk log is not loaded");
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

/* --- where one stands --- */

/* From here on steps are done at that terminal. */
static int terminal(struct play *p, const char *which, struct err *e)
{
    bool second = !strcmp(which, "2");

    if (!p->stand->opt.second || (!second && strcmp(which, "1")))
        return err_set(e, ERR_INVALID, "terminal 1, terminal 2, and before it: given terminals 2");
    if (second != p->stand->at_second)
        stand_turn(p->stand);
    p->last_tap[0] = '\0';
    p->screen[0] = '\0'; /* its first page is pictured */
    return 0;
}

/* The settings every visit starts with; several add up. "large" is 特大. */
static int given_setting(struct stand_options *opt, const char *kind, const char *value, struct err *e)
{
    const char *word = strcmp(value, "large") ? value : "larger";
    enum language language;
    bool known = strcmp(kind, "mode") ? language_by_tag(value, &language)
                                      : !strcmp(value, "large") || !strcmp(value, "contrast") ||
                                            !strcmp(value, "low-reach") || !strcmp(value, "voice");
    size_t len = strlen(opt->settings);

    if (!known)
        return err_set(e, ERR_INVALID, "there is no %s %s", kind, value);
    snprintf(opt->settings + len, sizeof opt->settings - len, "%s%s", len ? "," : "", word);
    return 0;
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
            snprintf(opt->catalogue, sizeof opt->catalogue, "%s/%s", opt->source, value);
        else if (!strcmp(st->words[0], "reader"))
            snprintf(opt->reader, sizeof opt->reader, "%s", value);
        else if (!strcmp(st->words[0], "printer"))
            snprintf(opt->printer, sizeof opt->printer, "%s", value);
        else if (!strcmp(st->words[0], "ticket"))
            snprintf(opt->ticket, sizeof opt->ticket, "%s", value);
        else if (!strcmp(st->words[0], "language") || !strcmp(st->words[0], "mode"))
            rc = given_setting(opt, st->words[0], value, e);
        else if (!strcmp(st->words[0], "keys") && !strcmp(value, "real"))
            opt->real_keys = true;
        else if (!strcmp(st->words[0], "terminals") && !strcmp(value, "2"))
            opt->second = true;
        else if (!strcmp(st->words[0], "voice") && !*value)
            opt->voice = true;
        else if (!strcmp(st->words[0], "disk") && !strcmp(value, "note"))
            opt->note = true;
        else if (!strcmp(st->words[0], "unenrolled") && (!*value || !strcmp(value, "sheetless")))
            opt->unenrolled = true, opt->sheetless = *value != '\0';
        else if (!strcmp(st->words[0], "clock"))
            rc = opt->wall_ms ? 0 : clock_parse_rfc3339(value, &opt->wall_ms);
        else
            rc = err_set(e, ERR_INVALID, "line %d: nothing is known of a given %s", st->line, st->words[0]);
        if (rc < 0)
            return err_wrap(e, rc, "line %d", st->line);
    }
    return 0;
}

/* What a bad disk, or somebody, does to a file or folder of the terminal. */
static int disk_file(struct play *p, const char *what, const char *name, struct err *e)
{
    char file[STAND_PATH_MAX];

    snprintf(file, sizeof file, "term/%s", name);
    const char *path = stand_path(p->stand, file);
    if (!strcmp(what, "rot"))
        return publish_rot(path, e);
    if (!strcmp(what, "lose"))
        return stand_remove(path, e);
    if (!strcmp(what, "empty"))
        return truncate(path, 0) < 0 ? err_errno(e, "empty %s", path) : 0;
    return err_set(e, ERR_INVALID, "disk save, disk restore [NAME], or disk rot|lose|empty FILE");
}

/* A disk image taken and written back, whole or one name of it: the same terminal, certificate and journal a second time. */
static int disk(struct play *p, const struct step *st, struct err *e)
{
    bool save = !strcmp(st->words[0], "save");
    char term[STAND_PATH_MAX] = "term", saved[STAND_PATH_MAX] = "saved";

    if (!save && strcmp(st->words[0], "restore"))
        return disk_file(p, st->words[0], st->n == 2 ? st->words[1] : "", e);
    if (st->n == 2) {
        snprintf(term, sizeof term, "term/%s", st->words[1]);
        snprintf(saved, sizeof saved, "saved/%s", st->words[1]);
    }
    stand_kill(p->stand, PROGRAM_KIOSK);
    stand_kill(p->stand, PROGRAM_SYNC);
    return stand_replace(stand_path(p->stand, save ? term : saved), stand_path(p->stand, save ? saved : term), e);
}

static int step(struct play *p, const struct step *st, struct err *e)
{
    char request[64];

    if (p->covered && listen_sees(st))
        return err_set(e, ERR_STATE, "the screen is covered");
    switch (st->verb) {
    case VERB_TITLE:
    case VERB_INCLUDE: /* replaced by its steps when the file was read */
    case VERB_AT:
        return 0;
    case VERB_GIVEN: /* before the stand was made; a second clock is set */
        return strcmp(st->words[0], "clock") ? 0 : play_given_clock(p, st->words[1], e);
    case VERB_CARD:
        return card(p, st, e);
    case VERB_TAP:
        return play_tap(p, st->words[0], e);
    case VERB_TYPE:
        return play_type(p, st->words[0], e);
    case VERB_SIGN:
        return play_sign(p, e);
    case VERB_WRITE:
        return play_write(p, st->words[0], e);
    case VERB_KEY:
        snprintf(request, sizeof request, "key %s", st->words[0]);
        return stand_control(p->stand, PROGRAM_KIOSK, request, NULL, e);
    case VERB_COVER:
        p->covered = true;
        return 0;
    case VERB_SAYS:
        return listen_says(p, st->words[0], e);
    case VERB_FIND:
        return listen_find(p, st->words[0], e);
    case VERB_SPELL:
        return listen_spell(p, st->words[0], e);
    case VERB_WAIT:
        p->away = true;
        return play_wait(st->words[0], e);
    case VERB_ADVANCE:
        p->away = st->n == 1; /* "slow": the machine was, and nobody left */
        return play_advance(p, st->words[0], e);
    case VERB_DEVICE:
        return device(p, st, e);
    case VERB_DISK:
        return disk(p, st, e);
    case VERB_HALL:
        return hall(p, st, e);
    case VERB_PUBLISH:
        return publish_step(p, st, e);
    case VERB_SYSTEM:
        return system_step(p, st, e);
    case VERB_WINDOW:
        return window_step(p, st, e);
    case VERB_CASE:
        return play_case(p, st, e);
    case VERB_LICENCE:
        return play_licence(p, st, e);
    case VERB_TERMINAL:
        return terminal(p, st->words[0], e);
    case VERB_REMOTE:
        return remote_step(p, st, e);
    case VERB_COMPLAINT:
        return complaint_step(p, st, e);
    case VERB_KILL:
        return kill_program(p, st, e);
    case VERB_FREEZE:
        return helper_signal(p->stand, st->words[0], SIGSTOP, e);
    case VERB_ENROL:
        return enrol(p, st->words[0], e);
    case VERB_START:
        return start_program(p, program_by_name(st->words[0]), e);
    case VERB_POWER:
        return power(p, st, e);
    case VERB_PRETEND:
        return pretend_step(p, st, e);
    case VERB_CAPTURE:
        return capture_step(p, st, e);
    case VERB_SELFTEST:
        return selftest_step(p, st, e);
    case VERB_READ:
        return read_step(p, st, e);
    case VERB_SHOT:
        return shot_step(p, st->words[0], e);
    case VERB_EXPECT:
        return expect_step(p, st, e);
    }
    return err_set(e, ERR_INVALID, "unknown step");
}

/* Touches are told where the finger comes down. */
static void tell_hands(FILE *hands, const struct step *st)
{
    if (st->verb == VERB_CARD && st->n == 2)
        fprintf(hands, "card place tests/cards/%s.txt\n", st->words[1]);
    else if (st->verb == VERB_CARD)
        fprintf(hands, "card lift\n");
    else if (st->verb == VERB_EXPECT && !strcmp(st->words[0], "screen"))
        fprintf(hands, "screen %s\n", st->words[1]);
}

/* The disk log cuts the power inside a program; the other one is then without power too. */
static bool power_gone(struct play *p)
{
    if (!p->stand->page || !p->stand->page->cut)
        return false;
    if (!p->cut)
        power_off(p);
    return true;
}

/* Whatever happens, or is waited for, may be followed by another application. */
static void forget_opened(struct play *p, const struct step *st)
{
    if (st->verb == VERB_EXPECT && st->n > 1 && !strcmp(st->words[0], "hall") && !strcmp(st->words[1], "field"))
        return;
    json_free(p->opened);
    p->opened = NULL;
}

static int failed(const struct step *st, int rc, const struct err *why, struct err *e)
{
    return err_set(e, (enum err_code) - rc, "line %d: %s", st->line, why->text);
}

/* At the hall they go on without the terminal's power: what they publish does not depend on when it failed. */
static int publish_rest(struct play *p, int from, int to, struct err *e)
{
    for (int i = from; i < to; i++) {
        const struct step *st = script_step(p->script, i);
        struct err why = {0};
        int rc = st->verb == VERB_PUBLISH ? step(p, st, &why) : 0;

        if (rc < 0)
            return failed(st, rc, &why, e);
    }
    return 0;
}

int play_steps(struct play *p, int from, int to, bool until_cut, struct err *e)
{
    for (int i = from; i < to; i++) {
        const struct step *st = script_step(p->script, i);
        struct err why = {0};
        int rc;

        forget_opened(p, st);
        rc = step(p, st, &why);
        if (rc >= 0 && p->hands)
            tell_hands(p->hands, st);

        if (until_cut && power_gone(p))
            return publish_rest(p, i + 1, to, e);
        if (rc < 0)
            return failed(st, rc, &why, e);
    }
    return 0;
}

void play_finish(struct play *p)
{
    json_free(p->opened);
}
