/* SPDX-License-Identifier: Apache-2.0
 *
 * See division.h. Prefectures that are headings only have names that are no names: they end in 00 of their kind's codes.
 */
#include "model/division.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* Prefecture codes that head what a province governs itself: 01 and 02 of municipalities, 90 of the others. */
static bool is_heading(const char *code)
{
    static const char *const municipalities[] = {"11", "12", "31", "50"};

    if (strlen(code) != 4)
        return false;
    if (!strcmp(code + 2, "90"))
        return true;
    for (size_t i = 0; i < sizeof municipalities / sizeof *municipalities; i++)
        if (!strncmp(code, municipalities[i], 2))
            return true;
    return false;
}

/* The line at `line` as a division, and whether it is a zone; returns the next line, NULL at the end. */
static const char *read_line(const char *line, struct division *ret, bool *ret_zone)
{
    size_t len = strcspn(line, "\n"), code = strcspn(line, "\t\n"), name;

    *ret = (struct division){"", ""};
    *ret_zone = false;
    if (!line[len]) /* cut off */
        return NULL;
    if (code < len && code < sizeof ret->code) {
        name = strcspn(line + code + 1, "\t\n");
        if (name < sizeof ret->name) {
            memcpy(ret->code, line, code);
            memcpy(ret->name, line + code + 1, name);
            *ret_zone = line[code + 1 + name] == '\t';
        }
    }
    return line[len + 1] ? line + len + 1 : NULL;
}

static int list_below(const char *text, const char *code, struct division out[DIVISIONS_MAX])
{
    size_t len = strlen(code);
    struct division d;
    bool zone;
    int n = 0;

    for (const char *line = text; line && n < DIVISIONS_MAX;) {
        line = read_line(line, &d, &zone);
        if (!zone && strlen(d.code) == len + 2 && !strncmp(d.code, code, len))
            out[n++] = d;
    }
    return n;
}

int division_below(const char *text, const char *code, struct division out[DIVISIONS_MAX])
{
    int n = list_below(text, code, out);

    if (n == 1 && is_heading(out[0].code)) {
        char only[sizeof out[0].code];

        memcpy(only, out[0].code, sizeof only);
        return list_below(text, only, out);
    }
    return n;
}

void division_name(const char *text, const char *code, char *out, size_t cap)
{
    struct division d;
    bool zone;

    out[0] = '\0';
    for (const char *line = text; line;) {
        size_t used = strlen(out);

        line = read_line(line, &d, &zone);
        if (d.code[0] && !strncmp(code, d.code, strlen(d.code)) && !is_heading(d.code))
            text_copy(out + used, cap - used, d.name);
    }
}
