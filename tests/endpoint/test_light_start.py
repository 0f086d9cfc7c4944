"""What a server and its evaluators need not load, since every start would pay for it."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["araxes.endpoint.cli.serve", "araxes.endpoint.engines.embedded.child"])
def test_neither_the_server_nor_an_evaluator_needs_rdflib(module: str) -> None:
    program = f"import sys, {module}; sys.exit('rdflib' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
