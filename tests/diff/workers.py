# SPDX-License-Identifier: Apache-2.0
"""All lines, shared out among processes."""

import multiprocessing
import os

import generate
import policies
import verdict
from bench import Bench
from findings import Finding, Report


def try_line(bench, by_client, k, report):
    """Line k with every client and policy."""
    words = generate.line(bench.options.seed, k, bench.place)
    for client, of_client in by_client.items():
        theirs, ran = None, {}
        for policy in of_client:
            for attempt in (1, 2):  # once more, should a machine have hung
                try:
                    if theirs is None or attempt == 2:
                        theirs, ran = bench.ask(client, words), {}
                    report.passed(policy, verdict.judge(
                        bench, policy, words, theirs, ran))
                except Finding as finding:
                    if attempt == 1:
                        continue
                    report.failed(k, client, policy, words, finding)
                break
        if theirs is not None:
            report.docker(theirs)


def work(options, directory, by_client, numbers, queue):
    report = Report(options.seed)
    try:
        bench = Bench(options, directory)
        for k in numbers:
            try_line(bench, by_client, k, report)
        bench.engine.stop()
    finally:
        queue.put(report)


def run_all(options, base):
    by_client = {}
    for number, client in enumerate(options.client):
        by_client[client] = [policies.wide_policy(client),
                             policies.narrow_policy(client)]
        for policy in by_client[client]:
            policy.write(base, number)
    numbers = [options.only] if options.only is not None else range(
        options.count)
    queue = multiprocessing.Queue()
    workers = []
    for n in range(1 if options.only is not None else options.jobs):
        directory = os.path.join(base, "w%d" % n)
        os.mkdir(directory)
        workers.append(multiprocessing.Process(
            target=work, args=(options, directory, by_client,
                               numbers[n::options.jobs], queue)))
    for worker in workers:
        worker.start()
    reports = [queue.get() for _ in workers]
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("a worker failed")
    return reports
