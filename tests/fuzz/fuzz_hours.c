/* SPDX-License-Identifier: Apache-2.0
 *
 * The hours and closures of a queue as they stand in a catalogue: two texts, parted by a line break. What is taken opens in
 * order, and never before it is over.
 */
#include "catalog/hours.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DAY_MS 86400000LL
#define MONDAY_MS (20458 * DAY_MS) /* 2026-01-05, 8:00 in China */

static void look(const struct queue_hours *h, int64_t now)
{
    struct queue_times t;

    hours_times(h, NULL, now, &t);
    for (int i = 0; i < t.n; i++) {
        bool over = t.at[i].until_ms <= now, empty = t.at[i].from_ms >= t.at[i].until_ms;
        bool disordered = i && t.at[i - 1].until_ms >= t.at[i].from_ms;

        if (over || empty || disordered)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct queue_hours h;
    char *text = malloc(size + 1), *closures;
    struct err e = {0};

    memcpy(text, data, size);
    text[size] = '\0';
    closures = strchr(text, '\n');
    if (closures)
        *closures++ = '\0';
    if (hours_decode(text, closures ? closures : "[]", &h, &e) == 0)
        for (int i = 0; i < 8; i++)
            look(&h, MONDAY_MS + i * (DAY_MS + 7 * 60000));
    free(text);
    return 0;
}
