/* SPDX-License-Identifier: Apache-2.0
 *
 * Where there is no kiosk-voice nothing is promised, and whoever asked for words all the same hears once that there are
 * none. How it goes with the child plays in tests/scenarios/voice-*.txt.
 */
#include "kiosk/speech.h"

#include "base/clock.h"
#include "kiosk/port_test.h"

TEST(no_child_no_voice)
{
    struct loop *l = loop_create();
    struct speech *s = speech_create(l, "words", &port);
    const struct settings how = SETTINGS_USUAL;

    hear_anew();
    CHECK_INT(speech_reach(s), VOICE_NONE); /* it does not stand beside this program */
    speech_stop(s);                         /* of nothing */
    speech_say(s, &how, "您好", false);
    for (int step = 0; step < 200 && !fed(INPUT_VOICE_GONE); step++) {
        clock_advance(100);
        loop_step(l, 5);
    }
    CHECK(fed(INPUT_VOICE_GONE) != NULL);
    int said = heard.n_fed;
    speech_say(s, &how, "您好", false); /* for the rest of the visit */
    loop_step(l, 5);
    CHECK_INT(heard.n_fed, said);
    speech_end(s);
    speech_destroy(s);
    speech_destroy(NULL);
    loop_destroy(l);
}

TEST(where_it_is_heard)
{
    enum voice_reach reach = VOICE_NONE;

    CHECK(speech_where("headphones", &reach));
    CHECK_INT(reach, VOICE_PRIVATE);
    CHECK(speech_where("loudspeaker", &reach));
    CHECK_INT(reach, VOICE_ALOUD);
    CHECK(speech_where("none", &reach));
    CHECK_INT(reach, VOICE_NONE);
    CHECK(!speech_where("everywhere", &reach));
    CHECK(!speech_where("", &reach));
}

TEST_MAIN(T(no_child_no_voice), T(where_it_is_heard))
