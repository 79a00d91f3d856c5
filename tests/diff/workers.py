# SPDX-License-Identifier: Apache-2.0
"""All lines, shared out among processes."""

import multiprocessing
import os
import shutil
import tempfile

from bench import Bench
from findings import Report


def work(options, directory, trial, numbers, queue):
    report = Report(options.seed)
    try:
        bench = Bench(options, directory)
        trial.prepare(bench)
        for k in numbers:
            trial.try_line(bench, k, report)
        bench.engine.stop()
    finally:
        queue.put(report)


def run_all(options, trial):
    """trial.try_line(bench, k, report) for each k, somewhere; the reports.

    Each worker has a trial of its own, and trial.prepare(bench) comes first.
    """
    # Not in /tmp, where undocker would trust no engine's socket.
    base = tempfile.mkdtemp(prefix="undocker-diff-", dir="/run")
    os.chmod(base, 0o755)
    try:
        return run_in(options, trial, base)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def run_in(options, trial, base):
    numbers = [options.only] if options.only is not None else range(
        options.count)
    queue = multiprocessing.Queue()
    workers = []
    for n in range(1 if options.only is not None else options.jobs):
        directory = os.path.join(base, "w%d" % n)
        os.mkdir(directory)
        workers.append(multiprocessing.Process(
            target=work, args=(options, directory, trial,
                               numbers[n::options.jobs], queue)))
    for worker in workers:
        worker.start()
    reports = [queue.get() for _ in workers]
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("a worker failed")
    return reports
