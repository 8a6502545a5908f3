import LanyardDomain

extension ChangeName {
  /// The condition that an entry is a change by itself. Each name has a term of its own: one of them is that of the indexes.
  static let noScanLink = scanLinks.map { "name <> '\($0.rawValue)'" }.joined(separator: " AND ")
}
