/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl terminal act, withdraw, acts and logs; argv[0] is the verb.
 */
#ifndef HALLCTL_TERMINAL_ACT_H
#define HALLCTL_TERMINAL_ACT_H

int hallctl_terminal_act(int argc, char **argv);
int hallctl_terminal_withdraw(int argc, char **argv);
int hallctl_terminal_acts(int argc, char **argv);
int hallctl_terminal_logs(int argc, char **argv); /* terminal_logs.c */

#endif
