/* SPDX-License-Identifier: Apache-2.0
 *
 * `read paper`, `read other`: on the first boot, and where a device is tested, somebody looks at the newest paper, and
 * touches the number that stands on it, or the one that does not. `expect slip`: and the hall believes the slip. `read all`:
 * the same until the terminal is open, having no card to lay on the reader.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "tools/scenario/disk_log.h"
#include "tools/scenario/play.h"

#define LOOK_MS 30
#define PAPERS_MAX (4 * 1024 * 1024)

/* The two numbers that are offered. False: they are not there yet. */
static bool offered(struct play *p, char number[2][8], struct err *e)
{
    static const char *const ids[] = {"number-0", "number-1"};
    const struct json *nodes;
    struct json *doc;
    int found = 0;

    if (play_nodes(p, &doc, &nodes, e) < 0)
        return false;
    for (size_t i = 0; i < json_len(nodes); i++)
        for (int k = 0; k < 2; k++)
            if (!strcmp(node_str(json_at(nodes, i), "id"), ids[k])) {
                snprintf(number[k], sizeof number[k], "%s", node_str(json_at(nodes, i), "label"));
                found++;
            }
    json_free(doc);
    return found == 2;
}

/* Which of them stands on the newest paper that bears one; -1: on none. */
static int on_paper(struct play *p, char number[2][8], struct err *e)
{
    struct json *jobs;
    struct buf out;
    int which = -1;
    bool read = stand_desk(p->stand, "paper", &out, e) >= 0 && json_parse(out.data, out.len, PAPERS_MAX, &jobs, e) == 0;

    buf_finish(&out);
    if (!read)
        return -1;
    for (size_t i = json_len(jobs); which < 0 && i-- > 0;)
        for (int k = 0; k < 2 && which < 0; k++)
            which = strstr(node_str(json_at(jobs, i), "text"), number[k]) ? k : -1;
    json_free(jobs);
    return which;
}

static int read_paper(struct play *p, bool other, struct err *e);

static bool sees(struct play *p, const char *id, struct err *e)
{
    bool there = false;

    return play_see(p, id, &there, e) >= 0 && there;
}

static int read_all(struct play *p, struct err *e)
{
    int rc = 0;

    for (int waited = 0; rc >= 0 && waited < STAND_PATIENCE_MS; waited += LOOK_MS) {
        if (sees(p, "#start", e))
            return 0;
        if (sees(p, "#number-1", e)) /* two numbers */
            rc = read_paper(p, false, e);
        else if (sees(p, "#first-no-card", e))
            rc = play_tap(p, "#first-no-card", e);
        else if (sees(p, "#first-0", e)) /* the slip */
            rc = play_tap(p, "#first-0", e);
        else
            usleep(LOOK_MS * 1000);
        if (p->stand->page && p->stand->page->cut)
            return 0;
    }
    return rc < 0 ? rc : err_set(e, ERR_TIMEOUT, "the terminal does not open");
}

int read_step(struct play *p, const struct step *st, struct err *e)
{
    bool other = !strcmp(st->words[0], "other");

    if (!strcmp(st->words[0], "all"))
        return read_all(p, e);
    return other || !strcmp(st->words[0], "paper") ? read_paper(p, other, e)
                                                   : err_set(e, ERR_INVALID, "read paper, other or all");
}

static int read_paper(struct play *p, bool other, struct err *e)
{
    char number[2][8];
    int which = -1;

    for (int waited = 0; which < 0 && waited < STAND_PATIENCE_MS; waited += LOOK_MS) {
        if (offered(p, number, e))
            which = on_paper(p, number, e);
        if (which < 0)
            usleep(LOOK_MS * 1000);
    }
    if (which < 0)
        return err_set(e, ERR_NOTFOUND, "no paper bears a number that is offered");
    return play_tap(p, which != other ? "#number-1" : "#number-0", e);
}

/* The last slip of a first boot, as the hall checks it. */
int expect_slip(struct play *p, const struct step *st, struct err *e)
{
    char code[256] = "";
    struct json *jobs;
    struct buf out;
    int rc = expect_papers(p, &jobs, e);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < json_len(jobs); i++) {
        const struct json *codes = json_member(json_at(jobs, i), "qr");
        for (size_t j = 0; j < json_len(codes); j++)
            if (!strncmp(json_str(json_at(codes, j)), "TB1 ", 4))
                text_copy(code, sizeof code, json_str(json_at(codes, j)));
    }
    json_free(jobs);
    if (!code[0])
        return err_set(e, ERR_NOTFOUND, "no paper bears the code of a slip");
    rc = stand_command(p->stand, &out, e, "hallctl", "slip", "--data", stand_path(p->stand, "hall"), "--image", STAND_IMAGE,
                       "--json", code, NULL);
    if (rc >= 0 && (!strstr(buf_str(&out), "\"same_image\":true") ||
                    !strstr(buf_str(&out), !strcmp(st->words[1], "ready") ? "\"ready\":true" : "\"ready\":false")))
        rc = err_set(e, ERR_NOTFOUND, "it says %s", buf_str(&out));
    buf_finish(&out);
    return rc;
}
