/** The page's style. `light-dark()` follows the reader's system until the page's own switch sets `data-theme`. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfbfa, #131518);
  --card: light-dark(#ffffff, #1a1d21);
  --sunk: light-dark(#f4f4f1, #16181b);
  --ink: light-dark(#1d2125, #e3e5e8);
  --quiet: light-dark(#646b73, #949ba4);
  --line: light-dark(#e4e4df, #2b2f35);
  --link: light-dark(#0b5cad, #7ab7ff);
  --plus: light-dark(#1a7f45, #5cc98a);
  --minus: light-dark(#b3362b, #f08b80);
  --warn: light-dark(#8d5b00, #e5b454);
  --edited: light-dark(#2f9e64, #3fae74);
  --review: light-dark(#e0a02b, #d79a2c);
  --left: light-dark(#b4bac1, #596069);
  --add: light-dark(#eaf7ee, #15281d);
  --add-mark: light-dark(#b4e6c4, #1f5c38);
  --del: light-dark(#fdeeec, #2e1a19);
  --del-mark: light-dark(#f8c9c3, #6b2b26);
  --focus: light-dark(#0b5cad, #7ab7ff);
  --shadow: light-dark(0 1px 2px #0000000d, 0 1px 2px #0006);
  --mono: ui-monospace, "SF Mono", SFMono-Regular, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  --bar: 3rem;
}
:root[data-theme=light] { color-scheme: light }
:root[data-theme=dark] { color-scheme: dark }
* { box-sizing: border-box }
[hidden] { display: none !important }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100% }
body {
  margin: 0; display: grid; grid-template-columns: minmax(15rem, 20rem) minmax(0, 1fr);
  background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
}
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px }
code, pre, kbd, .pos { font-family: var(--mono); font-size: .875em }
code, .quiet { overflow-wrap: anywhere }
h1, h2, h3, p, ul, ol, dl, dd, pre { margin: 0 }
ul, ol { padding: 0; list-style: none }
h2 { font-size: 1.2rem; font-weight: 650; letter-spacing: -.01em }
h3 { font-size: .95rem; font-weight: 650 }
.quiet { color: var(--quiet); font-weight: 400 }
.dir, .pos { color: var(--quiet) }
.plus { color: var(--plus) } .minus { color: var(--minus) }
.n { text-align: right; font-variant-numeric: tabular-nums }
.skip { position: absolute; left: -99rem } .skip:focus { left: 1rem; top: 1rem; z-index: 9; background: var(--card); padding: .5rem }

aside { position: sticky; top: 0; height: 100vh; display: flex; flex-direction: column; border-right: 1px solid var(--line); background: var(--sunk) }
.controls { padding: 1rem; display: grid; gap: .6rem; border-bottom: 1px solid var(--line) }
:root:not(.js) .controls { display: none }
input[type=search] { width: 100%; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .4rem .6rem }
.results { border: 1px solid var(--line); border-radius: 6px; padding: 0; margin: 0; display: flex; overflow: hidden; background: var(--card) }
.results legend { position: absolute; left: -99rem }
.results label { flex: 1 1 auto; position: relative; cursor: pointer; font-size: .78rem; text-align: center }
.results label + label { border-left: 1px solid var(--line) }
.results input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer }
.results span { display: block; padding: .3rem .2rem; color: var(--quiet) }
.results b { display: block; font-size: .95rem; color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums }
.results input:checked + span { box-shadow: inset 0 -3px 0 var(--ink); color: var(--ink) }
.results .edited input:checked + span { box-shadow: inset 0 -3px 0 var(--edited) }
.results .review input:checked + span { box-shadow: inset 0 -3px 0 var(--review) }
.results .left input:checked + span { box-shadow: inset 0 -3px 0 var(--left) }
.results input:focus-visible + span { outline: 2px solid var(--focus); outline-offset: -3px; border-radius: 6px }
.buttons { display: flex; gap: .4rem }
button { font: inherit; font-size: .8rem; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .5rem; cursor: pointer; flex: 1 1 auto; white-space: nowrap }
button:hover { border-color: var(--quiet) }
button[aria-pressed=true] { background: var(--ink); color: var(--paper); border-color: var(--ink) }
#shown { font-size: .8rem }
.files { overflow: auto; padding: .25rem 0 2rem; flex: 1; overscroll-behavior: contain }
.files h3 { padding: .75rem 1rem .25rem; font-size: .8rem }
.files a { display: flex; align-items: center; gap: .5rem; padding: .14rem 1rem; color: inherit; text-decoration: none; font-size: .78rem; font-family: var(--mono) }
.files a:hover { background: light-dark(#0000000a, #ffffff0d) }
.files .here { background: light-dark(#0b5cad14, #7ab7ff1f) }
.files .path { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 1 }
.files li { content-visibility: auto; contain-intrinsic-size: auto 1.45rem }
.kind { font-size: .7rem; font-weight: 700; color: var(--quiet) } .kind.create { color: var(--plus) } .kind.delete { color: var(--minus) }

main { padding: 2rem clamp(1rem, 3vw, 3rem) 3rem; max-width: 96rem; min-width: 0 }
.brand { font-size: .8rem; font-weight: 650; color: var(--quiet) } .brand span { font-weight: 400 }
h1 { font-size: clamp(1.5rem, 3.2vw, 2.1rem); font-weight: 680; letter-spacing: -.02em; line-height: 1.2; display: flex; flex-wrap: wrap; align-items: center; gap: .3em .5em; overflow-wrap: anywhere }
.pill { font-size: .8rem; font-weight: 600; letter-spacing: 0; padding: .15rem .6rem; border-radius: 99px; background: color-mix(in srgb, var(--edited) 18%, transparent); color: var(--plus) }
.pill.failed { background: color-mix(in srgb, var(--minus) 16%, transparent); color: var(--minus) }
.pill.rolled-back { background: color-mix(in srgb, var(--review) 20%, transparent); color: var(--warn) }
.pill.nochange, .pill.dry:not(.failed) { background: color-mix(in srgb, var(--left) 25%, transparent); color: var(--ink) }
.facts { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: .8rem 0 1.4rem }
.facts dt { font-size: .75rem; color: var(--quiet) }
.account { margin-bottom: 1.6rem }
.bar { display: block; border-radius: 4px; overflow: hidden }
rect.none { fill: var(--line) } rect.edited { fill: var(--edited) } rect.review { fill: var(--review) } rect.left { fill: var(--left) }
.sum { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .7rem; margin-top: .6rem }
.sum b { font-size: 1.45rem; font-weight: 660; letter-spacing: -.02em; font-variant-numeric: tabular-nums; margin-right: .15rem }
.sum a { color: inherit; text-decoration: none; border-bottom: 3px solid var(--line) }
.sum a.edited { border-color: var(--edited) } .sum a.review { border-color: var(--review) } .sum a.left { border-color: var(--left) }
.sum a:hover { color: var(--link) }
.op { color: var(--quiet); font-size: 1.1rem }
.size { color: var(--quiet); margin-top: .35rem; font-variant-numeric: tabular-nums }
.card, .part { margin-top: 2.2rem }
.card > * + *, .part > * + * { margin-top: .6rem }
.card h3 { margin-top: 1.1rem }
.scroll { overflow-x: auto }
.list { border-collapse: collapse; width: 100%; font-size: .9rem }
.list th { text-align: left; font-size: .75rem; font-weight: 500; color: var(--quiet); padding: .2rem .7rem .2rem 0; border-bottom: 1px solid var(--line); white-space: nowrap }
.list th.n { text-align: right }
.list td { padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline }
.list td.n { white-space: nowrap }
.list .n + td:not(.n), .list .n + th:not(.n) { padding-left: .7rem }
.name { font-weight: 600 }
.dot { display: inline-block; width: .55rem; height: .55rem; border-radius: 99px; background: var(--left); margin-right: .45rem }
.dot.done { background: var(--edited) } .dot.failed { background: var(--minus) } .dot.rolled-back, .dot.review { background: var(--review) }
.files .dot { margin: 0; flex: none; width: .45rem; height: .45rem }
.gate { white-space: nowrap; margin-right: .5rem } .gate code { white-space: nowrap }
.gates { display: grid; gap: .25rem; font-size: .88rem }
.gates:empty { display: none }
.at .pos, .list .quiet, .nowrap { white-space: nowrap }
pre { background: var(--sunk); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; overflow-x: auto; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere }
.gates pre { margin: .4rem 0 .6rem; max-height: 24rem; overflow: auto }
summary { cursor: pointer }

.group { border: 1px solid var(--line); border-radius: 8px; background: var(--card); box-shadow: var(--shadow) }
.group > h3 { padding: .6rem .9rem; border-bottom: 1px solid var(--line) }
.code { color: var(--warn); font-weight: 600 }
.left .code { color: var(--quiet); font-weight: 400 }
.items > li { padding: .6rem .9rem; content-visibility: auto; contain-intrinsic-size: auto 5.5rem }
.items > li + li { border-top: 1px solid var(--line) }
.skipped .items { border: 1px solid var(--line); border-radius: 8px; background: var(--card) }
.line { padding: .3rem .6rem; margin: .25rem 0; border: 0; border-left: 3px solid var(--review); border-radius: 0 4px 4px 0 }
mark { background: color-mix(in srgb, var(--review) 35%, transparent); color: inherit; border-radius: 2px }
.reason { font-size: .92rem; overflow-wrap: anywhere; min-width: 0 }
.group > .reason { padding: .6rem .9rem 0 }
.group > h3 + .reason + .items > li + li { border-top-style: dashed }
.left .group summary { display: grid; grid-template-columns: 3.2rem 1fr auto; gap: .8rem; align-items: baseline; padding: .5rem .9rem; list-style: none }
.left .group summary::-webkit-details-marker { display: none }
.left .group + .group { margin-top: .35rem }
.left summary .n { font-weight: 600 }
.declared { display: block; font-size: .9em }
.places { padding: .2rem .9rem .7rem 4.9rem; columns: 22rem; column-gap: 2rem; font-size: .9rem }
.places li { break-inside: avoid }

.phase > * + * { margin-top: .5rem }
.phase + .phase { margin-top: 1.6rem }
.file { border: 1px solid var(--line); border-radius: 8px; background: var(--card); box-shadow: var(--shadow); content-visibility: auto; contain-intrinsic-size: auto 2.7rem; scroll-margin-top: .5rem }
.file > summary { display: flex; align-items: center; gap: .8rem; padding: .5rem .9rem .5rem 2rem; position: relative; list-style: none; border-radius: 8px }
.file > summary::-webkit-details-marker { display: none }
.file > summary::before { content: ""; position: absolute; left: .95rem; top: 50%; width: .4rem; height: .4rem; margin-top: -.25rem; border: solid var(--quiet); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg) }
.file[open] > summary::before { transform: rotate(45deg) }
.file[open] > summary { border-bottom: 1px solid var(--line); border-radius: 8px 8px 0 0; position: sticky; top: 0; background: var(--card); z-index: 1 }
.file > summary .path { font-family: var(--mono); font-size: .86rem; overflow-wrap: anywhere; flex: 1 }
.tags { display: flex; flex-wrap: wrap; gap: .3rem .6rem; align-items: center; justify-content: flex-end; font-size: .78rem; color: var(--quiet); font-variant-numeric: tabular-nums }
.tag { padding: 0 .45rem; border-radius: 99px; border: 1px solid var(--line); white-space: nowrap }
.tag.create { color: var(--plus); border-color: currentColor } .tag.delete { color: var(--minus); border-color: currentColor }
.tag.review { color: var(--warn); border-color: currentColor }
.step { max-width: 16rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.count { font-family: var(--mono); white-space: nowrap; min-width: 4.5rem; text-align: right }
.inset { padding: .6rem .9rem; font-size: .9rem }

.diff { border-collapse: collapse; width: 100%; table-layout: fixed; font-family: var(--mono); font-size: 12.5px; line-height: 1.6; tab-size: 4 }
.diff .no { width: 3.4rem }
.diff td { padding: 0; vertical-align: top }
.diff td[data-n] { user-select: none; text-align: right; padding-right: .7rem; color: var(--quiet); font-size: 11.5px; line-height: 20px }
.diff td[data-n]::before { content: attr(data-n) }
.u tr > td:last-child, .s td:not([data-n]) { white-space: pre-wrap; word-break: break-all; padding: 0 .8rem 0 1.6rem; position: relative }
.u .d > td:last-child::before, .s td.d:not([data-n])::before { content: "−"; position: absolute; left: .5rem; color: var(--minus); user-select: none }
.u .a > td:last-child::before, .s td.a:not([data-n])::before { content: "+"; position: absolute; left: .5rem; color: var(--plus); user-select: none }
.diff .d { background: var(--del) } .diff .a { background: var(--add) }
.diff .none { background: var(--sunk) }
.diff .h td { background: var(--sunk); color: var(--quiet); font-size: 11px; padding: .15rem .9rem; border-block: 1px solid var(--line); font-family: system-ui, sans-serif }
.diff tr.h:first-child td { border-top: 0 }
.s td:nth-child(3) { border-left: 1px solid var(--line) }
.m { color: inherit; text-decoration: none; border-radius: 3px; padding: 1px 0; background: var(--add-mark); box-shadow: inset 0 -1px 0 color-mix(in srgb, var(--plus) 55%, transparent); cursor: help }
.d .m { background: var(--del-mark); box-shadow: inset 0 -1px 0 color-mix(in srgb, var(--minus) 55%, transparent) }
.m:hover, .m.on { outline: 1.5px solid var(--focus) }
.diff i { font-style: normal }
i.c { color: light-dark(#6e7781, #8b949e) } i.s { color: light-dark(#0a5a8a, #a5cdf0) } i.k { color: light-dark(#94368e, #d59ae0) } i.n { color: light-dark(#9a4a00, #e0a870) }
.end { font: 10px system-ui, sans-serif; color: var(--quiet); border: 1px solid var(--line); border-radius: 3px; padding: 0 .25rem; margin-left: .4rem; user-select: none }

.proofs { border-top: 1px solid var(--line); font-size: .88rem }
.proofs > summary { padding: .4rem .9rem; color: var(--quiet); font-size: .82rem }
.proofs ol { padding: 0 .9rem .5rem }
.proofs li { padding: .4rem .5rem; border-radius: 6px; scroll-margin-top: 4rem }
.proofs li:target { background: light-dark(#0b5cad14, #7ab7ff1f) }
.chg .pos { margin-right: .5rem }
.was { background: var(--del-mark); border-radius: 3px; padding: .05em .2em } .now { background: var(--add-mark); border-radius: 3px; padding: .05em .2em }
.why { margin-top: .15rem }
.how { font-size: .72rem; font-weight: 600; border: 1px solid var(--line); border-radius: 99px; padding: .05rem .45rem; color: var(--quiet); margin-right: .2rem }
#proof { position: absolute; z-index: 5; width: max-content; max-width: min(38rem, calc(100vw - 2rem)); background: var(--card); border: 1px solid var(--quiet); border-radius: 8px; padding: .6rem .8rem; font-size: .88rem; box-shadow: 0 8px 28px #0003 }
footer { margin-top: 3rem; font-size: .8rem }
:root:not(.js) .keys { display: none }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .35rem; margin-left: .7rem } kbd + kbd { margin-left: .2rem }
#nothing { padding: 1rem 0 }

@media (max-width: 60rem) {
  body { display: block }
  aside { position: sticky; z-index: 3; height: auto; border-right: 0 }
  .files { display: none }
  .controls { padding: .6rem 1rem; gap: .45rem }
  .results b { display: inline; font-size: .8rem }
  #view { display: none }
  #shown { position: absolute; left: -99rem }
  main { padding-top: 1.2rem }
  html { scroll-padding-top: 8.5rem }
  .file[open] > summary { position: relative }
  .diff.s { display: none } .diff.u { display: table !important }
  .file > summary { flex-wrap: wrap; gap: .3rem .8rem } .tags { justify-content: flex-start }
  .step { display: none }
  .diff .no { width: 2.5rem } .diff td[data-n] { padding-right: .4rem }
  .places { padding-left: .9rem }
  .left .group summary { grid-template-columns: auto 1fr } .left .group .code { display: none }
}
@media print {
  body { display: block } aside, .skip, footer { display: none } main { max-width: none; padding: 0 }
  .file, .items > li { content-visibility: visible; box-shadow: none }
}
`;
