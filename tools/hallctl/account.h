/* SPDX-License-Identifier: Apache-2.0
 *
 * The half of `hallctl staff` that is about the hall's own people: accounts in its database.
 */
#ifndef HALLCTL_ACCOUNT_H
#define HALLCTL_ACCOUNT_H

#include <stdbool.h>

/* Are these arguments of this half? */
bool hallctl_account_means(int argc, char **argv);
/* `usage`: of both halves. The exit code. */
int hallctl_account(int argc, char **argv, const char *usage);

#endif
