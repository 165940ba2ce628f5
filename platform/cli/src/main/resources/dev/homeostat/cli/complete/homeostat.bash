# Completion of the homeostat command for bash (4 or newer): source <(homeostat completion bash)
# What may stand at the cursor is asked of the command itself, which asks the running host for the names of tables, keys, reconcilers and plugins.

_homeostat() {
  local program=$1
  local -a reply
  case $program in
    '~/'*) program=$HOME/${program#'~/'} ;;
  esac
  # An alias has completions too.
  type -P -- "$program" > /dev/null || program=homeostat
  mapfile -t reply < <("$program" complete bash -- "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" 2> /dev/null)
  COMPREPLY=()
  case ${reply[0]:-} in
    words)
      compopt -o nospace
      COMPREPLY=("${reply[@]:1}")
      ;;
    files) compopt -o default ;;
    directories) compopt -o dirnames ;;
  esac
}

complete -F _homeostat homeostat
