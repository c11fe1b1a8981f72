# shellcheck shell=sh disable=SC2034,SC2154 # $usage comes from whoever sources this, $root and $state go there
# What lock-machine and unlock-machine share. Sourced by both; $0 is theirs.

say() { printf '%s\n' "$*"; }
fail() {
  say "${0##*/}: $*" >&2
  exit 1
}

# Sets $root, the machine to work on ('' is this one), and $state, where it is kept what was there before.
read_arguments() {
  root=
  while [ $# -gt 0 ]; do
    case $1 in
      --root)
        [ $# -ge 2 ] || fail 'Which folder? --root DIR'
        root=${2%/}
        shift 2
        ;;
      --help)
        say "$usage"
        exit 0
        ;;
      *) fail "I do not know $1. --help says what there is." ;;
    esac
  done
  [ "$(id -u)" -eq 0 ] || fail 'Only an administrator can do this: put sudo before it.'
  [ -d "$root/var/lib" ] || fail "$root/ is no Linux system."
  state=$root/var/lib/exam-station-lock
  umask 022
}

# Made beside the file it becomes, and then renamed: whenever this is cut short, there is the old file or the new one.
beside() { printf '%s' "$1.exam-station-new"; }
exists() { [ -e "$1" ] || [ -L "$1" ]; }
