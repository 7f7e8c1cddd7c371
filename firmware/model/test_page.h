/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's test page: everything a printer of this terminal must be able to print, and nothing of anybody.
 */
#ifndef MODEL_TEST_PAGE_H
#define MODEL_TEST_PAGE_H

#include "model/receipt.h"

/* `ticket`: for the ticket printer. `number`: somebody is asked which one he sees; -1: nobody is. NULL: it did not fit. */
struct paper *test_page_compose(const struct place *place, bool ticket, int number, int64_t now_ms);

#endif
