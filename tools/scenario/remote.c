/* SPDX-License-Identifier: Apache-2.0
 *
 * What central staff have the terminal do from afar: `remote ACT [--option value]…` is `hallctl terminal act` by the stand's
 * clock; `expect hall act STAND` how far the newest is.
 */
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
