/* SPDX-License-Identifier: Apache-2.0
 *
 * What was said is written down: its code, which stands here whatever becomes of the paper. And what the hall answered to a
 * code. Neither page leads anywhere but out: whoever comes next must not find them.
 */
#include "base/must.h"
#include "session/internal.h"
#include "session/jobs.h"
#include "session/speak.h"

static void intent(struct session *s, struct intent i)
{
    must(s->view.done.number[0] && s->speak.typed->given[0], "a code of nothing that was said");
    if (i.kind == INTENT_PRINT && !jobs_printing(s))
        jobs_print_again(s, DEVICE_RECEIPT);
    else if (i.kind == INTENT_NOTED || (i.kind == INTENT_TOOK_PAPER && !jobs_printing(s)))
        speak_over(s);
}

const struct state state_SPEAK_CODE = {.intent = intent, .rest = REST_TROUBLE};

/* --- the answer --- */

static void answer_enter(struct session *s)
{
    speak_ask(s);
}

static void answer_intent(struct session *s, struct intent i)
{
    bool refused = s->view.speak.asking == ASKED_REFUSED;

    if (i.kind == INTENT_BACK || (i.kind == INTENT_RETRY && refused && s->view.speak.why == ASK_NO_SUCH_CASE))
        speak_digits(s, SPEAK_DIGITS_CODE);
    else if (i.kind == INTENT_RETRY && refused)
        speak_ask(s);
}

static void answer_input(struct session *s, const struct input *in)
{
    speak_answer(s, in);
}

const struct state state_SPEAK_ANSWER = {
    .enter = answer_enter, .intent = answer_intent, .input = answer_input, .rest = REST_FORM, .can_back = true};
