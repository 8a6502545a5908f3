package import LanyardDomain

/// Finds the badges of an event that are hardest to set, one after the other: what it holds does not grow with their number.
package struct HardestNames: Sendable {
  /// Why a badge is among them.
  package struct Reason: Hashable, Sendable {
    package let kind: HardnessReason
    /// The code of the script in ISO 15924, where it is for one.
    package let script: String?

    init(_ kind: HardnessReason, script: String? = nil) {
      (self.kind, self.script) = (kind, script)
    }

    /// Their order, scripts last.
    static func precedes(_ one: Reason, _ other: Reason) -> Bool {
      let kinds = HardnessReason.allCases
      let (first, second) = (kinds.firstIndex(of: one.kind) ?? 0, kinds.firstIndex(of: other.kind) ?? 0)
      return first == second ? one.script ?? "" < other.script ?? "" : first < second
    }
  }

  /// One of them.
  package struct Entry: Sendable {
    /// As it was handed in.
    package let id: String
    package let badge: PrintedBadge
    /// At least one.
    package fileprivate(set) var reasons: [Reason]
  }

  /// The most that are chosen: room for one of each script that a font is stated for, and for all else.
  package static let limit = 64

  private var best: [Reason: (score: Double, id: String, badge: PrintedBadge)] = [:]

  package init() {}

  /// Looks at one more.
  ///
  /// - Parameter isSingle: Whether its bearer has a single name.
  package mutating func consider(_ badge: PrintedBadge, id: String, isSingle: Bool, _ measure: NameMeasure) {
    func keep(_ kind: HardnessReason, _ score: Double, script: String? = nil) {
      let reason = Reason(kind, script: script)
      // Of two that are alike, the first.
      if let known = best[reason], known.score >= score { return }
      best[reason] = (score, id, badge)
    }
    // Of names in letters of one size, the longer one.
    let hardness = measure.width / 10_000 - measure.size
    keep(.smallestLetters, hardness)
    keep(.longestName, measure.width)
    if measure.lines > 1 { keep(.mostLines, Double(measure.lines) + measure.width / 10_000) }
    keep(.highestLetters, measure.height)
    if isSingle { keep(.singleName, measure.width) }
    if measure.organisationWidth > 0 { keep(.longestOrganisation, measure.organisationWidth) }
    for code in Scripts.codes(of: badge.name) { keep(.script, hardness, script: code) }
  }

  /// Codes of the scripts that names have of which none is chosen, since there is no room for more.
  package var scriptsNotShown: [String] {
    let shown = Set(chosen.flatMap { $0.reasons.compactMap(\.script) })
    return best.keys.compactMap(\.script).filter { !shown.contains($0) }.sorted()
  }

  /// Those that were found, each once with all of its reasons.
  package var chosen: [Entry] {
    var entries: [Entry] = []
    for (reason, found) in best.sorted(by: { Reason.precedes($0.key, $1.key) }) {
      if let place = entries.firstIndex(where: { $0.id == found.id }) {
        entries[place].reasons.append(reason)
      } else if entries.count < Self.limit {
        entries.append(Entry(id: found.id, badge: found.badge, reasons: [reason]))
      }
    }
    return entries
  }
}
