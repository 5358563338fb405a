"""The files that come in: which kinds there are, and the pages and the command that read them (engine: web/imports)."""

from kitdrive.imports.listing import KINDS

__all__ = ["KINDS"]
