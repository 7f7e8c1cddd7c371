/* SPDX-License-Identifier: Apache-2.0
 *
 * See members.h.
 */
#include "model/members.h"

#include <string.h>

#include "base/must.h"

/* What was said of a licence holds for whoever asks for one of its kind. */
static void share_licences(const struct item *bundle, const struct item *member, const struct form_licences *all,
                           struct form_licences *ret)
{
    ret->at = all->at;
    for (size_t i = 0; i < member->n_materials; i++)
        for (size_t k = 0; k < bundle->n_materials; k++) {
            const struct item_material *m = &member->materials[i], *from = &bundle->materials[k];

            if (!item_material_licensed(m) || !item_material_licensed(from) ||
                strcmp(m->licence_kind, from->licence_kind) != 0)
                continue;
            ret->use |= (all->use >> k & 1) << i;
            ret->bring |= (all->bring >> k & 1) << i;
        }
}

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
    share_licences(bundle, bundle->joined[member], &all->licences, &ret->licences);
}
