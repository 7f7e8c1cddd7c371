/* SPDX-License-Identifier: Apache-2.0
 *
 * See members.h.
 */
#include "model/members.h"

#include <string.h>

#include "base/must.h"

void members_values(const struct item *bundle, size_t member, const struct form_values *all, struct form_values *ret)
{
    must(member < bundle->n_joined, "answers for a member that the bundle does not have");
    const struct form *form = &bundle->joined[member]->form;

    memset(ret, 0, sizeof *ret);
    for (size_t i = 0; i < form->n_fields; i++) {
        int from = form_field_by_id(&bundle->form, form->fields[i].id);

        must(from >= 0, "a question of a member that its bundle does not ask");
        memcpy(ret->text[i], all->text[from], sizeof ret->text[i]);
        if (form->fields[i].type == FIELD_SIGNATURE)
            ret->ink = all->ink;
    }
}
