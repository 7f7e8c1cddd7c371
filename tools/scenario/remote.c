/* SPDX-License-Identifier: Apache-2.0
 *
 * What central staff have the terminal do from afar: `remote ACT [--option value]…` is `hallctl terminal act` by the stand's
 * clock; `expect hall act STAND` how far the newest is. `hall off ITEM WORDS` and `hall on ITEM` take an item off everywhere
 * and bring it back; `expect hall off N`: on so many terminals the oldest one that is off is off.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "tools/scenario/play.h"

#define WORDS_MAX 24
#define THE_TERMINAL "t-1103-003"

int remote_step(struct play *p, const struct step *st, struct err *e)
{
    const char *words[WORDS_MAX + 10] = {
        "hallctl", "terminal", "act", st->words[0], "--data", stand_path(p->stand, "hall"), "--terminals", THE_TERMINAL};
    struct buf out = {0};

    for (int i = 1; i < (int)st->n && i < WORDS_MAX; i++)
        words[7 + i] = st->words[i];
    int rc = stand_run(p->stand, words, &out, e);
    buf_finish(&out);
    return rc < 0 ? rc : play_give_hall(p, e);
}

int expect_act(struct play *p, const struct step *st, struct err *e)
{
    struct json *acts;
    int rc = stand_json(p->stand, &acts, e, "hallctl", "terminal", "acts", "--data", stand_path(p->stand, "hall"),
                        "--terminal", THE_TERMINAL, "--json", NULL);

    if (rc < 0)
        return rc;
    const char *stand = json_str(json_member(json_at(acts, 0), "stand"));
    rc = stand && strcmp(stand, st->words[2]) == 0 ? 0 : err_set(e, ERR_NOTFOUND, "it is \"%s\"", stand ? stand : "none");
    json_free(acts);
    return rc;
}

int halt_step(struct play *p, const struct step *st, struct err *e)
{
    bool off = st->n == 3 && strcmp(st->words[0], "off") == 0;
    const char *words[] = {"hallctl",
                           "catalog",
                           st->words[0],
                           st->words[1],
                           "--data",
                           stand_path(p->stand, "hall"),
                           "--office",
                           "1103",
                           "--staff",
                           "Zhou",
                           "--reason",
                           "scenario",
                           off ? "--zh" : NULL,
                           off ? st->words[2] : NULL,
                           NULL};
    struct buf out = {0};

    if (!off && (st->n != 2 || strcmp(st->words[0], "on") != 0))
        return err_set(e, ERR_INVALID, "hall off ITEM WORDS, hall on ITEM");
    int rc = stand_run(p->stand, words, &out, e);
    buf_finish(&out);
    return rc < 0 ? rc : play_give_hall(p, e);
}

int expect_halt(struct play *p, const struct step *st, struct err *e)
{
    struct json *halts;
    int64_t has = -1;
    int rc = stand_json(p->stand, &halts, e, "hallctl", "catalog", "halts", "--data", stand_path(p->stand, "hall"), "--json",
                        NULL);

    if (rc < 0)
        return rc;
    if (json_len(halts))
        has = json_int(json_member(json_at(halts, 0), "has"));
    rc = has == strtol(st->words[2], NULL, 10) ? 0 : err_set(e, ERR_NOTFOUND, "it is off on %lld", (long long)has);
    json_free(halts);
    return rc;
}
