/* SPDX-License-Identifier: Apache-2.0
 *
 * What a window does: `window W VERB [--option value]…` by `hallctl queue`, as Li; `window W refused REASON VERB …` must be
 * refused for that reason. `window W back …` is the reception desk's, at no window.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tools/scenario/play.h"

#define WORDS_MAX 8 /* of a step, behind its verb */

static int run(struct play *p, const struct step *st, int verb, struct buf *out, struct err *e)
{
    const char *w[WORDS_MAX + 3] = {NULL};
    int n = 0;

    for (int i = verb + 1; i < st->n && n < WORDS_MAX; i++)
        w[n++] = st->words[i];
    if (strcmp(st->words[verb], "back") != 0) {
        w[n++] = "--window";
        w[n++] = st->words[0];
    }
    int rc = stand_command(p->stand, out, e, "hallctl", "queue", st->words[verb], "--json", "--office", "1103", "--staff",
                           "Li", "--data", stand_path(p->stand, "hall"), w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7],
                           w[8], w[9], NULL);
    return rc == 0 && getuid() == 0 ? stand_give_hall(p->stand, e) : rc;
}

int window_step(struct play *p, const struct step *st, struct err *e)
{
    bool refused = strcmp(st->words[1], "refused") == 0 && st->n > 3;
    char wanted[80];
    struct buf out = {0};
    int rc = run(p, st, refused ? 3 : 1, &out, e);

    snprintf(wanted, sizeof wanted, "\"refused\":\"%s\"", refused ? st->words[2] : "");
    if (refused && rc == 0)
        rc = err_set(e, ERR_STATE, "it was not refused");
    else if (refused && rc == -ERR_REFUSED && strstr(buf_str(&out), wanted))
        rc = 0;
    buf_finish(&out);
    return rc;
}
