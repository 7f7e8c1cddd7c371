/* SPDX-License-Identifier: Apache-2.0
 *
 * The resident of the chaos. He knows no plan that a kill could spoil: what the screen is decides what he touches next, and
 * whatever number he sees is written down.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "tools/scenario/chaos_parts.h"

#define LOOK_MS 20
#define STILL_MAX 60                                 /* a minute each; then it leads nowhere */
#define CARD_MS 2000                                 /* a card that lies there for so long is laid down anew */
#define ITEM "#item.11110105MB0A0000294002011901000" /* of tests/catalogues/any-card */
#define MOBILE "13812345678"                         /* no digit twice in a row: one touch after the other counts */

/* --- what stands on the screen ---------------------------------------------------------------------------------------- */

/* "1103 003 261119 00027 8" without its spaces, whatever its check digit; "A 032", "A03-001" as they are. */
static const char *number_kind(const char *text, char out[24])
{
    size_t n = 0, digits = 0;

    if (*text >= 'A' && *text <= 'Z' && strlen(text) >= 4 && strlen(text) < 12 &&
        strspn(text + 1, " -0123456789") == strlen(text + 1)) {
        snprintf(out, 24, "%s", text);
        return "ticket";
    }
    for (; *text; text++) {
        if (*text >= '0' && *text <= '9')
            digits++;
        else if (*text != ' ')
            return NULL;
        if (*text != ' ' && n < 23)
            out[n++] = *text;
    }
    out[n] = 0;
    return digits == 19 ? "case" : NULL;
}

static void note(struct chaos *c, const char *text)
{
    char number[24];
    const char *kind = number_kind(text, number);

    for (int i = 0; kind && i < c->n_numbers; i++)
        if (!strcmp(c->numbers[i], number))
            return;
    if (!kind || c->n_numbers == CHAOS_NUMBERS_MAX)
        return;
    memcpy(c->numbers[c->n_numbers++], number, sizeof number);
    fprintf(c->shown, "%s\t%s\n", kind, number);
    fflush(c->shown);
    *(*kind == 't' ? &c->sum->tickets : &c->sum->applications) += 1;
}

/* Called numbers and sample texts stand elsewhere: here a number is somebody's own. */
static bool shows_numbers(const char *screen)
{
    static const char *const screens[] = {"success",        "ticket",          "trouble-paper",
                                          "trouble-ticket", "trouble-unknown", "recovery"};

    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++)
        if (!strcmp(screens[i], screen))
            return true;
    return false;
}

/* -ERR_GONE: kiosk is dead. *ret_doc is owned by the caller. */
static int look(struct chaos *c, struct json **ret_doc, const struct json **ret_nodes, struct err *e)
{
    int rc = play_nodes(&c->play, ret_doc, ret_nodes, e);
    const char *screen;

    if (rc < 0)
        return rc;
    screen = node_str(json_member(*ret_doc, "view"), "screen");
    if (strcmp(screen, c->screen))
        c->still = c->stills = 0;
    snprintf(c->screen, sizeof c->screen, "%s", screen);
    for (size_t i = 0; shows_numbers(screen) && i < json_len(*ret_nodes); i++) {
        note(c, node_str(json_at(*ret_nodes, i), "label"));
        note(c, node_str(json_at(*ret_nodes, i), "value"));
    }
    return 0;
}

/* --- the resident ------------------------------------------------------------------------------------------------------ */

static const struct json *find(const struct json *nodes, const char *what)
{
    for (size_t i = 0; i < json_len(nodes); i++) {
        const struct json *n = json_at(nodes, i);
        const char *role = node_str(n, "role");

        if (node_flag(n, "enabled") && strcmp(role, "text") && strcmp(role, "status") && strcmp(role, "heading") &&
            (*what == '#' ? !strcmp(node_str(n, "id"), what + 1) : !strncmp(node_str(n, "label"), what, strlen(what))))
            return n;
    }
    return NULL;
}

/* Up may be the last thing kiosk hears: the kill comes while it works on it. */
static int touch(struct chaos *c, const struct json *node, struct err *e)
{
    long long x = json_int(json_member(node, "x")) + json_int(json_member(node, "w")) / 2;
    long long y = json_int(json_member(node, "y")) + json_int(json_member(node, "h")) / 2;
    bool sudden = !c->quiet && !c->armed && chaos_draw(c, 100) < 3;
    char request[64];
    int rc;

    snprintf(request, sizeof request, "down %lld %lld", x, y);
    rc = stand_control(c->stand, PROGRAM_KIOSK, request, NULL, e);
    snprintf(request, sizeof request, "up %lld %lld", x, y);
    if (rc >= 0 && sudden) {
        dprintf(c->stand->control[PROGRAM_KIOSK], "%s\n", request);
        usleep(chaos_draw(c, 8000));
        chaos_kill(c, PROGRAM_KIOSK);
        return -ERR_GONE;
    }
    return rc < 0 ? rc : stand_control(c->stand, PROGRAM_KIOSK, request, NULL, e);
}

static int tap(struct chaos *c, const struct json *nodes, const char *what, bool *ret_done, struct err *e)
{
    const struct json *n = find(nodes, what);

    *ret_done = n != NULL;
    return n ? touch(c, n, e) : 0;
}

