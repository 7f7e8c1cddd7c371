/* SPDX-License-Identifier: Apache-2.0
 *
 * See note.h. No system writes a note yet: nothing is known of any.
 */
#include "tools/install/note.h"

void note_look(const struct medium *md, uint64_t at, struct install_facts *f, char *runs)
{
    f->note.known = false;
    *runs = '-';
}
