"""The style of a document that stands alone in a file: paper, phone, light and dark."""

STYLE = """\
:root {
  color-scheme: light dark;
  --ink: #1c2424; --soft: #566260; --paper: #ffffff; --line: #dbe3e1; --wash: #f3f7f6; --accent: #0b5c55;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4ebe9; --soft: #a3b1ae; --paper: #121817; --line: #2e3a38; --wash: #1a2221; --accent: #6fc9bd;
  }
  .flow-member { fill: #6fc9bd; } .flow-pot { fill: #9cc4cc; } .flow-project { fill: #e0ac55; }
  .flow-return { fill: #c3a1da; } .flow-reserve { fill: #a9b8c4; } .flow-other { fill: #adadad; }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55; overflow-wrap: break-word;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; font-size: 1rem;
}
main { max-width: 52rem; margin: 0 auto; padding: clamp(1.25rem, 5vw, 4rem) clamp(1rem, 4vw, 2.5rem); }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; font-weight: 650; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.6rem, 5vw, 2.3rem); letter-spacing: -0.015em; }
h2 { font-size: 1.3rem; margin-top: 3.25rem; padding-top: 1rem; border-top: 2px solid var(--accent); }
h3 { font-size: 1.08rem; margin-top: 2.25rem; }
h4, h5, h6 { font-size: 1rem; margin-top: 1.75rem; color: var(--soft); }
p, ul, ol { max-width: 40rem; margin: 0.9rem 0; }
a { color: var(--accent); text-underline-offset: 0.15em; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.9em; white-space: nowrap; }
code.long { white-space: normal; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
time, .figure, tbody, tfoot { font-variant-numeric: tabular-nums lining-nums; }
.document-fund { color: var(--accent); font-weight: 650; margin: 0 0 0.6rem; }
.document-subject { font-size: 1.15rem; color: var(--soft); margin: 0.5rem 0 0; }
dl { margin: 1.5rem 0; }
dt { color: var(--soft); font-size: 0.875rem; }
dd { margin: 0; overflow-wrap: anywhere; }
.fact-note { display: block; color: var(--soft); font-size: 0.875rem; }
.document-identity {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); gap: 0.9rem 2rem;
}
.document-identity dd { font-size: 0.95rem; }
.facts > div {
  display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 0 1.5rem; padding: 0.45rem 0;
}
.facts > div + div { border-top: 1px solid var(--line); }
.facts dt { font-size: 1rem; }
.key-figures {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); gap: 1.25rem 2rem;
}
.key-figures > div { border-left: 3px solid var(--accent); padding-left: 0.9rem; }
.key-figures dd {
  font-size: 1.55rem; font-weight: 600; line-height: 1.3; letter-spacing: -0.01em; overflow-wrap: break-word;
}
.key-figures .fact-note { font-weight: 400; letter-spacing: 0; }
.key-figures .steps { font-size: 0.95rem; font-weight: 400; letter-spacing: 0; }
.scroll { overflow-x: auto; margin: 1.5rem 0 0.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.93rem; }
caption, .caption { text-align: left; font-weight: 600; padding: 0 0 0.6rem; margin: 0; }
th, td { text-align: left; vertical-align: top; font-weight: 400; padding: 0.5rem 1.25rem 0.5rem 0; }
th:last-child, td:last-child { padding-right: 0; }
th.figure, td.figure { text-align: right; }
td.figure, td.date, th.date { white-space: nowrap; }
td.text, th.text { min-width: 11rem; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-size: 0.85rem; vertical-align: bottom; border-bottom: 1.5px solid var(--ink); }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tr.strong > * { font-weight: 650; }
tfoot > tr > * { font-weight: 650; border-top: 1.5px solid var(--ink); }
tr.level-1 > :first-child { padding-left: 1rem; }
tr.level-2 > :first-child { padding-left: 2rem; }
tr.level-3 > :first-child { padding-left: 3rem; }
tr:target > * { background: var(--wash); }
.table-note, .empty p + p { color: var(--soft); font-size: 0.875rem; margin-top: 0.25rem; }
.empty { margin: 1.5rem 0 0.5rem; }
details > summary { cursor: pointer; }
.trace > summary {
  text-decoration: underline dotted var(--accent); text-decoration-thickness: 1.5px;
  text-underline-offset: 0.25em;
}
.steps { white-space: normal; text-align: left; color: var(--soft); margin: 0.5rem 0; padding-left: 1.6rem; }
td .steps { min-width: 15rem; }
.explanation { margin: 0.75rem 0; border-left: 3px solid var(--line); padding-left: 0.9rem; }
.explanation[open] { border-color: var(--accent); }
.explanation .figure { font-weight: 650; white-space: nowrap; }
.flow { margin: 2rem 0; }
.flow svg { display: block; }
.flow figcaption { color: var(--soft); font-size: 0.9rem; margin: 0.4rem 0; }
.flow-amount { font-weight: 650; font-variant-numeric: tabular-nums; }
.notes { margin-top: 3.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.9rem; }
.notes > :first-child { border: 0; margin-top: 0; font-size: 1rem; }
@media (max-width: 30rem) { .facts > div { grid-template-columns: 1fr; } .facts dt { font-size: 0.875rem; } }
@page { size: A4; margin: 20mm 18mm; }
@media print {
  :root {
    color-scheme: light;
    --ink: #000000; --soft: #444444; --paper: #ffffff; --line: #cccccc; --wash: #ffffff; --accent: #0b5c55;
  }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3, caption { break-after: avoid; }
  tr, .key-figures, .flow svg { break-inside: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  .scroll { overflow: visible; }
  .flow svg { max-width: 100%; height: auto; }
  details::details-content { content-visibility: visible; }
}
"""
