/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include <unistd.h>

#include "tools/hall/door/address.h"

TEST(parses)
{
    struct address a;
    CHECK_INT(address_parse("127.0.0.1:8443", &a, NULL), 0);
    CHECK_STR(a.text, "127.0.0.1:8443");
    CHECK_INT(address_parse("[::1]:0", &a, NULL), 0);
    CHECK_STR(a.text, "[::1]:0");
    static const char *const bad[] = {
        "",    ":", ":8443", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "localhost:8443", "127.0.0.1:-1",
        "[]:1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_INT(address_parse(bad[i], &a, NULL), -ERR_INVALID);
}

TEST(takes_any_port_and_the_same_again)
{
    struct address a;
    CHECK_INT(address_parse("127.0.0.1:0", &a, NULL), 0);
    int fd = address_listen(&a, NULL);
    CHECK(fd >= 0);
    CHECK(strcmp(a.text, "127.0.0.1:0"));
    CHECK(address_listen(&a, NULL) < 0); /* taken */
    close(fd);
    fd = address_listen(&a, NULL);
    CHECK(fd >= 0);
    close(fd);
}

TEST_MAIN(T(parses), T(takes_any_port_and_the_same_again))
