"""What is said about action plans."""

from bot.core.marking import N_

TEXTS: dict[str, str | tuple[str, str]] = {
    "plan.title": N_("Action plan of Group {group}"),
    "plan.gone": N_("That action isn't in the plan any more."),
    "plan.not_yours": N_("That plan isn't yours to see or to change."),
    "plan.no_group": N_("Action plans are written by groups, and groups aren't formed yet."),
    "plan.already_there": N_("An action of that name is in the plan already."),
    "plan.full": N_("A plan holds {most} actions at most."),
    "plan.list_full": N_("At most {most} here."),
    "plan.too_many_people": N_("At most {most} people here."),
    "plan.too_many_contacts": N_("A plan names {most} people from outside at most."),
    "plan.overtaken": N_("Somebody else changed that in between."),
    "plan.agreed_already": N_("This plan is agreed already."),
    "plan.empty": N_("There is no action in this plan yet."),
    "plan.nothing_to_undo": N_("There is nothing to undo."),
}
