/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of a stick that installs itself.
 */
#ifndef TESTS_UI_SAMPLE_INSTALL_H
#define TESTS_UI_SAMPLE_INSTALL_H

static void sample_install(struct view *v)
{
    struct install_facts *f = &v->install.facts;

    sample_base(v);
    v->screen = SCREEN_INSTALL;
    v->visit = false;
    v->install.on = v->install.stick = true;
    *f = (struct install_facts){
        .version = "1.5.0", .arch = "x86_64", .sheet = true, .words = {0, 1, 2, 3}, .disk = 64000000000, .chip = true};
    text_copy(f->terminal, sizeof f->terminal, "t-1103-003");
    text_copy(f->spot, sizeof f->spot, "示范区城东街道办事处一楼大厅");
    text_copy(f->device, sizeof f->device, "03 号机");
}
static void sample_install_looking(struct view *v)
{
    sample_install(v);
    v->install.facts = (struct install_facts){.trouble = INSTALL_FINE};
}
static void sample_install_nameless(struct view *v)
{
    sample_install(v);
    v->install.facts.sheet = v->install.facts.chip = false;
}
static void sample_install_keep(struct view *v)
{
    struct install_facts *f = &v->install.facts;

    sample_install(v);
    v->screen = SCREEN_INSTALL_KEEP;
    f->found = INSTALL_OURS;
    f->note.known = true;
    f->note.unsent = 3;
    strcpy(f->note.terminal, "t-1103-003");
    strcpy(f->note.name, "03 号机");
    strcpy(f->note.version, "1.4.2");
}
static void sample_install_keep_sent(struct view *v)
{
    sample_install_keep(v);
    v->install.facts.note.unsent = 0;
    v->install.remind = true;
}
static void sample_install_keep_unknown(struct view *v)
{
    sample_install_keep(v);
    memset(&v->install.facts.note, 0, sizeof v->install.facts.note);
}
static void sample_install_other(struct view *v)
{
    sample_install_keep(v);
    v->screen = SCREEN_INSTALL_OTHER;
    v->install.facts.found = INSTALL_OTHER;
    strcpy(v->install.facts.note.terminal, "t-1103-007");
    strcpy(v->install.facts.note.name, "07 号机");
    v->install.facts.note.unsent = 0;
}
static void sample_install_foreign(struct view *v)
{
    sample_install(v);
    v->screen = SCREEN_INSTALL_FOREIGN;
    v->install.facts.found = INSTALL_FOREIGN;
    strcpy(v->install.facts.what, "NTFS");
    strcpy(v->install.facts.ask, "5092");
    v->install.typed = 2;
    v->keys.kind = KEYBOARD_DIGITS;
}
static void sample_install_foreign_wrong(struct view *v)
{
    sample_install_foreign(v);
    v->install.facts.files = 2114;
    v->install.typed = 0;
    v->install.wrong = true;
}
static void sample_install_half(struct view *v)
{
    sample_install(v);
    v->screen = SCREEN_INSTALL_HALF;
    v->install.facts.found = INSTALL_HALF;
    v->install.seconds = 9;
}
static void sample_install_writing(struct view *v)
{
    sample_install(v);
    v->screen = SCREEN_INSTALL_WRITING;
    v->install.now.part = 1;
    v->install.now.percent = 38;
    v->install.now.left_s = 80;
    v->install.now.done = 102000000;
    v->install.now.bytes = 268000000;
    v->install.now.mb_s = 41;
}
static void sample_install_writing_out(struct view *v)
{
    sample_install_writing(v);
    v->install.stick = false;
    v->install.now.part = 2;
    v->install.now.left_s = -1;
    v->install.now.mb_s = 0;
}
static void sample_install_done(struct view *v)
{
    sample_install(v);
    v->screen = SCREEN_INSTALL_DONE;
}
static void sample_install_done_out(struct view *v)
{
    sample_install_done(v);
    v->install.stick = v->install.facts.sheet = false;
    v->install.seconds = 8;
}
static void sample_install_trouble(struct view *v)
{
    sample_install_keep(v);
    v->screen = SCREEN_INSTALL_TROUBLE;
    v->install.facts.trouble = INSTALL_BROKEN;
}
static void sample_install_no_disk(struct view *v)
{
    sample_install(v);
    v->screen = SCREEN_INSTALL_TROUBLE;
    v->install.facts.trouble = INSTALL_NO_DISK;
}
static void sample_install_failed(struct view *v)
{
    sample_install_no_disk(v);
    v->install.facts.trouble = INSTALL_FAILED;
}

#endif
