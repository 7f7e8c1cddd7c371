/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of what was said on the screen: `complaint note` keeps the code that stands there, `complaint type [wrong]`
 * types it, or one with another secret; `complaint VERB [--option value]…` is `hallctl complaint`, as Li of supervision
 * unless the step says otherwise; `complaint refused REASON VERB …` must be refused for that reason; `expect complaint stage
 * = STAGE`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/speak.h"
#include "tools/scenario/play.h"

#define WORDS_MAX 10

/* --- the code --- */

static int note(struct play *p, struct err *e)
{
    const struct json *nodes;
    struct json *doc = NULL;
    int rc = play_nodes(p, &doc, &nodes, e);
    size_t n = 0;

    for (size_t i = 0; rc == 0 && i < json_len(nodes); i++) {
        const char *label = node_str(json_at(nodes, i), "label");

        if (strcmp(node_str(json_at(nodes, i), "id"), "code") != 0)
            continue;
        for (; *label && n + 1 < sizeof p->code; label++)
            if (*label != ' ')
                p->code[n++] = *label;
        p->code[n] = '\0';
    }
    json_free(doc);
    if (rc == 0 && !speak_code_parse(p->code, NULL))
        rc = err_set(e, ERR_NOTFOUND, "no code stands on the screen");
    return rc;
}

static int type(struct play *p, bool wrong, struct err *e)
{
    char number[SPEAK_NUMBER_LEN + 1], code[SPEAK_CODE_LEN + 1], secret[6] = "";
    struct speak_number n;

    if (!speak_code_parse(p->code, number) || !speak_number_parse(number, &n))
        return err_set(e, ERR_STATE, "no code was noted");
    memcpy(secret, p->code + SPEAK_NUMBER_LEN, sizeof secret - 1);
    speak_code_make(&n, (atoi(secret) + (wrong ? 1 : 0)) % SPEAK_SECRETS, code);
    return play_type(p, code, e);
}

/* --- the hall --- */

static bool among(const struct step *st, const char *word)
{
    for (int i = 0; i < st->n; i++)
        if (strcmp(st->words[i], word) == 0)
            return true;
    return false;
}

static int run(struct play *p, const struct step *st, int from, struct buf *out, struct err *e)
{
    const char *w[WORDS_MAX + 8] = {NULL};
    char number[SPEAK_NUMBER_LEN + 1];
    int n = 0;

    if (!speak_code_parse(p->code, number))
        return err_set(e, ERR_STATE, "no code was noted");
    for (int i = from + 1; i < st->n && n < WORDS_MAX; i++)
        w[n++] = st->words[i];
    if (!among(st, "--staff") && strcmp(st->words[from], "show") != 0) {
        w[n++] = "--staff";
        w[n++] = "Li";
        w[n++] = "--post";
        w[n++] = "supervision";
    }
    if (strcmp(st->words[from], "open") == 0) {
        w[n++] = "--socket";
        w[n++] = stand_path(p->stand, "open.sock");
    }
    return stand_command(p->stand, out, e, "hallctl", "complaint", st->words[from], number, "--json", "--data",
                         stand_path(p->stand, "hall"), w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10],
                         w[11], w[12], w[13], w[14], w[15], NULL);
}

int complaint_step(struct play *p, const struct step *st, struct err *e)
{
    bool refused = strcmp(st->words[0], "refused") == 0 && st->n > 2;
    struct buf out = {0};
    char wanted[80];

    if (strcmp(st->words[0], "note") == 0)
        return note(p, e);
    if (strcmp(st->words[0], "type") == 0)
        return type(p, st->n > 1, e);
    int rc = run(p, st, refused ? 2 : 0, &out, e);
    snprintf(wanted, sizeof wanted, "\"refused\":\"%s\"", refused ? st->words[1] : "");
    if (refused && rc == 0)
        rc = err_set(e, ERR_STATE, "it was not refused");
    else if (refused && rc == -ERR_REFUSED && strstr(buf_str(&out), wanted))
        rc = 0;
    buf_finish(&out);
    return rc;
}

int expect_complaint(struct play *p, const struct step *st, struct err *e)
{
    const struct step show = {.words = {"show"}, .n = 1};
    struct buf out = {0};
    char wanted[80];

    if (st->n != 4 || strcmp(st->words[1], "stage") != 0)
        return err_set(e, ERR_INVALID, "expect complaint stage = STAGE");
    snprintf(wanted, sizeof wanted, "\"stage\":\"%s\"", st->words[3]);
    int rc = run(p, &show, 0, &out, e);
    if (rc == 0 && !strstr(buf_str(&out), wanted))
        rc = err_set(e, ERR_STATE, "it has another stage: %.200s", buf_str(&out));
    buf_finish(&out);
    return rc;
}
