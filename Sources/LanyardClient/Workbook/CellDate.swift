import LanyardDomain

/// Dates and times of a workbook, which it keeps as numbers of days and shows as its formats say.
enum CellDate {
  /// Formats that every workbook knows without defining them: of dates, of times, and of dates in Chinese, Japanese, Korean.
  private static let known: Set<Int> = Set(14...22).union(45...47).union(27...36).union(50...58)

  /// Whether a format shows a date or a time.
  ///
  /// - Parameter code: Its definition; nil where the workbook has none.
  static func isDate(_ format: Int, code: String?) -> Bool {
    guard let code else { return known.contains(format) }
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for scalar in code.lowercased().unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if scalar == "\"" {
        isQuoted.toggle()
      } else if isQuoted {
        continue
      } else if scalar == "\\" || scalar == "_" || scalar == "*" {
        isEscaped = true
      } else if scalar == "[" || scalar == "]" {
        // Colours, conditions, languages; `[h]` counts hours.
        isBracketed = scalar == "["
      } else if !isBracketed, "ymdhs".unicodeScalars.contains(scalar) {
        return true
      } else if scalar == ";" {
        return false
      }
    }
    return false
  }

  /// A date, a time of day, or both, which some write as ISO 8601 has it, in the form in which numbers of days are told: without
  /// midnight, seconds of nothing, and what follows them. What is none of these stays as it is.
  static func text(iso text: String) -> String {
    let form = /(?<hour>\d{2}):(?<minute>\d{2})(?<seconds>:\d{2})?(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?/
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
    guard let last = parts.last, let match = last.wholeMatch(of: form) else { return text }
    let seconds = match.seconds.map { $0 == ":00" ? "" : String($0) } ?? ""
    let time = "\(match.hour):\(match.minute)\(seconds)"
    guard parts.count == 2, !parts[0].isEmpty else { return time }
    guard let date = LocalDate(String(parts[0])) else { return text }
    return time == "00:00" ? "\(date)" : "\(date)T\(time)"
  }

  /// A number of days as ISO 8601 writes it: a date, a time of day, or both; nil where it is no date of the years 1900 to 9999.
  ///
  /// - Parameter since1904: Whether days are counted from 1904, as older ones for Macintosh do.
  static func text(_ serial: Double, since1904: Bool) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var day = Int(serial.rounded(.down))
    var seconds = Int(((serial - Double(day)) * 86_400).rounded())
    if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
    let (clock, rest) = (DailyHours.text(seconds / 60), seconds % 60)
    let time = rest == 0 ? clock : "\(clock):\(rest < 10 ? "0" : "")\(rest)"
    if day == 0 && !since1904 { return time }
    // 1900 is no leap year, though day 60 is its 29 February for compatibility with Lotus 1-2-3.
    let sinceEpoch = since1904 ? day - 24_107 : day - (day < 60 ? 25_568 : 25_569)
    let date = LocalDate(daysSince1970: sinceEpoch).description
    return seconds == 0 ? date : "\(date)T\(time)"
  }
}
