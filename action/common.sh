# shellcheck shell=bash
# What the action's two scripts share. They run in bash 3.2 too, which macOS has.

# A text as the data of a workflow command, which ends with its line.
command_data() {
    local text=$1
    text=${text//'%'/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    printf '%s' "$text"
}

# Ends the step as a check that could not be done.
give_up() {
    printf '::error title=copydesk::%s\n' "$(command_data "$1")"
    exit 2
}

# Sets an output of the step. A value of several lines could set others, so none is taken.
set_output() {
    case $2 in
        *$'\n'* | *$'\r'*) give_up "the value of $1 contains a line break" ;;
    esac
    printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}
