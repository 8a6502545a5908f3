/// Finds what a misspelt name was meant to be.
package enum NearestName {
  /// The most letters that a misspelling adds, drops or changes.
  private static let distanceLimit = 2
  /// The most known names that are listed.
  private static let listLimit = 20

  /// What to say of a name that is not known.
  package enum Advice: Hashable, Sendable {
    /// The name that it resembles.
    case meant(String)
    /// The names that there are, and how many more.
    case known([String], more: Int)
  }

  /// What to say of a name that is none of `known`: the one it resembles, else all of them.
  package static func advice(for name: String, known: [String]) -> Advice {
    if let near = nearest(to: name, among: known) { return .meant(near) }
    return .known(Array(known.prefix(listLimit)), more: max(0, known.count - listLimit))
  }

  /// The known name that a name resembles; nil where there is none.
  package static func nearest(to name: String, among known: [String]) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(100))
    let measured = known.map { (name: $0, distance: distance(wanted, Array($0.lowercased().unicodeScalars))) }
    let near = measured.filter { $0.distance <= distanceLimit && $0.distance < $0.name.unicodeScalars.count }
    return near.min { $0.distance < $1.distance }?.name
  }

  /// Levenshtein's distance.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (index, scalar) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for place in right.indices {
        let changed = diagonal + (scalar == right[place] ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(changed, diagonal + 1, row[place] + 1)
      }
    }
    return row[right.count]
  }
}
