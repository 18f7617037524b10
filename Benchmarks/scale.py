"""What Benchmarks/run-scale measures: see there."""

import asyncio
import contextlib
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

BINARY, QUICK = sys.argv[1], "--quick" in sys.argv
ROUNDS = 3 if QUICK else 5
SIZES = [10, 100, 1000] if QUICK else [10, 100, 1000, 5000]
PLAIN = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true"}


def measured(arguments, environment, folder, codes=(0,)):
    """Seconds, peak resident MB and the standard error of a command that must succeed."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.monotonic()
        process = subprocess.Popen(
            arguments, env=environment, cwd=folder, stdout=output, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode(errors="replace")
        if process.returncode not in codes:
            sys.exit(f"{' '.join(arguments)}: exit {process.returncode}\n{text}")
        return seconds, usage.ru_maxrss / 1024, text


def median(arguments, environment, folder):
    runs = [measured(arguments, environment, folder) for _ in range(ROUNDS)]
    return statistics.median(run[0] for run in runs), max(run[1] for run in runs)


def calls(arguments, environment, folder):
    errors = measured([*arguments, "--log-level", "debug"], environment, folder)[2]
    return sum(line.startswith("debug: ") and ", status" in line for line in errors.splitlines())


def write_plan(folder, count):
    names = [f"secret-no-{number}" for number in range(1, count + 1)]
    secrets = "".join(f"  {name}:\n    value: {{ from: env-file }}\n" for name in names)
    (folder / "plan.yaml").write_text(
        'version: 1\napplication: scale\nenvironment: staging\naccount: "123456789012"\n'
        f"region: us-east-1\nsecrets:\n{secrets}"
        "access:\n  app:\n    read: [secret-no-1]\n    attach: { roles: [app] }\n"
    )
    values = folder / "values.env"
    values.write_text(
        "".join(f"{name.upper().replace('-', '_')}=made-up-{name}\n" for name in names)
    )
    values.chmod(0o600)


@contextlib.contextmanager
def sandbox(folder):
    with subprocess.Popen(
        [BINARY, "sandbox", "plan.yaml"], cwd=folder, env=PLAIN, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        environment = dict(PLAIN)
        for line in process.stdout:
            if line.startswith("unset"):
                break
            name, _, value = line.removeprefix("export ").strip().partition("=")
            environment[name] = value
        try:
            yield environment
        finally:
            process.terminate()


@contextlib.contextmanager
def delayed(url, seconds):
    """The URL of a proxy that holds every request back."""
    host, port = url.removeprefix("http://").split(":")
    ready, address = threading.Event(), []
    loop = asyncio.new_event_loop()

    async def pump(reader, writer, wait):
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(1 << 16):
                await asyncio.sleep(wait)
                writer.write(data)
                await writer.drain()
        writer.close()

    async def connected(reader, writer):
        there, back = await asyncio.open_connection(host, int(port))
        await asyncio.gather(pump(reader, back, seconds), pump(there, writer, 0))

    async def serve():
        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        address.append(server.sockets[0].getsockname()[1])
        ready.set()
        async with server:
            with contextlib.suppress(asyncio.CancelledError):
                await server.serve_forever()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    ready.wait()
    yield f"http://127.0.0.1:{address[0]}"


def terraform(tool, count):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "main.tf").write_text(
            f'resource "terraform_data" "t" {{\n  count = {count}\n  input = count.index\n}}\n'
        )
        pathlib.Path(folder, "rc").write_text("")
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "CHECKPOINT_DISABLE": "1",
            "TF_CLI_CONFIG_FILE": f"{folder}/rc",
        }  # fmt: skip
        measured([tool, "init", "-no-color"], environment, folder)
        measured([tool, "apply", "-auto-approve", "-no-color"], environment, folder)
        return median([tool, "plan", "-no-color"], environment, folder)


def row(*cells):
    print("{:>8} {:>10} {:>10} {:>9} {:>10} {:>10} {:>9}".format(*cells), flush=True)


def main():
    tool = shutil.which("terraform") or shutil.which("tofu")
    print(f"median of {ROUNDS} rounds; load {' '.join(map(str, os.getloadavg()))}")
    row("secrets", "plan calls", "plan s", "plan MB", "apply s", "apply MB", "a second")
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write_plan(folder, count)
            plan = [BINARY, "plan", "plan.yaml", "--env-file", "values.env"]
            apply = [BINARY, "apply", "plan.yaml", "--env-file", "values.env", "--yes"]
            with sandbox(folder) as environment:
                seconds, megabytes, _ = measured(apply, environment, folder)
                again = median(plan, environment, folder)
                made = calls(plan, environment, folder)
                row(
                    count, made, f"{again[0]:.3f}", f"{again[1]:.1f}", f"{seconds:.2f}",
                    f"{megabytes:.1f}", f"{count / seconds:.0f}",
                )  # fmt: skip
                if count == 100:
                    with delayed(environment["AWS_ENDPOINT_URL"], 0.05) as slow:
                        late = median(plan, {**environment, "AWS_ENDPOINT_URL": slow}, folder)
                    trips = (late[0] - again[0]) / 0.05
                    delay = f"{late[0]:.3f} s, {trips:.1f} round trips of 50 ms"
    print(f"plan of 100 secrets with 50 ms added to every request: {delay}")
    if not tool:
        print("terraform and tofu are not at hand: nothing to compare with")
        return
    for count in SIZES:
        seconds, megabytes = terraform(tool, count)
        print(
            f"{pathlib.Path(tool).name} plan of {count} terraform_data, no network: "
            f"{seconds:.3f} s, {megabytes:.1f} MB"
        )


main()
