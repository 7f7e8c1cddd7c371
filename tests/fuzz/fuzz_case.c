/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as an event of a case: what is read says the same when it is written and read again; it is judged and, when it
 * may be, applied to cases in every stage, and their deadlines are counted. And as a whole list of them.
 */
#include "tests/fuzz/again.h"
#include "tools/hall/rules/case_wire.h"
#include "tools/hall/rules/deadline_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(event, struct case_event, case_event_decode(bytes, len, value, NULL), case_event_encode(value, out), CASE_BYTES_MAX)

static void tell(const struct case_state *s, struct date today)
{
    static char words[DEADLINE_WORDS_MAX];
    static struct deadlines d;

    deadline_fold(s, NULL, today, &d);
    for (int i = 0; i < d.n; i++)
        deadline_sentence(&d.list[i], today, LANGUAGE_EN, words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct case_event ev;
    static struct case_history h;

    event(data, size);
    if (case_history_decode(data, size, &h, NULL) == 0)
        tell(&h.state, date_of_ms(h.state.last));
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
        tell(&s, date_of_ms(ev.at));
    }
    return 0;
}
