"""Tests of the workbench: in a real browser, on a real case folder, through the real server."""
