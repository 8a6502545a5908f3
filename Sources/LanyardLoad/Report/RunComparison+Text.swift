extension RunComparison.Unit {
  /// A value with its unit.
  func words(_ value: Double) -> String {
    switch self {
    case .milliseconds: Figures.milliseconds(value)
    case .perSecond: Figures.perSecond(value)
    case .share: Figures.share(value)
    case .microseconds: "\(Figures.short(value)) µs"
    case .bytes: Figures.bytes(value)
    case .count: Figures.decimal(value)
    }
  }
}

extension RunComparison.Row {
  /// By how much, such as `+30 %`; empty where it began at nothing.
  var percent: String {
    guard earlier > 0, earlier != later else { return "" }
    let change = (later / earlier - 1) * 100
    return "\(change >= 0 ? "+" : "-")\(Figures.decimal(change.magnitude)) %"
  }
}

extension RunComparison.Change {
  /// A word and a sign, since colour alone says nothing to some.
  var words: String {
    switch self {
    case .better: "▲ better"
    case .worse: "▼ worse"
    case .same: "= the same"
    case .unjudged: "– not to be compared"
    }
  }
}

extension RunComparison {
  /// What changed, in one sentence.
  package var sentence: String {
    let broken = targets.filter { $0.change == .worse }.map(\.what)
    let first = broken.isEmpty ? "" : "Not kept any more: \(broken.joined(separator: ", ")). "
    return first + counts
  }

  private var counts: String {
    let changes = rows.map(\.change) + targets.map(\.change)
    let (better, worse) = (changes.count { $0 == .better }, changes.count { $0 == .worse })
    let unjudged = changes.count { $0 == .unjudged }
    let reason = self.unjudged.map { ", since \($0)" } ?? ""
    return switch (better, worse) {
    case (0, 0) where unjudged > 0: "Only what the audits found can be compared\(reason); nothing there is worse."
    case (0, 0): "Nothing changed that is more than noise."
    default:
      "Compared with the earlier run, \(Figures.count(better, "figure")) got better, \(Figures.count(worse)) worse and "
        + "\(Figures.count(changes.count - better - worse - unjudged)) stayed the same."
        + (unjudged > 0 ? " Nothing else can be compared\(reason)." : "")
    }
  }

  /// For a terminal: cautions first, then targets that are kept no more or again, then figures that got worse or better.
  package var lines: [String] {
    var lines = [sentence] + cautions.map { "Careful: \($0)." }
    for change in [Change.worse, .better] {
      lines += targets.filter { $0.change == change }.map {
        "  \(change.words)  \($0.what): \($0.earlier ?? "not asked for") → \($0.later ?? "not asked for")"
      }
    }
    for change in [Change.worse, .better] {
      lines += rows.filter { $0.change == change }.map { row in
        let percent = row.percent.isEmpty ? "" : " (\(row.percent))"
        return "  \(change.words)  \(row.what): \(row.unit.words(row.earlier)) → \(row.unit.words(row.later))\(percent)"
      }
    }
    return lines.map(TextTable.plain) + [Self.noise]
  }

  /// A section of the page.
  var section: Markup {
    let careful: Markup =
      cautions.isEmpty
      ? ""
      : "<p class=\"broken\">Careful, these runs are not quite alike:</p><ul>\(cautions.map { "<li>\($0)</li>" as Markup })</ul>\n"
    func ordered<Value>(_ values: [Value], _ change: KeyPath<Value, Change>) -> [Value] {
      [Change.worse, .better, .same, .unjudged].flatMap { wanted in values.filter { $0[keyPath: change] == wanted } }
    }
    let figures = ordered(rows, \.change).map {
      [$0.what, $0.unit.words($0.earlier), $0.unit.words($0.later), $0.percent, $0.change.words]
    }
    let wanted = ordered(targets, \.change).map {
      [$0.what, $0.earlier ?? "not asked for", $0.later ?? "not asked for", "", $0.change.words]
    }
    let head = ["figure", "earlier", "this run", "change", "verdict"]
    return """
      <section><h2>Compared with an earlier run</h2>
      <p>\(sentence) \(Self.noise)</p>
      \(careful)\(Markup.table("Earlier run and this one", head, wanted + figures))</section>

      """
  }
}
