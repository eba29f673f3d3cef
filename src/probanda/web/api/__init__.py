"""The JSON API under `/api`: what the pages show and do, for programs.

Start with `app` (the application), then `asking` (how a handler asks and answers). Each answer is the frozen record
that a page is made of, told as JSON, so that page and API cannot differ; each deed is the function that the page's form
calls. A program comes in with a token (`bearer`), never with a visit's cookie. Errors are problem details (`problems`).

Looks down to: web.pages, web.desk, casework, store, kernel. Used by: web.app.
"""
