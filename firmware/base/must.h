/* SPDX-License-Identifier: Apache-2.0
 *
 * What can never be: a fault of this program, or no memory left. It ends the program, which is started anew, and the log
 * says where and why. For what peers, disks and devices may do there are errors (err.h), never this.
 */
#ifndef BASE_MUST_H
#define BASE_MUST_H

#define must(cond, words)                                                                                                   \
    do {                                                                                                                    \
        if (!(cond))                                                                                                        \
            must_fail(__FILE__, __LINE__, words);                                                                           \
    } while (0)

__attribute__((noreturn)) void must_fail(const char *file, int line, const char *words);

#endif
