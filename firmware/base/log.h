/* SPDX-License-Identifier: Apache-2.0
 *
 * One line a message on stderr, for the service manager to keep:  "<6>journal: opened, last record 41".
 * Nothing personal may be logged: what lies in secret memory (base/secret.h) is never an argument.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

enum log_level { LOG_ERROR = 3, LOG_WARN = 4, LOG_INFO = 6 }; /* syslog's numbers */

/* Whoever makes a program log makes it log at most so much: LOG_PER_MINUTE messages a minute, and as many errors beside
 * them; what was left out is counted, and said with the next minute's first message. Where stderr is a file it ends at
 * LOG_FILE_MAX bytes, until it is moved or cut. A service manager bounds what it keeps itself. */
#define LOG_PER_MINUTE 600
#define LOG_FILE_MAX (64 * 1024 * 1024)
/* For a program that serves many: another number than LOG_PER_MINUTE. */
void log_set_rate(int per_minute);

/* True at most once a minute: for what a peer can cause as often as it likes. *last starts as 0. */
bool log_due(int64_t *last);

/* `module` is the stem of the file's noun ("journal"). */
void log_msg(enum log_level level, const char *module, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#define log_error(module, ...) log_msg(LOG_ERROR, module, __VA_ARGS__)
#define log_warn(module, ...) log_msg(LOG_WARN, module, __VA_ARGS__)
#define log_info(module, ...) log_msg(LOG_INFO, module, __VA_ARGS__)

#endif
