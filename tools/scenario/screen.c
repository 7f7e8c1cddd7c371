/* SPDX-License-Identifier: Apache-2.0
 *
 * The screen, as a resident has it: what stands on it, and a finger that touches, types and writes.
 */
#include "tools/scenario/play.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "model/number.h"
#include "tools/scenario/xvfb.h"

#define POLL_MS 30
#define SETTLE_MS 40
#define AIMS_MAX 10
#define BESIDE (-1000) /* of the picture */

const char *node_str(const struct json *node, const char *key)
{
    const char *s = json_str(json_member(node, key));

    return s ? s : "";
}

bool node_flag(const struct json *node, const char *key)
{
    return json_bool(json_member(node, key));
}

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

static int look(struct play *p, struct json **ret_doc, const struct json **ret_nodes, struct err *e)
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

/* "down", "move" or "up": through the display where there is one, as a panel's events come; else by control, which says
 * where the finger has come down: *ret_missed (may be NULL) is set when that is not `id`. */
static int finger(struct play *p, const char *how, int x, int y, const char *id, bool *ret_missed, struct err *e)
{
    struct xvfb *display = p->stand->opt.xvfb;
    struct json *doc;
    char request[64];
    int rc;

    snprintf(request, sizeof request, "%s %d %d", how, x, y);
    if (!display) {
        rc = stand_control(p->stand, PROGRAM_KIOSK, request, &doc, e);
        if (rc < 0)
            return rc;
        if (ret_missed)
            *ret_missed = strcmp(node_str(doc, "on"), id) != 0;
        json_free(doc);
        return rc;
    }
    if (*how == 'd')
        xvfb_press(display, x, y);
    else if (*how == 'm')
        xvfb_move(display, x, y);
    else
        xvfb_release(display, x, y);
    usleep(SETTLE_MS * 1000); /* nobody answers here that it has been seen */
    return 0;
}

/* *ret_missed: something moved it away between the look and the finger, which is then lifted beside it. */
static int touch(struct play *p, const struct json *node, bool *ret_missed, struct err *e)
{
    int64_t x = json_int(json_member(node, "x")) + json_int(json_member(node, "w")) / 2;
    int64_t y = json_int(json_member(node, "y")) + json_int(json_member(node, "h")) / 2;
    const char *id = node_str(node, "id");
    int rc = 0;

    *ret_missed = false;
    /* a finger does not come down twice on one target within half a second */
    if (!strcmp(p->last_tap, id))
        rc = stand_control(p->stand, PROGRAM_KIOSK, "clock advance 501", NULL, e);
    if (rc >= 0)
        rc = finger(p, "down", (int)x, (int)y, id, ret_missed, e);
    if (rc >= 0 && *ret_missed)
        return finger(p, "up", BESIDE, BESIDE, NULL, NULL, e);
    snprintf(p->last_tap, sizeof p->last_tap, "%s", id);
    p->away = false;
    if (rc >= 0 && p->hands)
        fprintf(p->hands, "touch %d,%d\n", (int)x, (int)y);
    if (rc >= 0)
        rc = finger(p, "up", (int)x, (int)y, NULL, NULL, e);
    /* a program that was told to die in the middle of it does not answer */
    return p->doomed && rc == -ERR_GONE && wait_dead(p) ? 0 : rc;
}

int play_nodes(struct play *p, struct json **ret_doc, const struct json **ret_nodes, struct err *e)
{
    bool missed;
    int count, rc = look(p, ret_doc, ret_nodes, e);

    while (rc >= 0 && !p->away && !strcmp(node_str(json_member(*ret_doc, "view"), "screen"), "timeout")) {
        const struct json *more = find(*ret_nodes, "#more-time", &count);

        rc = more ? touch(p, more, &missed, e) : err_set(e, ERR_NOTFOUND, "the time-out page has no #more-time");
        json_free(*ret_doc);
        if (rc >= 0)
            rc = look(p, ret_doc, ret_nodes, e);
    }
    return rc;
}

/* The node once it is there alone and enabled; `*ret_doc` is the caller's to free. */
static int await_node(struct play *p, const char *what, struct json **ret_doc, const struct json **ret, struct err *e)
{
    struct json *doc = NULL;
    const struct json *nodes, *node = NULL;
    int count = 0, rc = 0;

    for (int waited = 0; waited < STAND_PATIENCE_MS; waited += POLL_MS) {
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
    *ret_doc = doc;
    *ret = node;
    return 0;
}

int play_tap(struct play *p, const char *what, struct err *e)
{
    bool missed = true;
    int rc = 0;

    for (int i = 0; rc >= 0 && missed && i < AIMS_MAX; i++) {
        struct json *doc;
        const struct json *node;

        rc = await_node(p, what, &doc, &node, e);
        if (rc < 0)
            break;
        rc = touch(p, node, &missed, e);
        json_free(doc);
    }
    return rc >= 0 && missed ? err_set(e, ERR_STATE, "%s is never where it was seen", what) : rc;
}

/* A finger writes a wave into the box for the signature. */
int play_sign(struct play *p, struct err *e)
{
    struct json *doc;
    const struct json *node;
    int rc = await_node(p, "#signature", &doc, &node, e);

    if (rc < 0)
        return rc;
    int x = (int)json_int(json_member(node, "x")), w = (int)json_int(json_member(node, "w"));
    int y = (int)json_int(json_member(node, "y")), h = (int)json_int(json_member(node, "h"));

    for (int i = 0; rc >= 0 && i <= 8; i++) {
        const char *how = i == 0 ? "down" : i == 8 ? "up" : "move";

        rc = finger(p, how, x + w / 4 + i * w / 16, y + (i % 2 ? h / 4 : h - h / 4), NULL, NULL, e);
    }
    json_free(doc);
    return rc;
}

/* One stroke; *at goes behind it. */
static int write_stroke(struct play *p, const struct json *box, const char **at, struct err *e)
{
    int left = (int)json_int(json_member(box, "x")), wide = (int)json_int(json_member(box, "w"));
    int top = (int)json_int(json_member(box, "y")), high = (int)json_int(json_member(box, "h"));
    int n = 0, x = 0, y = 0, rc = 0;

    for (const char *how = "down"; rc >= 0 && sscanf(*at, " %d,%d%n", &x, &y, &n) == 2; how = "move", *at += n)
        rc = finger(p, how, left + x * wide / 100, top + y * high / 100, "writing", NULL, e);
    return rc >= 0 && n ? finger(p, "up", left + x * wide / 100, top + y * high / 100, NULL, NULL, e) : rc;
}

int play_write(struct play *p, const char *strokes, struct err *e)
{
    struct json *doc;
    const struct json *node;
    int rc = await_node(p, "#writing", &doc, &node, e);

    if (rc < 0)
        return rc;
    for (const char *at = strokes; rc >= 0 && *at;) {
        const char *from = at;

        rc = write_stroke(p, node, &at, e);
        at += strspn(at, " |");
        if (rc >= 0 && at == from)
            rc = err_set(e, ERR_INVALID, "\"%s\" is no place of a stroke", at);
    }
    json_free(doc);
    return rc;
}

int play_see(struct play *p, const char *id, bool *ret_there, struct err *e)
{
    struct json *doc;
    const struct json *nodes;
    int count, rc = play_nodes(p, &doc, &nodes, e);

    if (rc < 0)
        return rc;
    find(nodes, id, &count);
    *ret_there = count > 0;
    json_free(doc);
    return 0;
}
