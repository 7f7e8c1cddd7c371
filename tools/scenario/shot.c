/* SPDX-License-Identifier: Apache-2.0
 *
 * `shot NAME`: the screen beside its reference in tests/shots/, NAME.png with the pixels and NAME.tsv with the nodes and
 * their boxes. Pixels count where the same fonts and libraries drew them; boxes count everywhere.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/text.h"
#include "tools/scenario/picture.h"
#include "tools/scenario/play.h"

#define POLL_MS 200
#define BOXES_MAX (256 * 1024)
#define BOX_APART 4 /* px an edge may lie elsewhere: other fonts are a little wider */

struct shot {
    const char *name;
    char folder[STAND_PATH_MAX], png[STAND_PATH_MAX], boxes[STAND_PATH_MAX];
    char seen[STAND_PATH_MAX]; /* PNG of what stands there now, beside the stand's folder */
};

static void name_files(const struct play *p, const char *name, struct shot *ret)
{
    ret->name = name;
    snprintf(ret->folder, sizeof ret->folder, "%.300s/tests/shots", p->stand->opt.source);
    snprintf(ret->png, sizeof ret->png, "%.400s/%.80s.png", ret->folder, name);
    snprintf(ret->boxes, sizeof ret->boxes, "%.400s/%.80s.tsv", ret->folder, name);
    snprintf(ret->seen, sizeof ret->seen, "%.400s-%.80s.png", p->stand->dir, name);
}

/* A line a node: id, role, x, y, w, h, label. */
static int list_boxes(struct play *p, struct buf *out, struct err *e)
{
    struct json *doc;
    const struct json *nodes;
    int rc = play_nodes(p, &doc, &nodes, e);

    buf_init(out, BOXES_MAX);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < json_len(nodes); i++) {
        const struct json *n = json_at(nodes, i);

        buf_addf(out, "%s\t%s\t%d\t%d\t%d\t%d\t%s\n", node_str(n, "id"), node_str(n, "role"),
                 (int)json_int(json_member(n, "x")), (int)json_int(json_member(n, "y")), (int)json_int(json_member(n, "w")),
                 (int)json_int(json_member(n, "h")), node_str(n, "label"));
    }
    json_free(doc);
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "the list of boxes");
}

/* Two lines of boxes, cut at their tabs. */
static bool same_node(char *a, char *b)
{
    for (int field = 0; a || b; field++) {
        const char *x = strsep(&a, "\t"), *y = strsep(&b, "\t");

        if (!x || !y)
            return false;
        if (field >= 2 && field <= 5 ? abs(atoi(x) - atoi(y)) > BOX_APART : strcmp(x, y) != 0)
            return false;
    }
    return true;
}

static int compare_boxes(struct play *p, const struct shot *s, struct err *e)
{
    struct buf want, seen;
    int rc = fs_read(s->boxes, BOXES_MAX, &want, e);
    char line[512];

    if (rc >= 0)
        rc = list_boxes(p, &seen, e);
    else
        buf_init(&seen, 0);
    char *a = (char *)want.data, *b = (char *)seen.data;

    while (rc >= 0 && (a || b)) {
        char *x = strsep(&a, "\n"), *y = strsep(&b, "\n");

        text_copy(line, sizeof line, y ? y : "nothing");
        if (!x || !y || !same_node(x, y))
            rc = err_set(e, ERR_NOTFOUND, "another box than in %s: %s", s->boxes, line);
    }
    buf_finish(&want);
    buf_finish(&seen);
    return rc;
}

static int compare_pixels(const struct shot *s, struct err *e)
{
    struct rgb want, seen = {0};
    struct rgb_difference d;
    int rc = rgb_read(s->png, &want, e);

    if (rc >= 0)
        rc = rgb_read(s->seen, &seen, e);
    if (rc >= 0 && !rgb_same(&want, &seen, &d))
        rc = err_set(e, ERR_NOTFOUND, "%zu pixels differ from %s in %d x %d at %d, %d: look at %s, then make shots",
                     d.pixels, s->png, d.w, d.h, d.x, d.y, s->seen);
    rgb_finish(&want);
    rgb_finish(&seen);
    return rc;
}

static int compare(struct play *p, const struct shot *s, bool pixels, struct err *e)
{
    int rc = stand_frame(p->stand, s->seen, e);

    if (rc >= 0)
        rc = compare_boxes(p, s, e);
    return rc < 0 || !pixels ? rc : compare_pixels(s, e);
}

/* Two frames one after the other that are the same: nothing moves any more. */
static int settle(struct play *p, const struct shot *s, struct rgb *ret, struct err *e)
{
    struct rgb_difference d = {0};
    struct rgb before = {0};
    bool still = false;
    int rc = 0;

    for (int waited = 0; rc >= 0 && !still && waited < STAND_PATIENCE_MS; waited += POLL_MS) {
        rc = stand_frame(p->stand, s->seen, e);
        if (rc >= 0)
            rc = rgb_read(s->seen, ret, e);
        still = rc >= 0 && before.px && rgb_same(&before, ret, &d);
        rgb_finish(&before);
        if (rc >= 0 && !still) {
            before = *ret;
            *ret = (struct rgb){0};
            usleep(2 * POLL_MS * 1000);
        }
    }
    rgb_finish(&before);
    return rc < 0 || still ? rc : err_set(e, ERR_NOTFOUND, "the screen does not stand still");
}

static int write_shot(struct play *p, const struct shot *s, struct err *e)
{
    struct rgb seen = {0}, old = {0};
    struct err none = {0};
    struct rgb_difference d;
    struct buf boxes;
    int rc = settle(p, s, &seen, e);

    buf_init(&boxes, 0);
    if (rc >= 0 && (rgb_read(s->png, &old, &none) < 0 || !rgb_same(&old, &seen, &d))) {
        rc = rgb_write(s->png, &seen, e);
        printf("# changed: %s\n", s->png);
    }
    if (rc >= 0)
        rc = list_boxes(p, &boxes, e);
    if (rc >= 0)
        rc = fs_write_atomic(s->boxes, boxes.data, boxes.len, 0644, e);
    unlink(s->seen);
    buf_finish(&boxes);
    rgb_finish(&old);
    rgb_finish(&seen);
    return rc;
}

int shot_step(struct play *p, const char *name, struct err *e)
{
    char assets[STAND_PATH_MAX];
    struct shot s;
    int rc = -ERR_NOTFOUND;

    name_files(p, name, &s);
    if (p->write_shots)
        return write_shot(p, &s, e);
    snprintf(assets, sizeof assets, "%.400s/assets", p->stand->opt.build);
    bool pixels = picture_comparable(assets, s.folder);

    for (int waited = 0; rc < 0 && waited < STAND_PATIENCE_MS; waited += POLL_MS) {
        if (waited)
            usleep(POLL_MS * 1000);
        *e = (struct err){0};
        rc = compare(p, &s, pixels, e);
    }
    if (rc >= 0)
        unlink(s.seen);
    if (rc >= 0 && !pixels)
        printf("# other versions of FreeType, fonts or librsvg than in tests/shots/versions: only boxes were compared\n"
               "skip shot-%s\n",
               name);
    return rc;
}
