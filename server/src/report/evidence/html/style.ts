const LIGHT = `--page: #ffffff; --ink: #1c2128; --soft: #4a5361; --line: #c9d0d9; --band: #f3f5f8; --link: #0b57b0;
--violated: #a8201a; --violated-back: #fbe3e1; --excepted: #7a4d00; --excepted-back: #fdf0d0;
--undecided: #4a5361; --undecided-back: #e9ecf1; --met: #14663a; --met-back: #dcf2e4; --phi: #5a2ca0; --phi-back: #ece3fa;`;

const DARK = `--page: #15181d; --ink: #e8ebf0; --soft: #b3bcc8; --line: #414a57; --band: #1f242c; --link: #8ab8ff;
--violated: #ffa39b; --violated-back: #4a1d1a; --excepted: #f4cc7a; --excepted-back: #453410;
--undecided: #b9c2ce; --undecided-back: #2b323c; --met: #8bdcab; --met-back: #173d28; --phi: #cdb0ff; --phi-back: #372457;`;

/**
 * Light and dark by the reader's wish, or by the theme of the editor that shows the report; on paper always light. Contrast is 4.5 to 1 or better
 * (WCAG 2.2, 1.4.3).
 */
export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
body.vscode-light { color-scheme: light; ${LIGHT} }
body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light) { color-scheme: dark; ${DARK} }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
html { background: var(--page); }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .25rem; }
h4 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .4rem 0; max-width: 70ch; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem; }
.soft { color: var(--soft); }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
.scroll { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border: 1px solid var(--line); }
thead th { background: var(--band); }
tbody th { font-weight: 500; }
tbody th, td { min-width: 6.5rem; overflow-wrap: break-word; }
td code { display: inline-block; min-width: 9rem; }
ul.statements { margin: .25rem 0 .5rem; padding-left: 1.25rem; }
ul.statements li { margin: .2rem 0; }
.status { display: inline-block; padding: 0 .5rem; border-radius: .3rem; font-size: .9em; font-weight: 600; white-space: nowrap; border: 1px solid currentColor; }
.status.violated { color: var(--violated); background: var(--violated-back); }
.status.excepted { color: var(--excepted); background: var(--excepted-back); }
.status.undecided { color: var(--undecided); background: var(--undecided-back); }
.status.met { color: var(--met); background: var(--met-back); }
figure { margin: 1rem 0; }
figcaption { font-weight: 600; margin-bottom: .4rem; }
svg { max-width: 100%; height: auto; }
svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg text.soft { fill: var(--soft); }
svg text.number { font-weight: 600; }
svg .violated { fill: var(--violated-back); stroke: var(--violated); }
svg .excepted { fill: var(--excepted-back); stroke: var(--excepted); }
svg .undecided { fill: var(--undecided-back); stroke: var(--undecided); }
svg .met { fill: var(--met-back); stroke: var(--met); }
svg text.violated, svg text.excepted, svg text.undecided, svg text.met { stroke: none; font-weight: 600; }
svg text.violated { fill: var(--violated); } svg text.excepted { fill: var(--excepted); }
svg text.undecided { fill: var(--undecided); } svg text.met { fill: var(--met); }
svg .node { fill: var(--band); stroke: var(--soft); }
svg .node.phi { fill: var(--phi-back); stroke: var(--phi); stroke-width: 2; }
svg .node.internet, svg .node.anything { fill: var(--violated-back); stroke: var(--violated); stroke-dasharray: 5 3; }
svg .edge { fill: none; stroke: var(--soft); stroke-width: 1.5; }
svg .edge.open { stroke: var(--violated); }
svg .head { fill: var(--soft); stroke: none; }
svg .head.open { fill: var(--violated); }
details { margin: .5rem 0; }
summary { cursor: pointer; font-weight: 600; }
@media print {
  :root, body, body.vscode-dark { color-scheme: light; ${LIGHT} }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip { display: none; }
  h2, h3, h4, caption { break-after: avoid; }
  tr, li, figure { break-inside: avoid; }
  .scroll { overflow: visible; }
  .status, svg * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
