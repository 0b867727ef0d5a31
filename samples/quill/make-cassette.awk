# Turns the answers of script/* into exchanges, one JSON object a line. See make-cassette.

# Awks disagree about backslashes in gsub, so a character at a time.
function quote(s,   i, c, out) {
  for (i = 1; i <= length(s); i++) {
    c = substr(s, i, 1)
    if (c == "\\" || c == "\"")
      c = "\\" c
    else if (c == "\n")
      c = "\\n"
    else if (c == "\t")
      c = "\\t"
    out = out c
  }
  return "\"" out "\""
}

# One event of the stream is one piece of the body.
function event(name, data) {
  body = body (body == "" ? "" : ",") quote("event: " name "\ndata: {\"type\":\"" name "\"" (data == "" ? "" : "," data) "}\n\n")
}

function delta(kind, member, text,   at) {
  for (at = 1; at <= length(text); at += 60) {
    event("content_block_delta", "\"index\":" block ",\"delta\":{\"type\":\"" kind "\",\"" member "\":" quote(substr(text, at, 60)) "}")
  }
  event("content_block_stop", "\"index\":" block)
  block++
  written += length(text)
}

function say(text) {
  event("content_block_start", "\"index\":" block ",\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
  delta("text_delta", "text", text)
  reason = "end_turn"
}

function call(name, input) {
  calls++
  event("content_block_start", "\"index\":" block ",\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_" calls "\",\"name\":\"" name "\",\"input\":{}}")
  delta("input_json_delta", "partial_json", input)
  reason = "tool_use"
}

# What was collected since the last line with "> " becomes a block.
function finish(   text) {
  text = collected
  sub(/\n$/, "", text)
  if (kind == "say")
    say(text)
  else if (kind == "read")
    call("read", "{\"path\":" quote(argument) "}")
  else if (kind == "grep")
    call("grep", "{\"pattern\":" quote(argument) "}")
  else if (kind == "shell")
    call("shell", "{\"command\":" quote(text) "}")
  else if (kind == "write")
    call("write", "{\"path\":" quote(argument) ",\"content\":" quote(collected) "}")
  else if (kind == "with")
    call("edit", "{\"path\":" quote(edited) ",\"old_string\":" quote(old) ",\"new_string\":" quote(text) "}")
  if (kind == "edit") {
    edited = argument
    old = text
  }
  kind = collected = argument = ""
}

function exchange(   start) {
  seen += 900 + written
  start = body
  body = ""
  event("message_start", "\"message\":{\"id\":\"msg_" ++messages "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"recorded-script\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":" int(seen / 4) ",\"output_tokens\":1}}")
  start = body "," start
  body = ""
  event("message_delta", "\"delta\":{\"stop_reason\":\"" reason "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":" int(written / 4) + 1 "}")
  event("message_stop", "")
  printf "{\"request\":{\"role\":\"%s\",\"turn\":%d%s},\"response\":{\"status\":200,\"headers\":{\"Content-Type\":\"text/event-stream\"},\"body\":[%s,%s]}}\n", turn == 0 ? "user" : "tool", turn, turn == 0 ? ",\"contains\":" quote(task) : "", start, body
  body = ""
  block = written = 0
  turn++
}

BEGIN {
  block = written = calls = messages = 0
  print "{\"cassette\":1,\"wire\":\"anthropic\",\"model\":\"recorded-script\",\"match\":\"sequence\",\"note\":\"Written by hand; see samples/quill/make-cassette.\"}"
}

/^@ / {
  turn = 0
  seen = 6000
  task = substr($0, 3)
  sub(/^[0-9.]+ /, "", task)
  next
}

/^> turn$/ {
  finish()
  exchange()
  next
}

/^> / {
  finish()
  kind = $2
  argument = $3
  next
}

{ collected = collected $0 "\n" }