static int desk(struct chaos *c, const char *words, struct err *e)
{
    struct buf out;
    int rc = stand_desk(c->stand, words, &out, e);

    buf_finish(&out);
    return rc;
}

static int lay_card(struct chaos *c, bool down, struct err *e)
{
    char words[STAND_PATH_MAX + 64];

    if (c->card == down && (!down || clock_mono_ms() - c->card_ms < CARD_MS))
        return 0;
    c->card = down && !c->card; /* one that lies there too long is lifted first */
    c->card_ms = clock_mono_ms();
    snprintf(words, sizeof words, c->card ? "card place %s/tests/cards/resident-r1.txt" : "card lift", c->stand->opt.source);
    return desk(c, words, e);
}

static int type_mobile(struct chaos *c, const struct json *nodes, struct err *e)
{
    char key[] = "#key.0";
    bool done = true;
    int rc = 0;

    for (const char *digit = MOBILE; rc >= 0 && done && *digit; digit++) {
        key[5] = *digit;
        rc = tap(c, nodes, key, &done, e);
    }
    return rc;
}

static int fill(struct chaos *c, const struct json *nodes, struct err *e)
{
    bool done;
    int rc = 0;

    if (find(nodes, "#key.1"))
        rc = type_mobile(c, nodes, e);
    return rc < 0 ? rc : tap(c, nodes, find(nodes, "#key.1") ? "#next" : "#mobile", &done, e);
}

/* What each screen leads to; one of those that are there. Several words of one kind: the likelier. */
static const struct habit {
    const char *screen, *taps[8];
} habits[] = {
    {"idle", {"#start"}},
    {"recovery", {"#close"}},
    {"home", {"#queue", "#queue", ITEM, ITEM, ITEM, "#end"}},
    {"queue", {"#queue.general", "#queue.insurance", "#queue.priority"}},
    {"ticket", {"#took", "#took", "#no-paper"}},
    {"item", {"#apply"}},
    {"licences", {"#more", "#next", "#next", "#bring-all", "#retry"}},
    {"review", {"#more", "#consent", "#submit", "#submit"}},
    {"success", {"#finish", "#finish", "#finish", "#another", "#no-paper"}},
    {"rating", {"#close", "#rate.5", "#rate.4", "#skip"}},
    {"trouble-paper", {"#noted", "#print"}},
    {"trouble-unknown", {"#took", "#print"}},
    {"trouble-ticket", {"#keep", "#keep", "#void", "#noted", "#print"}},
    {"trouble-card", {"#retry"}},
    {"trouble-storage", {"#retry", "#end"}},
    {"timeout", {"#more-time", "#leave"}},
    {"leave", {"#leave", "#stay"}},
};

static int by_habit(struct chaos *c, const struct json *nodes, bool *ret_done, struct err *e)
{
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        int n = 0, first;

        if (strcmp(habits[i].screen, c->screen))
            continue;
        while (n < 8 && habits[i].taps[n])
            n++;
        first = (int)chaos_draw(c, (unsigned)n);
        for (int k = 0; k < n; k++)
            if (find(nodes, habits[i].taps[(first + k) % n]))
                return tap(c, nodes, habits[i].taps[(first + k) % n], ret_done, e);
    }
    return 0;
}

/* He has seen what there is to see, and nobody is killed any more. */
static bool has_enough(const struct chaos *c)
{
    return c->quiet && c->sum->applications >= CHAOS_LEAST && c->sum->tickets >= CHAOS_LEAST;
}

/* Nothing to touch, or not yet: real time passes, and in the end the terminal's. */
static int wait_still(struct chaos *c, struct err *e)
{
    usleep(LOOK_MS * 1000);
    if (++c->still < CHAOS_STILL_LOOKS)
        return 0;
    c->still = 0;
    if (++c->stills > STILL_MAX)
        return err_set(e, ERR_STATE, "the screen %s leads nowhere", c->screen);
    c->wall_ms += 60000;
    for (int p = 0; p < PROGRAMS; p++)
        if (p != PROGRAM_DESK && c->stand->pid[p] > 0 &&
            stand_control(c->stand, (enum program)p, "clock advance 60000", NULL, e) < 0)
            return -ERR_GONE;
    return 0;
}

static int act(struct chaos *c, const struct json *nodes, struct err *e)
{
    bool done = false;
    int rc = 0;

    if (!strcmp(c->screen, "card-waiting") || !strcmp(c->screen, "card-reading"))
        rc = lay_card(c, true, e);
    else if (strcmp(c->screen, "trouble-reader"))
        rc = lay_card(c, false, e);
    if (rc >= 0 && !strcmp(c->screen, "form")) {
        done = true;
        rc = fill(c, nodes, e);
    } else if (rc >= 0 && !(has_enough(c) && !strcmp(c->screen, "idle"))) {
        rc = by_habit(c, nodes, &done, e);
    }
    return rc < 0 || done ? rc : wait_still(c, e);
}

int resident_look(struct chaos *c, struct err *e)
{
    const struct json *nodes;
    struct json *doc = NULL;
    int rc = look(c, &doc, &nodes, e);

    if (rc < 0)
        return rc;
    rc = act(c, nodes, e);
    json_free(doc);
    return rc;
}
