/* SPDX-License-Identifier: Apache-2.0
 *
 * Which answers of the hall end a request for good. What goes over the wire is tested against the hall itself.
 */
#include "test.h"

#include "sync/http.h"

TEST(final_answers)
{
    static const int final[] = {400, 403, 404, 409, 413, 422}, later[] = {200, 204, 206, 408, 429, 500, 503};
    for (size_t i = 0; i < sizeof final / sizeof *final; i++)
        CHECK(http_final(final[i]));
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        CHECK(!http_final(later[i]));
}

TEST_MAIN(T(final_answers))
