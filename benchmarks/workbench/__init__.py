"""The workbench on a large case: made by `generate`, measured by `measure`."""
