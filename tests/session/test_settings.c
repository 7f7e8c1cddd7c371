/* SPDX-License-Identifier: Apache-2.0
 *
 * The voice among the settings: only where there is one, within its bounds, gone when it is gone, and as every visit starts
 * at its end.
 */
#include "session/settings.h"

#include "session/session.h"
#include "test.h"

static struct session *s;

static void step(struct input in)
{
    struct effects fx = {.n = 0};

    in.now_ms = 1767574800000;
    session_step(s, &in, &fx);
}

static void touch(enum intent_kind kind, int a)
{
    step((struct input){.kind = INPUT_INTENT, .intent = {kind, a, 0}});
}

static const struct view *open_with(enum voice_reach voice, const char *words)
{
    struct session_config config = {.seed = 1, .voice = voice};
    struct err e = {0};

    CHECK_INT(settings_parse(words, &config.settings, &e), 0);
    s = session_create(&config);
    step((struct input){.kind = INPUT_START});
    return session_view(s);
}

TEST(on_and_off)
{
    const struct view *v = open_with(VOICE_PRIVATE, "");

    CHECK(!v->settings.voice);
    touch(INTENT_LOUDNESS, 1); /* of what is off */
    CHECK_INT(v->settings.loudness, 3);
    touch(INTENT_VOICE, 1);
    CHECK(v->settings.voice);
    for (int i = 0; i < 9; i++)
        touch(INTENT_LOUDNESS, 1);
    CHECK_INT(v->settings.loudness, VOICE_VOLUMES);
    for (int i = 0; i < 9; i++)
        touch(INTENT_LOUDNESS, -1);
    CHECK_INT(v->settings.loudness, 1);
    touch(INTENT_SPEED, VOICE_FAST);
    CHECK_INT(v->settings.speed, VOICE_FAST);
    touch(INTENT_SPEED, 99);
    CHECK_INT(v->settings.speed, VOICE_USUAL);
    touch(INTENT_VOICE, 0);
    CHECK(!v->settings.voice);
    session_destroy(s);
}

TEST(where_there_is_none)
{
    const struct view *v = open_with(VOICE_NONE, "voice");

    CHECK(!v->settings.voice);
    touch(INTENT_VOICE, 1);
    CHECK(!v->settings.voice);
    session_destroy(s);
}

TEST(gone)
{
    const struct view *v = open_with(VOICE_ALOUD, "en,voice");

    CHECK(v->settings.voice && v->voice == VOICE_ALOUD);
    step((struct input){.kind = INPUT_VOICE_GONE});
    CHECK(!v->settings.voice && v->voice == VOICE_NONE);
    touch(INTENT_VOICE, 1);
    CHECK(!v->settings.voice);
    CHECK_INT(v->settings.language, LANGUAGE_EN);
    session_destroy(s);
}

TEST(languages_in_turn)
{
    const struct view *v = open_with(VOICE_NONE, "");

    for (int i = 1; i <= LANGUAGE_COUNT; i++) {
        touch(INTENT_LANGUAGE, 0);
        CHECK_INT(v->settings.language, i % LANGUAGE_COUNT);
    }
    session_destroy(s);
    v = open_with(VOICE_NONE, "zh-Hant");
    CHECK_INT(v->settings.language, LANGUAGE_ZH_HANT);
    session_destroy(s);
}

TEST(words)
{
    struct settings t;
    struct err e = {0};

    CHECK_INT(settings_parse("voice,larger", &t, &e), 0);
    CHECK(t.voice && t.size == SIZE_LARGER && t.loudness == 3 && t.speed == VOICE_USUAL);
    CHECK_INT(settings_parse("voices", &t, &e), -ERR_INVALID);
    CHECK_INT(settings_parse("zh-hant", &t, &e), -ERR_INVALID);
}

TEST_MAIN(T(on_and_off), T(where_there_is_none), T(gone), T(languages_in_turn), T(words))
