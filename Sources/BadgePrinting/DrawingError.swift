/// Why something was not drawn.
package enum DrawingError: Error, Hashable, Sendable {
  /// The module size is outside the format's range.
  case moduleSize
  /// These fonts are not on the machine, with the Debian packages that bring them.
  case fontsMissing([String], packages: [String])
  /// Cairo failed, with its own words.
  case drawing(String)
}

extension DrawingError: CustomStringConvertible {
  /// What happened and what to do next.
  package var description: String {
    switch self {
    case .moduleSize: "A module needs 1 to 32 pixels, or more than 0 and up to 20 millimetres: choose such a size."
    case .fontsMissing(let families, let packages):
      "The fonts \(families.joined(separator: ", ")) are missing: apt-get install \(packages.joined(separator: " "))"
    case .drawing(let reason): "Nothing was drawn (\(reason)): free some memory and try again."
    }
  }
}
