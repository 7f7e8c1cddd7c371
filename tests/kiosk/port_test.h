/* SPDX-License-Identifier: Apache-2.0
 *
 * The program as one side of kiosk sees it: what was fed, noted and changed. Included by one file of a test program.
 */
#ifndef TESTS_KIOSK_PORT_TEST_H
#define TESTS_KIOSK_PORT_TEST_H

#include "base/secret.h"
#include "base/text.h"
#include "kiosk/port.h"
#include "test.h"

#define FED_MAX 32

static struct {
    struct input fed[FED_MAX]; /* the newest last */
    int n_fed, n_notes, n_changes;
    enum record_kind note;
    char role[24], what[64];
} heard;

static inline void heard_feed(void *ctx, struct input *in)
{
    if (heard.n_fed < FED_MAX)
        heard.fed[heard.n_fed++] = *in;
    secret_wipe(in, sizeof *in);
}

static inline void heard_note(void *ctx, enum record_kind kind, const char *role, const char *what)
{
    heard.n_notes++;
    heard.note = kind;
    text_copy(heard.role, sizeof heard.role, role);
    text_copy(heard.what, sizeof heard.what, what);
}

static inline void heard_changed(void *ctx)
{
    heard.n_changes++;
}

static const struct port port = {.feed = heard_feed, .note = heard_note, .changed = heard_changed};

static inline void hear_anew(void)
{
    memset(&heard, 0, sizeof heard);
}

/* The newest input of a kind; NULL: none was fed. */
__attribute__((unused)) static struct input *fed(enum input_kind kind)
{
    for (int i = heard.n_fed; i-- > 0;)
        if (heard.fed[i].kind == kind)
            return &heard.fed[i];
    return NULL;
}

#endif
