/* SPDX-License-Identifier: Apache-2.0
 *
 * A page in traditional characters has none that are simplified, but in what somebody wrote and what a card says:
 *   expect page traditional ["WORDS THAT STAY" …]
 */
#include <string.h>

#include "model/hant.h"
#include "tools/scenario/play.h"

#define TEXT_MAX 2000

static void take_out(char *text, const char *words)
{
    size_t n = strlen(words);

    for (char *at = text; n && (at = strstr(at, words));)
        memmove(at, at + n, strlen(at + n) + 1);
}

static int check(const struct step *st, const char *text, struct err *e)
{
    char rest[TEXT_MAX], hans[TEXT_MAX], hant[TEXT_MAX];

    if (strlen(text) >= sizeof rest)
        return err_set(e, ERR_TOOLONG, "a text of %zu bytes", strlen(text));
    strcpy(rest, text);
    for (int i = 2; i < st->n; i++)
        take_out(rest, st->words[i]);
    return strcmp(hant_text(hant, sizeof hant, hans_text(hans, sizeof hans, rest)), rest)
               ? err_set(e, ERR_INVALID, "\"%s\" is not \"%s\"", rest, hant)
               : 0;
}

int expect_traditional(struct play *p, const struct step *st, struct err *e)
{
    static const char *const keys[] = {"label", "value"};
    struct json *doc;
    const struct json *nodes;
    int rc = strcmp(st->words[1], "traditional") ? err_set(e, ERR_INVALID, "a page is expected to be traditional")
                                                 : play_nodes(p, &doc, &nodes, e);

    if (rc < 0)
        return rc;
    for (size_t i = 0; rc == 0 && i < json_len(nodes); i++)
        for (size_t k = 0; rc == 0 && k < sizeof keys / sizeof *keys; k++)
            rc = check(st, node_str(json_at(nodes, i), keys[k]), e);
    json_free(doc);
    return rc;
}
