extension ReportPage {
  /// The look of the page. Colours differ in lightness and lines in their dashes too, so that nobody needs to see hues.
  static let style: Markup = """

    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #4d5661; --paper: #ffffff; --rule: #d5dae0; --band: #f4f6f8;
      --pass: #0b6b3a; --passband: #e7f5ec; --fail: #a3160f; --failband: #fdeceb; --fault: #b9770055;
      --l0: #0063a8; --l1: #b34700; --l2: #6b2c91; --l3: #00695c; --l4: #8a1550; --l5: #4d5661;
      --h0: #eef1f4; --h1: #c3dcef; --h2: #8fbfe0; --h3: #4f97ca; --h4: #1f6aa5; --h5: #083a66; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e8ebee; --soft: #b0b9c3; --paper: #14181c; --rule: #3a424b; --band: #1d2329;
        --pass: #6fd79b; --passband: #12301f; --fail: #ff9d94; --failband: #3d1614; --fault: #e0a83055;
        --l0: #62b5f0; --l1: #ffa05c; --l2: #cfa2ee; --l3: #5fd3c1; --l4: #f48fbb; --l5: #b0b9c3;
        --h0: #20272e; --h1: #173c5c; --h2: #1f5f92; --h3: #3b8ac6; --h4: #79b6e4; --h5: #cfe6f8; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
    .verdict { border-left: .6rem solid; padding: 1rem 1.2rem; border-radius: .3rem; }
    .verdict.pass { border-color: var(--pass); background: var(--passband); }
    .verdict.fail { border-color: var(--fail); background: var(--failband); }
    .word { margin: 0; font-size: 1.6rem; font-weight: 700; }
    .pass .word, .kept { color: var(--pass); }
    .fail .word, .broken { color: var(--fail); }
    .kept, .broken { font-weight: 600; }
    h1 { margin: .3rem 0 0; font-size: 1.4rem; line-height: 1.35; font-weight: 600; }
    h2 { margin: 2.2rem 0 .6rem; font-size: 1.25rem; border-bottom: 1px solid var(--rule); padding-bottom: .2rem; }
    h3 { margin: 0; font-size: 1.05rem; }
    figure { margin: 1.4rem 0 2rem; }
    figcaption p, .note { margin: .1rem 0 .4rem; color: var(--soft); font-size: .9rem; }
    .key { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .2rem 0 .5rem; padding: 0; font-size: .9rem; }
    .chart { display: block; max-width: 100%; overflow: visible; }
    .swatch { vertical-align: middle; }
    .line { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
    .l0 { stroke: var(--l0); } .l1 { stroke: var(--l1); stroke-dasharray: 8 4; } .l2 { stroke: var(--l2); stroke-dasharray: 2 4; }
    .l3 { stroke: var(--l3); stroke-dasharray: 12 4 2 4; } .l4 { stroke: var(--l4); stroke-dasharray: 5 7; }
    .l5 { stroke: var(--l5); stroke-dasharray: 1 6; }
    .grid { stroke: var(--rule); stroke-width: 1; vector-effect: non-scaling-stroke; }
    .fault { fill: var(--fault); }
    .bar { fill: var(--l0); }
    .h0 { fill: var(--h0); } .h1 { fill: var(--h1); } .h2 { fill: var(--h2); } .h3 { fill: var(--h3); } .h4 { fill: var(--h4); }
    .h5 { fill: var(--h5); }
    text { font: 12px system-ui, sans-serif; fill: var(--ink); }
    .axis, .mark { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; fill: var(--soft); }
    .mark { font-weight: 700; fill: var(--ink); }
    .label { font-size: 14px; }
    .wide { overflow-x: auto; margin: .6rem 0 1.2rem; }
    table { border-collapse: collapse; font-size: .9rem; min-width: 50%; overflow-wrap: normal; }
    caption { text-align: left; font-weight: 600; padding: .3rem 0; }
    th, td { white-space: nowrap; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--rule); text-align: right; vertical-align: top;
      font-variant-numeric: tabular-nums; }
    th[scope=row], .words { text-align: left; font-weight: 400; min-width: 7rem; white-space: normal; }
    thead th { color: var(--soft); font-weight: 600; white-space: normal; vertical-align: bottom; }
    details { margin: .3rem 0; }
    summary { cursor: pointer; color: var(--soft); font-size: .9rem; }
    pre { white-space: pre-wrap; margin: .2rem 0; font: .85rem/1.45 ui-monospace, monospace; }
    .command { background: var(--band); padding: .7rem .9rem; border-radius: .3rem; }
    @media (max-width: 30rem) { .narrow th, .narrow td { white-space: normal; padding-right: .4rem; }
      .narrow th[scope=row], .narrow .words { min-width: 0; } }
    @media print { .wide { overflow: visible; } table { width: 100%; font-size: .75rem; }
      th, td { white-space: normal; padding-right: .5rem; } th[scope=row], .words { min-width: 0; }
      main { max-width: none; padding: 0; } figure, tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
      .fault, .verdict, rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }

    """
}
