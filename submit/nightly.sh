#!/usr/bin/env bash
# submit/nightly.sh [retrain options]
#
# What cron or systemd calls: submit/graft retrain with a log file for each night. Options of spark-submit are those in
# GRAFT_SPARK_OPTIONS, such as '--master yarn --num-executors 4'; arguments go to retrain.
#
#   GRAFT_CONF       settings                     (conf/nightly.conf)
#   GRAFT_LOGS       directory of log files       (logs, beside submit)
#   GRAFT_KEEP_LOGS  days after which they go     (30)
#
# A run that failed (1) or was killed (above 128) is started once more, since it goes on where it was: an executor host may
# have gone, or a storage been away. The lock of one that was killed on this host keeps nobody out. Exit codes are Graft's:
# 0 promoted, or nothing new since a run that was; 1 failed twice; 2 wrong settings; 3 refused, or nothing new since a run
# that was; 4 another run is at work; 130 interrupted; above that killed twice.
set -uo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
conf=${GRAFT_CONF:-$root/conf/nightly.conf}
logs=${GRAFT_LOGS:-$root/logs}
keep=${GRAFT_KEEP_LOGS:-30}
read -ra spark_options <<<"${GRAFT_SPARK_OPTIONS-}"

mkdir -p "$logs" || exit 2
log=$logs/retrain-$(date -u +%Y%m%d-%H%M%S).log
find "$logs" -maxdepth 1 -name 'retrain-*.log' -mtime "+$keep" -delete

run() {
    "$root/submit/graft" "${spark_options[@]}" retrain --conf "$conf" "$@" >>"$log" 2>&1
}

run "$@"
code=$?
if ((code == 1 || code > 128 && code != 130)); then
    echo "The run ended with exit code $code and is started once more" >>"$log"
    run "$@"
    code=$?
fi
if ((code != 0)); then
    echo "graft retrain ended with exit code $code; see $log" >&2
    tail -n 20 "$log" >&2
fi
exit "$code"
