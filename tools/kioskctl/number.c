/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl number check: whether a case number somebody reads out can be one, and where it was made.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/number.h"
#include "tools/kioskctl/kioskctl.h"

#define WORDS_MAX 8

#define COMMAND "kioskctl number"

static const char help[] =
    "kioskctl number check NUMBER [--json]\n\n"
    "Whether NUMBER can be a case number: 19 digits, in one piece or in groups, with the right check digit.\n"
    "Exit: 0 it can, 1 it cannot.\n";

/* Groups typed as words are one number again. */
static bool join(const char *const *words, int n, char *out, size_t cap)
{
    size_t len = 0;

    for (int i = 0; i < n; i++) {
        size_t add = strlen(words[i]);
        if (len + add >= cap)
            return false;
        memcpy(out + len, words[i], add);
        len += add;
    }
    out[len] = 0;
    return utf8_valid(out, len);
}

static void write_parts(struct jsonw *w, const struct case_number *n)
{
    char digits[CASE_NUMBER_LEN + 1], groups[24], day[DATE_LEN + 1];

    case_number_format(n, digits);
    case_number_group(digits, groups);
    date_format(n->day, day);
    jsonw_str(w, "number", digits);
    jsonw_bool(w, "valid", true);
    jsonw_str(w, "groups", groups);
    jsonw_int(w, "office", n->office);
    jsonw_int(w, "registration", n->registration);
    jsonw_str(w, "day", day);
    jsonw_int(w, "serial", n->serial);
}

static int answer_json(const char *text, const struct case_number *n)
{
    struct jsonw w;
    struct buf b;

    buf_init(&b, JSON_SIZE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    if (n) {
        write_parts(&w, n);
    } else {
        jsonw_str(&w, "number", text);
        jsonw_bool(&w, "valid", false);
    }
    jsonw_end(&w);
    return kioskctl_print(&b, n ? EXIT_OK : EXIT_BAD);
}

static int answer(const struct case_number *n)
{
    char day[DATE_LEN + 1];

    if (!n) {
        puts("no case number: it has 19 digits, and its last digit tells when one was mistyped or two were swapped");
        return EXIT_BAD;
    }
    date_format(n->day, day);
    printf("a case number: office %04d, registration %03d, %s, number %d of that day\n", n->office, n->registration, day,
           n->serial);
    return EXIT_OK;
}

int kioskctl_number(int argc, char **argv)
{
    bool json = false;
    const struct option_word options[] = {{"--json", NULL, &json}, {NULL, NULL, NULL}};
    const char *words[WORDS_MAX];
    struct case_number n;
    char text[200];
    int count;

    int code = options_read(COMMAND, argc, argv, help, options, words, WORDS_MAX, &count);
    if (code >= 0)
        return code;
    if (count < 2 || strcmp(words[0], "check") || !join(words + 1, count - 1, text, sizeof text))
        return options_wrong(COMMAND, "it takes the word check and one number");
    const struct case_number *found = case_number_parse(text, &n) ? &n : NULL;
    return json ? answer_json(text, found) : answer(found);
}
