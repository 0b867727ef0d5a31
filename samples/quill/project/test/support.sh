# What every test begins with: an empty store on a fixed day, and the word "check".
folder=$(mktemp -d "${TMPDIR:-/tmp}/quill.XXXXXX")
trap 'rm -rf "$folder"' EXIT
export QUILL_FILE="$folder/notes" QUILL_TODAY=2024-03-01

quill() {
  sh bin/quill "$@"
}

# check NAME EXPECTED ACTUAL
check() {
  if [ "$2" = "$3" ]; then
    echo "ok $1"
  else
    echo "not ok $1: expected '$2', got '$3'"
  fi
}
