/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as an event of a case: what is read says the same when it is written and read again; it is judged and, when it
 * may be, applied to cases in every stage, and their deadlines are counted.
 */
#include "tests/fuzz/again.h"
#include "tools/hall/rules/case_wire.h"
#include "tools/hall/rules/deadline_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(event, struct case_event, case_event_decode(bytes, len, value, NULL), case_event_encode(value, out), CASE_BYTES_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct case_event ev;
    static char words[DEADLINE_WORDS_MAX];
    struct deadlines d;

    event(data, size);
    if (case_event_decode(data, size, &ev, NULL) != 0)
        return 0;
    for (enum case_stage stage = 0; stage < CASE_STAGES; stage++) {
        struct case_state s = deadline_untaken(0);

        s.stage = stage;
        s.seq = ev.seq - 1;
        s.stopped = false;
        if (case_judge(&s, &ev, ev.at) != CASE_MAY)
            continue;
        case_apply(&s, &ev);
        deadline_fold(&s, NULL, date_of_ms(ev.at), &d);
        for (int i = 0; i < d.n; i++)
            deadline_sentence(&d.list[i], date_of_ms(ev.at), LANGUAGE_EN, words);
    }
    return 0;
}
