/* SPDX-License-Identifier: Apache-2.0
 *
 * The keys of the hall's word, for commands: which ones the signed root names, and the one that lies in the hall's folder.
 */
#ifndef HALLCTL_HALL_WORD_H
#define HALLCTL_HALL_WORD_H

#include "wire/manifest.h"

/* The root that a person names. Nobody's signature on it is looked at: he says that it is the hall's. */
int hall_word_root(const char *path, struct manifest_root *ret, struct err *e);
/* The one that the hall in `data` has published. */
int hall_word_own_root(const char *data, struct manifest_root *ret, struct err *e);
/* What it signs by: the first key of the role acknowledgement that lies there, as signer_take() has it; these signatures are
 * the same each time. To be freed. -ERR_KEY: none does. */
int hall_word_key(const char *data, struct private_key **ret, struct err *e);

#endif
