/// A length of time as people write it: `4s`, `90m`, `1h30m`, `250ms`.
package struct TimeSpan: Hashable, Sendable {
  /// What the text says; zero or more, at most `limit`.
  package let duration: Duration

  /// The longest that can be written.
  package static let limit = Duration.seconds(366 * 86_400)

  private static let units: [(name: String, length: Duration)] = [
    ("ms", .milliseconds(1)), ("d", .seconds(86_400)), ("h", .seconds(3600)), ("m", .seconds(60)), ("s", .seconds(1)),
  ]

  /// Nil where the text is not numbers each followed by its unit: `d`, `h`, `m`, `s` or `ms`.
  package init?(_ text: String) {
    var rest = Substring(text.trimmingPrefix { $0 == " " })
    guard !rest.isEmpty, rest.utf8.count <= 40 else { return nil }
    var total = Duration.zero
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let number = Double(digits), number.isFinite else { return nil }
      rest = rest.dropFirst(digits.count)
      guard let unit = Self.units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
      rest = rest.dropFirst(unit.name.count)
      guard number <= Self.limit / unit.length else { return nil }
      total += unit.length * number
    }
    guard total <= Self.limit else { return nil }
    duration = total
  }

  /// As it is said to people: the two largest units that are not nothing, such as `1 h 5 min`, `2 min 30 s`, `0.4 s`.
  package static func words(_ duration: Duration) -> String {
    let seconds = duration / .seconds(1)
    guard seconds >= 60 else {
      let tenths = (seconds * 10).rounded() / 10
      return tenths == tenths.rounded() ? "\(Int(tenths)) s" : "\(tenths) s"
    }
    let whole = Int(seconds.rounded())
    if whole >= 3600 {
      let minutes = (whole % 3600) / 60
      return minutes == 0 ? "\(whole / 3600) h" : "\(whole / 3600) h \(minutes) min"
    }
    return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s"
  }
}
