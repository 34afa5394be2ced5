# What the commands share. Sourced, not run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=Release
program=$root/artifacts/bin/Concentric/release/Concentric.dll
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '%s\n' "$*" >&2; }

need() { # need COMMAND HOW-TO-GET-IT
  command -v "$1" >/dev/null 2>&1 || { say "$1 is not installed. $2"; exit 1; }
}

# Installs Debian packages that are missing, where this may be done; otherwise says which.
packages() {
  local missing=()
  for package in "$@"; do dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "Missing: ${missing[*]}. Install them, or run this as root on Debian."
    exit 1
  fi
  say "Installing ${missing[*]}"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 ||
    { say "apt-get could not install ${missing[*]}. Try: apt-get install ${missing[*]}"; exit 1; }
}

tools() {
  need dotnet "Install the .NET 10 SDK."
  need npm "Install Node.js 18 or newer."
  [ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ] || { say "Node.js 18 or newer is needed; this is $(node --version)."; exit 1; }
}

# Front-end files and DuckDB's library, as locked; skipped when they are there already.
front_end() {
  local stamp=$root/assets/node_modules/.locked
  cmp -s "$root/assets/package-lock.json" "$stamp" 2>/dev/null && return 0
  say "Fetching front-end files and DuckDB"
  (cd "$root/assets" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
  cp "$root/assets/package-lock.json" "$stamp"
}

# Builds one project unless nothing has changed since the last time. A stamp is far quicker than asking the build.
build() { # build PROJECT-FOLDER
  local stamp=$root/artifacts/.built-$(basename "$1")
  if [ -f "$stamp" ] && [ -z "$(find "$root" \( -name artifacts -o -name .git -o -path "$root/data" -o -path "$root/assets/node_modules/*" -o -path "$root/docs" \) -prune -o -type f -newer "$stamp" -print -quit)" ]; then return 0; fi
  say "Building $(basename "$1")"
  mkdir -p "$root/artifacts"
  local now; now=$(mktemp "$root/artifacts/.stamp.XXXXXX")
  dotnet restore "$root/$1" --locked-mode --verbosity quiet >&2 || { rm -f "$now"; exit 1; }
  dotnet build "$root/$1" --configuration $configuration --no-restore --verbosity quiet -nologo -clp:NoSummary >&2 || { rm -f "$now"; exit 1; }
  mv "$now" "$stamp"
}
