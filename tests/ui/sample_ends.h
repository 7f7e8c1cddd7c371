/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of what ends: no key to seal applications to, and what a technician reads of it. Included by sample.h only.
 */
/* Without the key that seals applications: told where one would be begun. */
static void sample_idle_key_over(struct view *v)
{
    sample_idle(v);
    v->health.no_applications = true;
}
static void sample_home_key_over(struct view *v)
{
    sample_home(v);
    v->health.no_applications = true;
}
static void sample_guide_key_over(struct view *v)
{
    sample_guide(v);
    v->health.no_applications = true;
}
static void sample_technician_ends(struct view *v)
{
    sample_technician(v);
    v->health.no_applications = true;
    v->staff.facts.ends[STAFF_END_CERTIFICATE].ms = SAMPLE_NOW + 40 * 86400000LL;
    v->staff.facts.ends[STAFF_END_CERTIFICATE].near = true;
    v->staff.facts.ends[STAFF_END_SEALING].ms = SAMPLE_NOW - 86400000;
    v->staff.facts.ends[STAFF_END_SEALING].over = true;
}
