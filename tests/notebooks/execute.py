"""Runs notebooks on the Deno kernel and renders them.

Reads JSON: {"html": folder, "jobs": [{"path": notebook, "folder": where it runs}]}. Each notebook is
written back with its outputs. Prints a line of JSON for each: its path, the seconds it took, and the
error that ended it, or null.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from queue import Empty

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, DeadKernelError
from nbclient.util import ensure_async
from nbconvert import HTMLExporter

AT_ONCE = 2  # kernels


class DrainingClient(NotebookClient):
    """The Deno kernel says that it is idle before all outputs of a cell have been sent."""

    quiet = 0.1  # seconds without a message after which none is expected

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        idle = False
        while True:
            try:
                message = await ensure_async(
                    self.kc.iopub_channel.get_msg(timeout=self.quiet if idle else None)
                )
            except Empty:
                if idle:
                    return
                continue
            if message["parent_header"].get("msg_id") == parent_msg_id:
                try:
                    self.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    idle = True


async def execute(path, folder, html, turn):
    async with turn:
        start = time.monotonic()
        notebook = nbformat.read(path, as_version=4)
        client = DrainingClient(
            notebook,
            timeout=60,
            kernel_name="deno",
            record_timing=False,
            resources={"metadata": {"path": folder}},
        )
        error = None
        try:
            await client.async_execute()
        except (CellExecutionError, DeadKernelError, TimeoutError) as caught:
            error = str(caught)
        nbformat.write(notebook, path)
        page, _ = HTMLExporter().from_notebook_node(notebook)
        (Path(html) / (Path(path).stem + ".html")).write_text(page)
        seconds = round(time.monotonic() - start, 1)
        print(json.dumps({"path": path, "seconds": seconds, "error": error}), flush=True)


async def main():
    order = json.load(sys.stdin)
    turn = asyncio.Semaphore(AT_ONCE)
    jobs = (execute(job["path"], job["folder"], order["html"], turn) for job in order["jobs"])
    await asyncio.gather(*jobs)


asyncio.run(main())
