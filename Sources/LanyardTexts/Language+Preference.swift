package import LanyardDomain

extension Language {
  /// The most bytes of an `accept-language` that are looked at, and the most ranges in it.
  private static let headerLimit = 500
  private static let rangeLimit = 20

  /// The language that an `accept-language` likes best of those that Lanyard speaks (RFC 9110, 12.5.4); nil where there is
  /// none. `*` leaves the choice to who answers. What cannot be read is passed over, since a wrong header is no reason to
  /// say nothing.
  package init?(acceptLanguage header: String) {
    guard header.utf8.count <= Self.headerLimit else { return nil }
    var best: (language: Language, weight: Double)?
    for range in header.split(separator: ",").prefix(Self.rangeLimit) {
      let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      guard let tag = parts.first, let language = Language(tag: tag), let weight = Self.weight(parts.dropFirst()),
        weight > best?.weight ?? 0
      else { continue }
      best = (language, weight)
    }
    guard let best else { return nil }
    self = best.language
  }

  private static func weight(_ parameters: ArraySlice<String>) -> Double? {
    guard let parameter = parameters.first else { return 1 }
    guard parameters.count == 1, parameter.lowercased().hasPrefix("q="), let weight = Double(parameter.dropFirst(2)),
      (0...1).contains(weight)
    else { return nil }
    return weight
  }

  /// The language of the system's environment, by the variables that POSIX names, in its order; nil where they say none
  /// that Lanyard speaks, as in the locale `C`.
  package init?(environment: [String: String]) {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    guard let named, let language = Language(tag: named) else { return nil }
    self = language
  }
}
