"""The workbench: a case folder in a browser, server-rendered, on this machine alone unless a person says otherwise.

Start with `serve.serve`; `app.workbench` joins the pages. Each page is one file of `pages/`: a frozen record, a
function that fills it through the eyes of whoever looks, and a template that shows it. A page never thinks.

Looks down to: casework and all below. Used by: cli.
"""
