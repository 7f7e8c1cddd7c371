/* SPDX-License-Identifier: Apache-2.0
 *
 * Each device tested by a technician who looks: what runs, what is asked, and what came of it since he signed in.
 */
#ifndef MODEL_DEVICE_TRIAL_H
#define MODEL_DEVICE_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "model/device.h"
#include "model/test_number.h"

enum trial_part {
    TRIAL_RECEIPT = DEVICE_RECEIPT,
    TRIAL_TICKET = DEVICE_TICKET,
    TRIAL_READER = DEVICE_READER,
    TRIAL_TOUCH,
    TRIAL_SOUND,
    TRIAL_PARTS, /* none */
};
enum trial_result { TRIAL_UNTRIED, TRIAL_GOOD, TRIAL_BAD };
/* What can be said: of a page, the index of its number or TRIAL_SAYS_BAD; of the rest TRIAL_SAYS_GOOD or that. */
enum { TRIAL_SAYS_GOOD = 0, TRIAL_SAYS_BAD = 2 };

#define TRIAL_SPOTS 5

struct device_trial {
    enum trial_part part;
    bool running;   /* its page is being printed */
    bool again;     /* another number was read, or the card was not */
    unsigned spots; /* bit i: the i-th was touched */
    struct test_number number;
    unsigned papers;
    struct {
        enum trial_result result;
        int64_t at; /* wall clock, ms */
    } of[TRIAL_PARTS];
};

#endif
