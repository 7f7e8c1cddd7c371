/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of the last application at the agency: `case VERB [--option value]…` by `hallctl case`, as 张三 of 受理岗
 * unless the step says otherwise; `case open --reason …` asks hall-open; `case refused REASON VERB …` must be refused for
 * that reason; `expect case …`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/number.h"
#include "tools/scenario/play.h"

#define WORDS_MAX 10 /* of a step, behind its verb */

/* The number of the last case of the office. */
static int last_number(struct play *p, char out[CASE_NUMBER_LEN + 1], struct err *e)
{
    struct json *list = NULL;
    int rc = stand_json(p->stand, &list, e, "hallctl", "case", "list", "--data", stand_path(p->stand, "hall"), "--office",
                        "1103", "--json", NULL);

    out[0] = '\0';
    if (rc == 0 && json_len(list))
        text_copy(out, CASE_NUMBER_LEN + 1, json_str(json_member(json_at(list, json_len(list) - 1), "number")));
    if (rc == 0 && !out[0])
        rc = err_set(e, ERR_NOTFOUND, "the hall has no case");
    json_free(list);
    return rc;
}

static bool among(const struct step *st, int from, const char *word)
{
    for (int i = from; i < st->n; i++)
        if (strcmp(st->words[i], word) == 0)
            return true;
    return false;
}

/* The words from `from` on: a verb and its options. */
static int run(struct play *p, const struct step *st, int from, struct buf *out, struct err *e)
{
    char number[CASE_NUMBER_LEN + 1];
    const char *w[WORDS_MAX + 6] = {NULL};
    bool open = strcmp(st->words[from], "open") == 0;
    bool who = among(st, from, "--staff");
    int n = 0, rc = last_number(p, number, e);

    if (rc < 0)
        return rc;
    for (int i = from + 1; i < st->n && n < WORDS_MAX; i++)
        w[n++] = st->words[i];
    if (strcmp(st->words[from], "receive") == 0) {
        w[n++] = "--office";
        w[n++] = "1103";
    }
    if (open) {
        w[n++] = "--socket";
        w[n++] = stand_path(p->stand, "open.sock");
    }
    if (!who) {
        w[n++] = "--staff";
        w[n++] = "Zhang";
        w[n++] = "--post";
        w[n++] = "reception";
    }
    return stand_command(p->stand, out, e, "hallctl", "case", st->words[from], number, "--json", "--data",
                         stand_path(p->stand, "hall"), w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10],
                         w[11], w[12], w[13], w[14], NULL);
}

int play_case(struct play *p, const struct step *st, struct err *e)
{
    bool refused = strcmp(st->words[0], "refused") == 0 && st->n > 2;
    char wanted[80];
    struct buf out = {0};
    int rc = run(p, st, refused ? 2 : 0, &out, e);

    snprintf(wanted, sizeof wanted, "\"refused\":\"%s\"", refused ? st->words[1] : "");
    if (refused && rc == 0)
        rc = err_set(e, ERR_STATE, "it was not refused");
    else if (refused && rc == -ERR_REFUSED && strstr(buf_str(&out), wanted))
        rc = 0;
    buf_finish(&out);
    return rc;
}

/* A file of licences is brought into the hall's register, by hall-open. */
int play_licence(struct play *p, const struct step *st, struct err *e)
{
    struct buf out = {0};
    int rc = stand_command(p->stand, &out, e, "hallctl", "licence", "import", st->words[0], "--data",
                           stand_path(p->stand, "hall"), "--office", "1103", "--staff", "Zhang", "--post", "reception",
                           "--socket", stand_path(p->stand, "open.sock"), NULL);

    buf_finish(&out);
    return rc;
}

static const char *text_of(const struct json *o, const char *member)
{
    const char *text = json_str(json_member(o, member));

    return text ? text : "";
}

/* The sentence or the day of one limit, as `hallctl case explain` has them. */
static int expect_limit(const struct json *rows, const struct step *st, struct err *e)
{
    bool words = strcmp(st->words[2], "says") == 0;

    for (size_t i = 0; i < json_len(rows); i++) {
        const struct json *row = json_at(rows, i);
        const char *is = words ? text_of(json_member(row, "words"), "zh-CN") : text_of(row, "due");

        if (strcmp(text_of(row, "limit"), st->words[1]) != 0)
            continue;
        return strcmp(is, st->words[3]) == 0 ? 0 : err_set(e, ERR_INVALID, "%s is %s", st->words[1], is);
    }
    return err_set(e, ERR_NOTFOUND, "no limit %s runs", st->words[1]);
}

/* How many openings for somebody to read hall-open's file has of the case, with its chain looked at. */
static int expect_opened(struct play *p, const char *number, const char *wanted, struct err *e)
{
    struct json *rows = NULL;
    struct buf out;
    int n = 0,
        rc = stand_command(p->stand, &out, e, "hallctl", "case", "openings", number, "--json", "--data",
                           stand_path(p->stand, "hall"), "--openings", stand_path(p->stand, "logs/openings.log"), NULL);

    if (rc == 0)
        rc = json_parse(out.data, out.len, STAND_OUTPUT_MAX, &rows, e);
    for (size_t i = 0; rc == 0 && i < json_len(rows); i++)
        n += strcmp(text_of(json_at(rows, i), "act"), "open") == 0;
    json_free(rows);
    buf_finish(&out);
    return rc < 0 || n == atoi(wanted) ? rc : err_set(e, ERR_NOTFOUND, "it was opened %d times", n);
}

int expect_case(struct play *p, const struct step *st, struct err *e)
{
    char number[CASE_NUMBER_LEN + 1];
    bool stage = strcmp(st->words[1], "stage") == 0;
    struct json *rows = NULL;
    struct buf out = {0};

    if (st->n != 4 || (strcmp(st->words[2], "=") != 0 && strcmp(st->words[2], "says") != 0))
        return err_set(e, ERR_INVALID, "expect case stage = STAGE, case opened = N, case LIMIT = DAY, case LIMIT says TEXT");
    int rc = last_number(p, number, e);
    if (rc == 0 && strcmp(st->words[1], "opened") == 0)
        return expect_opened(p, number, st->words[3], e);
    if (rc == 0 && stage)
        rc = stand_command(p->stand, &out, e, "hallctl", "case", "list", "--data", stand_path(p->stand, "hall"), "--office",
                           "1103", "--stage", st->words[3], "--json", NULL);
    else if (rc == 0)
        rc = stand_command(p->stand, &out, e, "hallctl", "case", "explain", number, "--data", stand_path(p->stand, "hall"),
                           "--json", NULL);
    if (rc == 0)
        rc = json_parse(out.data, out.len, STAND_OUTPUT_MAX, &rows, e);
    if (rc == 0 && stage)
        rc = strstr(buf_str(&out), number) ? 0 : err_set(e, ERR_STATE, "case %s has another stage", number);
    else if (rc == 0)
        rc = expect_limit(rows, st, e);
    json_free(rows);
    buf_finish(&out);
    return rc;
}
