#compdef homeostat
# Completion of the homeostat command for zsh: source <(homeostat completion zsh), after compinit; or write it to a file _homeostat in a directory of fpath.
# What may stand at the cursor is asked of the command itself, which asks the running host for the names of tables, keys, reconcilers and plugins.

_homeostat() {
  emulate -L zsh
  local program=${(Q)words[1]} line
  local -a given reply whole begun shown_whole shown_begun parts
  program=${program/#\~\//$HOME/}
  (( $+commands[$program] )) || [[ -x $program ]] || program=homeostat
  given=("${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}")
  reply=("${(@f)$("$program" complete zsh -- "${given[@]}" 2> /dev/null)}")
  for line in "${(@)reply[2,-1]}"; do
    parts=("${(@ps:\t:)line[2,-1]}")
    if [[ $line == +* ]]; then
      begun+=("$parts[1]")
      shown_begun+=("$parts[1]${parts[2]:+  -- $parts[2]}")
    else
      whole+=("$parts[1]")
      shown_whole+=("$parts[1]${parts[2]:+  -- $parts[2]}")
    fi
  done
  case $reply[1] in
    words)
      compadd -l -d shown_whole -a whole
      local found=$?
      compadd -S '' -l -d shown_begun -a begun || return found
      ;;
    files)
      compset -P '--*='
      _files
      ;;
    directories)
      compset -P '--*='
      _files -/
      ;;
    *) return 1 ;;
  esac
}

if [[ $funcstack[1] == _homeostat ]]; then
  _homeostat "$@"
else
  compdef _homeostat homeostat
fi
