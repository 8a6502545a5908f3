/// A recorded day that a phase plays again, and how much of it.
package struct Recording: Sendable, Hashable, Codable {
  /// How many scans of it are arrivals.
  package var scans: Int
  /// How many of them come before the phase ends.
  package var played: Int
  /// When the first of them was, as it is written there; with it the phase begins.
  package var begins: String
  /// On how many days they were, by the clocks of the place.
  package var days: Int

  /// How much of it comes within a phase, and from when on.
  ///
  /// - Parameter phase: Its name.
  func words(_ phase: String) -> String {
    let day = days > 1 ? "the recorded \(Figures.count(days, "day"))" : "the recorded day"
    let all = "of \(day) are played in the phase “\(phase)”, which begins with the first of them, of \(begins)"
    if isWhole { return "All \(Figures.count(scans, "scan")) \(all)." }
    return "\(Figures.count(played)) of \(Figures.count(scans, "scan")) \(all); the rest is later than its end."
  }

  /// Whether all of it is played.
  var isWhole: Bool { played == scans }
}
