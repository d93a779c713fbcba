// What runs on the host: a POSIX shell reads one command a line from standard input, does it, and answers. One process for
// one transaction, so that a lock ends with it, and the end of the connection is the end of the input: it then tidies up
// and gives the lock back. No path and no content is ever part of a command line, which everybody on the host can see.

/** An argument for the shell there: it is that text, whatever stands in it. */
export function quote(text: string): string {
  if (/[\0\n]/.test(text)) throw new Error("a line end cannot be part of a command's line");
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** How a program is started. */
export interface Start {
  programBytes: number;
  /** As root or not; `free`: where sudo asks for no password. */
  root: "none" | "free" | "password";
  /** Tells our lines from what else the host may print. */
  nonce: string;
}

/**
 * The command that makes a shell of whatever the user's login shell is; it reads its program from standard input. Where
 * sudo asks for a password (`-k`: whatever it remembers), its question and the word that it has let us in are ours to know.
 */
export function startCommand({ programBytes, root, nonce }: Start): string {
  const read = `p=$(dd bs=1 count=${programBytes} 2>/dev/null) && eval "$p"`;
  if (root === "none") return `exec sh -c '${read}'`;
  if (root === "free") return `exec sudo -n sh -c '${read}'`;
  return `exec sudo -k -S -p '${nonce} password' sh -c 'echo; echo ${nonce} begun; ${read}'`;
}

/** @param nonce tells our lines from what else the host may print */
export function writeProgram(nonce: string): string {
  return `nonce=${nonce}\n${PROGRAM}serve`;
}

const PROGRAM = `
LC_ALL=C; export LC_ALL
PATH="$PATH:/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin:/opt/homebrew/bin"; export PATH
mask=$(umask)
umask 077
exec 2>&1
trap '' PIPE; trap : USR1
trap 'finish; exit 1' HUP INT TERM
lock= mine= temporary= kept= last= out= inode= file= folder= base= model= unread= unsettled=

say() { printf '=%s\\n' "$1"; }
complain() { printf '%s: %s\\n' "$1" "$2"; return 1; }
hex() { od -An -v -tx1 "$1" | tr -d ' \\t\\n'; }
flush() { sync "$1" 2>/dev/null || sync; }
inode_of() { set -- $(ls -di "$1"); printf '%s' "$1"; }

follow() {
  file=$1; links=0
  while [ -h "$file" ]; do
    links=$((links + 1))
    [ "$links" -le 40 ] || { complain "$1" 'Too many levels of symbolic links'; return 1; }
    next=$(readlink "$file") || return 1
    case $next in /*) file=$next ;; *) file=\${file%/*}/$next ;; esac
  done
}

exists() {
  words=$(ls -d "$1" 2>&1) && return 0
  case $words in *'No such file or directory'*) return 1 ;; esac
  printf '%s\\n' "$words"
  return 2
}

regular() {
  if [ -d "$1" ]; then complain "$1" 'Is a directory'; return 1; fi
  [ -f "$1" ] || complain "$1" 'No regular file'
}

fetch() {
  follow "$1" || return 1
  exists "$file"
  case $? in 1) say missing; return 0 ;; 2) return 1 ;; esac
  regular "$file" || return 1
  if od -An -v -tx1 "$file" >/dev/null; then say present; else return 1; fi
  { od -An -v -tx1 "$file" && echo end; } | sed 's/^/=/'
}

make_folder() {
  if [ -d "$1/" ]; then return 0; fi
  case $1 in */*) make_folder "\${1%/*}" || return 1 ;; esac
  mkdir "$1" || [ -d "$1/" ] || return 1
  if [ "$(id -u)" = 0 ]; then
    set -- "$1" $(ls -ldn "\${1%/*}/")
    chown "$4:$5" "$1"
  fi
}

place() {
  follow "$1" || return 1
  folder=\${file%/*}; base=\${file##*/}
  make_folder "$folder" || return 1
  folder=$(cd -P "$folder/" && pwd -P) || return 1
  folder=\${folder%/}
  file=$folder/$base
  say "$file"
}

# A Runner that is not root could not read what root has made: it is of who has the model, the file, or else the folder.
take_owner() {
  [ "$(id -u)" = 0 ] || return 0
  like=$file
  if [ -e "$model" ]; then like=$model; fi
  [ -e "$like" ] || like=$folder/
  set -- "$1" $(ls -ldn "$like")
  chown "$4:$5" "$1"
}

# What is left of a content that could not be stored must not be taken for commands: then the program ends.
stage() {
  unread=yes
  model=$3
  if [ -e "$file" ]; then regular "$file" || return 1; fi
  temporary=$folder/.$base.$1.tmp
  kept=
  ( set -C; : > "$temporary" ) || { temporary=; return 1; }
  dd ibs=1 obs=65536 count="$2" >> "$temporary" || return 1
  [ "$(wc -c < "$temporary")" -eq "$2" ] || { complain "$temporary" 'Not all of it arrived'; return 1; }
  unread=
  take_owner "$temporary" || return 1
  chmod 600 "$temporary" || return 1
  flush "$temporary"
}

# The file as it was, also for those who look at the host by themselves.
keep() {
  if [ ! -e "$file" ]; then return 0; fi
  last=$folder/.$base.$1.last
  ( set -C; cat "$file" > "$last" ) || return 1
  take_owner "$last" || return 1
  flush "$last"
  good=$folder/.$base.pulumi-last-good
  if [ -d "$good" ]; then complain "$good" 'Is a directory'; return 1; fi
  mv -f "$last" "$good" || return 1
  last=
}

same() {
  case $1 in any) return 0 ;; missing) [ ! -e "$file" ] ;; *) [ -f "$file" ] && [ "x$(hex "$file")" = "$1" ] ;; esac
}

commit() {
  if [ -e "$file" ]; then
    kept=$folder/.$base.$2.old
    ln "$file" "$kept" 2>/dev/null || cp -p "$file" "$kept" || return 1
  fi
  inode=$(inode_of "$temporary")
  if ! same "$1"; then say changed; tidy; return 0; fi
  [ -z "$3" ] || keep "$2" || return 1
  mv -f "$temporary" "$file" || return 1
  temporary= unsettled=$4
  flush "$folder/"
  say done
}

undo() {
  unsettled=
  if [ "$(inode_of "$file")" != "$inode" ]; then say other; return 0; fi
  word=gone
  if [ -n "$kept" ]; then mv -f "$kept" "$file" || return 1; kept=; word=back; else rm -f "$file" || return 1; fi
  flush "$folder/"
  say "$word"
}

# What a command prints goes into a file: one that leaves a process behind would else keep the connection. One that cannot
# be ended, such as root's by sudo, is not waited for.
limited() {
  out=$folder/.$base.$1.out
  ( set -C; : > "$out" ) || { out=; return 1; }
  ( umask "$mask"; trap - PIPE; exec sh -c "$3" sh "$temporary" ) </dev/null >>"$out" 2>&1 & child=$!
  ( sleep "$2" && { : > "$out.late"; kill "$child"; sleep 2; kill -9 "$child"; kill -USR1 $$; } ) </dev/null >/dev/null 2>&1 & guard=$!
  wait "$child"; ended=$?
  kill "$guard" 2>/dev/null
  if [ -e "$out.late" ]; then rm -f "$out.late"; ended=late; fi
  say "$ended"
  dd bs=4000 count=1 2>/dev/null < "$out" | sed 's/^/=/'
  echo
  rm -f "$out"; out=
}

locate() {
  say "$(uname -s)"
  say "$(id -u)"
  say "$HOME"
  say "$(pwd -P)"
}

volume() {
  words=$(docker volume inspect --format '{{.Mountpoint}}' "$1" 2>&1) || {
    case $words in *[Nn]'o such volume'*) say missing; return 0 ;; esac
    printf '%s\\n' "$words"
    return 1
  }
  if [ -d "$words" ]; then say found; say "$words"; return 0; fi
  printf '%s: %s\\n' "$words" 'its folder is not there, or may not be seen'
  return 1
}

settle() { unsettled=; tidy; }

tidy() {
  if [ -n "$temporary" ]; then rm -f "$temporary"; temporary=; fi
  if [ -n "$kept" ]; then rm -f "$kept"; kept=; fi
  if [ -n "$last" ]; then rm -f "$last"; last=; fi
  if [ -n "$out" ]; then rm -f "$out" "$out.late"; out=; fi
}

discard() {
  follow "$1" || return 1
  if [ -d "$file" ]; then complain "$file" 'Is a directory'; return 1; fi
  exists "$file"
  case $? in 1) return 0 ;; 2) return 1 ;; esac
  rm -f "$file" && flush "\${file%/*}/"
}

copy() {
  ( set -C; cat "$1" > "$2" ) || return 1
  flush "$2"
}

sweep() {
  h='[0-9a-f]'; h=$h$h$h$h; h=$h$h$h
  for left in "$folder/.$base."$h.tmp "$folder/.$base."$h.old "$folder/.$base."$h.last "$folder/.$base."$h.out*; do [ -f "$left" ] && rm -f "$left"; done
  return 0
}

started() {
  words=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  words=\${words##*) }
  set -- $words
  case $1 in Z | X) printf ended ;; *) printf '%s' "\${20}" ;; esac
}

myself() {
  printf '{"pid":%s,"host":"%s","started":"%s","pidSpace":"%s","machine":"%s","boot":"%s","by":"%s"}\\n' \\
    $$ "$(uname -n)" "$(started $$)" "$(readlink /proc/self/ns/pid 2>/dev/null)" \\
    "$(cat /etc/machine-id 2>/dev/null)" "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" "$1"
}

take() {
  lock=$folder/.$base.pulumi-lock
  [ -d "$lock" ] || mkdir "$lock" 2>/dev/null || [ -d "$lock" ] || mkdir "$lock" || { lock=; return 1; }
  mine=$lock/$$-$1.json
  words=$( ( set -C; myself "$2" > "$mine" ) 2>&1 ) || {
    rm -f "$mine"; mine=
    if [ -d "$lock" ]; then printf '%s\\n' "$words"; return 1; fi
    say held; return 0
  }
  set -- "$lock"/*
  if [ $# -eq 1 ] && [ "$1" = "$mine" ]; then flush "$mine"; sweep; say taken; return 0; fi
  rm -f "$mine"; mine=
  say held
}

look() {
  for one in "$lock"/*; do
    [ -f "$one" ] || continue
    say "\${one##*/}"
    say "$(cat "$one")"
    say "$(date -u -r "$one" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null)"
    say "$(myself '')"
    return 0
  done
}

fate() {
  if found=$(started "$1") && [ -n "$found" ]; then say "$found"; return 0; fi
  words=$(kill -0 "$1" 2>&1) && { say ''; return 0; }
  case $words in *'o such process'*) say gone ;; *) say '' ;; esac
}

break_lock() { rm -f "$lock/$1"; }

release() {
  if [ -n "$mine" ]; then rm -f "$mine"; mine=; fi
  if [ -n "$lock" ]; then rmdir "$lock" 2>/dev/null; lock=; fi
  return 0
}

# Whether the hook did well nobody has heard: then the file is as it was, so that the next delivery calls it again.
finish() { [ -z "$unsettled" ] || undo >/dev/null 2>&1; tidy; release; }

serve() {
  printf '\\n%s ready\\n' "$nonce"
  while IFS= read -r op; do
    eval "$op"
    status=$?
    printf '\\n%s %s\\n' "$nonce" "$status"
    [ -z "$unread" ] || break
  done
  finish
}
`;
