# What bench/run and bench/compare have in common; they source it. It builds where the sources are newer than the last
# build, and starts Java as that build has written down: no Maven runs beside a measurement.

home=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)
me=bench/$(basename "$0")

say() {
  printf '%s: %s\n' "$me" "$1" >&2
}

# is_built FOLDER: whether the build that wrote its note there is newer than all it was made of, and still whole.
is_built() {
  [ -e "$1/java.args" ] || return 1
  for module in tensor autodiff sde models; do
    [ -e "$home/$module/target/girsanov-$module.jar" ] || return 1
  done
  changed=$(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main "$home/bench/src/peers" \
    -type f -newer "$1/java.args" -print 2>/dev/null | head -n 1)
  [ -z "$changed" ]
}

# build FOLDER PROFILES: leaves Maven's output in $log, and says every 20 s what Maven is at.
build() {
  if ! command -v mvn >/dev/null; then
    say "needs Maven to build itself; the README says which."
    exit 1
  fi
  rm -f "$1/java.args"
  output=$(mktemp)
  (cd "$home" && exec mvn --batch-mode --projects bench --also-make --activate-profiles "$2" \
    -Dmaven.test.skip=true package) >"$output" 2>&1 &
  maven=$!
  trap 'kill "$maven" 2>/dev/null; rm -f "$output"; exit 130' INT TERM HUP
  seconds=0
  while kill -0 "$maven" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    if [ $((seconds % 20)) -eq 0 ]; then
      say "$seconds s: $(sed -n '/Building jar/d; s|^Downloading from .*/|downloading |p; s|^\[INFO\] Building \([^ ]*\).*|compiling \1|p' \
        "$output" | tail -n 1)"
    fi
  done
  status=0
  wait "$maven" || status=$?
  trap - INT TERM HUP
  log=$(grep -v -e '^\[INFO\]' -e '^Download' "$output" || true)
  rm -f "$output"
  return "$status"
}

# start FOLDER CLASS ARGUMENT...: becomes the JVM.
start() {
  folder=$1
  shift
  exec "$(cat "$folder/java")" "@$folder/java.args" "$@"
}
