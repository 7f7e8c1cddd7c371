/* SPDX-License-Identifier: Apache-2.0
 *
 * The reference of every sample view, tests/shots/screens.tsv: name, settings and a hash of the pixels, a line a picture.
 * The main screens are also kept as pictures, in tests/shots/screens/.
 */
#ifndef TESTS_UI_REFERENCE_H
#define TESTS_UI_REFERENCE_H

#include "picture.h"
#include "session/settings.h"

#define REFERENCE_BYTES_MAX (1024 * 1024)

/* Words of settings_parse(). Contrast changes colours alone: one language and two sizes are enough; low reach moves
 * the same things. */
static const char *const reference_looks[] = {
    "zh-CN,standard",
    "zh-CN,large",
    "zh-CN,larger",
    "zh-CN,largest",
    "en,standard",
    "en,large",
    "en,larger",
    "en,largest",
    "zh-CN,standard,contrast",
    "zh-CN,largest,contrast",
    "zh-CN,standard,low-reach",
    "zh-Hant,standard",
};
#define REFERENCE_LOOKS (sizeof reference_looks / sizeof *reference_looks)

/* Kept as pictures at the first look. */
static const char *const reference_main[] = {
    "idle",          "home",         "themes",      "search",        "guide",    "waiting", "reading", "remove",
    "form",          "form-chinese", "review",      "review-signed", "printing", "queue",   "ticket",  "rating",
    "cases",         "case-asked",   "case-number", "supplement",    "no-paper", "unknown", "timeout", "technician",
    "accessibility", "out"};
#define REFERENCE_MAIN (sizeof reference_main / sizeof *reference_main)

/* Draws every picture; `done` may look at each. */
static void reference_list(struct picture *p, struct buf *out,
                           void (*done)(struct picture *p, const char *name, const char *look))
{
    struct settings settings;

    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t k = 0; k < REFERENCE_LOOKS; k++) {
            if (settings_parse(reference_looks[k], &settings, NULL) < 0)
                abort();
            picture_draw(p, &samples[i], settings);
            buf_addf(out, "%s\t%s\t%016llx\n", samples[i].name, reference_looks[k], (unsigned long long)picture_hash(p));
            if (done)
                done(p, samples[i].name, reference_looks[k]);
        }
}

/* Whether the text has that line, its end included. */
static bool reference_has(const char *text, const char *line)
{
    for (const char *at = strstr(text, line); at; at = strstr(at + 1, line))
        if (at == text || at[-1] == '\n')
            return true;
    return false;
}

/* Calls `miss` for every line of `lines` that is not in `text`, without its end. */
static int reference_missing(const char *lines, const char *text, void (*miss)(const char *line))
{
    int n = 0;

    for (const char *at = lines; *at; at = strchr(at, '\n') + 1) {
        char line[200];

        snprintf(line, sizeof line, "%.*s", (int)(strchr(at, '\n') + 1 - at), at);
        if (reference_has(text, line))
            continue;
        line[strcspn(line, "\n")] = '\0';
        if (n++ < 20)
            miss(line);
    }
    return n;
}

#endif
