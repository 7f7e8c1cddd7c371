/* SPDX-License-Identifier: Apache-2.0
 *
 * Without its child nobody can compose Chinese in this visit, and the session hears so once. How it goes with the child
 * plays in tests/scenarios/chinese-*.txt.
 */
#include "kiosk/composer.h"

#include "base/clock.h"
#include "kiosk/port_test.h"

TEST(no_child_no_chinese)
{
    struct loop *l = loop_create();
    struct composer *c = composer_create(l, "/nowhere", &port);
    const struct effect_compose ask = {.op = COMPOSE_START, .letters = "zhong"};

    hear_anew();
    for (int i = 0; i < 2 && !fed(INPUT_COMPOSE_GONE); i++) {
        composer_ask(c, &ask); /* there is no kiosk-ime beside this program */
        for (int step = 0; step < 200 && !fed(INPUT_COMPOSE_GONE); step++) {
            clock_advance(100);
            loop_step(l, 5);
        }
    }
    CHECK(fed(INPUT_COMPOSE_GONE) != NULL);
    int said = heard.n_fed;
    composer_ask(c, &ask); /* for the rest of the visit */
    loop_step(l, 5);
    CHECK_INT(heard.n_fed, said);
    composer_end(c);
    composer_destroy(c);
    composer_destroy(NULL);
    loop_destroy(l);
}

TEST_MAIN(T(no_child_no_chinese))
