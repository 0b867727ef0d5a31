# The store: a file of lines, each "id<TAB>date<TAB>text".
# QUILL_FILE says where it is, QUILL_TODAY what day it is (for tests).

file=${QUILL_FILE:-$HOME/.quill}
tab=$(printf '\t')

notes() {
  [ ! -f "$file" ] || cat "$file"
}

today() {
  printf '%s\n' "${QUILL_TODAY:-$(date +%Y-%m-%d)}"
}

next_id() {
  notes | awk -F '\t' '$1 > last { last = $1 } END { print last + 1 }'
}

# Shows the notes on standard input.
show_notes() {
  while IFS=$tab read -r id date text; do
    printf '%3s  %s  %s\n' "$id" "$date" "$text"
  done
}

add_note() {
  if [ -z "$1" ]; then
    echo "quill: a note needs a text" >&2
    exit 2
  fi
  printf '%s\t%s\t%s\n' "$(next_id)" "$(today)" "$1" >>"$file"
}

list_notes() {
  notes | show_notes
}

remove_note() {
  if ! notes | grep -q "^$1$tab"; then
    echo "quill: there is no note '$1'" >&2
    exit 1
  fi
  notes | grep -v "^$1$tab" >"$file.new" || :
  mv "$file.new" "$file"
}
