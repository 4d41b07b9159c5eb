"""What is said about exercises: how they stand, and opening them."""

from bot.core.marking import N_, NN_

TEXTS: dict[str, str | tuple[str, str]] = {
    # The list, for a participant
    "exercises.heading": N_("<b>Exercises</b>"),
    "exercises.none": N_("There are no exercises for groups in this workshop."),
    "exercises.unformed": N_("{id} {title}: once groups are formed"),
    "exercises.waiting": N_("{id} {title}: once your group has published {before}"),
    "exercises.waiting_groups": NN_(
        "{id} {title}: once Group {groups} has published {before}",
        "{id} {title}: once Groups {groups} have published {before}",
    ),
    "exercises.ready": N_("{id} {title}: your group can open it"),
    "exercises.first": N_("{id} {title}: a facilitator opens it"),
    "exercises.open": N_("{id} {title}: open, step {at} of {of}"),
    "exercises.shut": N_("{id} {title}: closed for now"),
    "exercises.published": N_("{id} {title}: published"),
    "label.go_to": N_("Go to {id}"),
    "label.read": N_("Read {id}"),
    # Too early
    "exercises.not_formed": N_("Groups for {id} aren't formed yet. A facilitator does that."),
    "exercises.by_facilitator": N_("A facilitator opens {id}. Until then there is nothing to do."),
    "exercises.early": N_(
        "{id} builds on {before}. Your group is at step {at} of {of} there: publish it, then open {id}."
    ),
    "exercises.early_unopened": N_("{id} builds on {before}, which isn't open yet."),
    "exercises.early_groups": NN_(
        "{id} builds on {before}. Group {groups} hasn't published it yet.",
        "{id} builds on {before}. Groups {groups} haven't published it yet.",
    ),
    "exercises.other_group": N_("That is for another group. /exercises shows what yours can open."),
    "exercises.closed": N_("{title} is closed. Nothing new can be opened."),
    "exercises.elsewhere": N_("{id} {title} is open for your group in {workshop}."),
    "label.go_there": N_("Go there"),
    # Opening, by a facilitator
    "opening.opened_room": N_("{id} is open for everyone. Its sheet is on your phone too: you lead through it."),
    "opening.which": N_("Open which exercise, and for whom?"),
    "opening.nothing": N_("Every exercise is open for every group."),
    "opening.all_open": N_("{id} is open for every group already."),
    "opening.unformed": N_("Groups for {id} aren't formed yet. /groups forms them."),
    "opening.about": N_("<b>{id} {title}</b>"),
    "opening.early": NN_(
        "It builds on {before}, which Group {groups} hasn't published yet.",
        "It builds on {before}, which Groups {groups} haven't published yet.",
    ),
    "opening.early_unformed": N_("It builds on {before}, which nobody has done yet."),
    "opening.ready_now": N_("Everyone is ready for it now."),
    "opening.opened": NN_("{id} is open for Group {groups}.", "{id} is open for Groups {groups}."),
    "label.open_for_all": N_("{id} for all"),
    "label.open_for_one": N_("{id}: {group}"),
    "label.open_ready": NN_("Open for Group {groups}", "Open for {count} groups"),
    "label.open_anyway": N_("Open anyway"),
    "label.open_all_anyway": N_("Open for all anyway"),
    # Roles by rota
    "roles.given": N_("You are Group {group}'s {roles}."),
    "role.reporter": N_("reporter"),
    "role.scribe": N_("scribe"),
    "role.timekeeper": N_("timekeeper"),
    "role.reporter.does": N_("The reporter tells the room what the group found."),
    "role.scribe.does": N_("The scribe holds the pen, writes for the group and opens the next step."),
    "role.timekeeper.does": N_("The timekeeper watches the clock."),
}
