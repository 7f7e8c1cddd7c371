/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as what the duty list's page sends: what is taken is in bounds, and a row covers some hour of the week.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/hall/staff/duty_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_shift(const uint8_t *data, size_t size, bool drops)
{
    struct shift_ask s = {.drops = drops};
    struct shift_gap gaps[SHIFT_GAPS_MAX];

    if (shift_ask_decode(data, size, &s, NULL) != 0 || drops)
        return;
    size_t n = shift_gaps(&s.shift, 1, s.shift.zone, gaps);
    if (!shift_valid(&s.shift) || n > SHIFT_GAPS_MAX || (n == 1 && gaps[0].to - gaps[0].from >= SHIFT_WEEK))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct duty_ask d;

    check_shift(data, size, false);
    check_shift(data, size, true);
    if (duty_ask_decode(data, size, &d, NULL) != 0)
        return 0;
    if (d.since < 1 || d.minutes < 0 || d.minutes > DUTY_BY_MAX || !d.words[0] || !d.what[0] || !d.terminal[0] ||
        strlen(d.words) > DUTY_WORDS_MAX)
        abort();
    return 0;
}
