/// Figures as people read them, with their unit and no more digits than they are worth.
enum Figures {
  /// Rounded to so many decimals; a dash for what is no number.
  static func decimal(_ value: Double, _ decimals: Int = 0) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "–" }
    let factor = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value.magnitude * Double(factor)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    let whole = sign + grouped(scaled / factor)
    guard decimals > 0 else { return whole }
    let part = String(scaled % factor)
    return whole + "." + String(repeating: "0", count: decimals - part.count) + part
  }

  /// A coordinate: at most one decimal, no commas.
  static func plain(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let rest = tenths.magnitude % 10
    return sign + String(tenths.magnitude / 10) + (rest == 0 ? "" : ".\(rest)")
  }

  /// With a comma at each thousand.
  static func count(_ value: Int) -> String {
    value < 0 ? "-" + grouped(Int(clamping: value.magnitude)) : grouped(value)
  }

  private static func grouped(_ value: Int) -> String {
    let digits = String(value)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A noun with its number: `1 lane`, `8 lanes`.
  static func count(_ value: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }

  /// Three significant digits at most, without zeros at the end: `0.42`, `7.3`, `120`.
  static func short(_ value: Double) -> String {
    let magnitude = value.magnitude
    let decimals = magnitude >= 99.5 || magnitude == 0 ? 0 : magnitude >= 9.95 ? 0 : magnitude >= 0.995 ? 1 : 2
    let text = decimal(value, decimals)
    guard decimals > 0, text.contains(".") else { return text }
    var cut = Substring(text)
    while cut.hasSuffix("0") { cut.removeLast() }
    return String(cut.hasSuffix(".") ? cut.dropLast() : cut)
  }

  /// Milliseconds in the unit that fits.
  static func milliseconds(_ value: Double) -> String {
    value.magnitude < 1_000 ? "\(short(value)) ms" : seconds(value / 1_000)
  }

  /// Seconds in the unit that fits: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `6 d 23 h`.
  static func seconds(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "–" }
    if value < 119.5 { return "\(short(value)) s" }
    let whole = Int(value.rounded())
    func pair(_ first: Int, _ unit: String, _ second: Int, _ smaller: String) -> String {
      second == 0 ? "\(first) \(unit)" : "\(first) \(unit) \(second) \(smaller)"
    }
    if whole < 7_200 { return pair(whole / 60, "min", whole % 60, "s") }
    if whole < 172_800 { return pair(whole / 3_600, "h", whole / 60 % 60, "min") }
    return pair(whole / 86_400, "d", whole / 3_600 % 24, "h")
  }

  /// Bytes in powers of 1,000.
  static func bytes(_ value: Double) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var (rest, unit) = (value, 0)
    while rest.magnitude >= 999.5, unit < units.count - 1 { (rest, unit) = (rest / 1_000, unit + 1) }
    return "\(short(rest)) \(units[unit])"
  }

  static func bytes(_ value: Int) -> String { bytes(Double(value)) }

  /// A share of 0 to 1 in percent.
  static func share(_ value: Double) -> String { "\(short(value * 100)) %" }

  /// The same where nobody may know it; `of one processor` can follow.
  static func shareOrUnknown(_ value: Double?) -> String { value.map(share) ?? "an unknown share" }

  static func perSecond(_ value: Double) -> String { "\(short(value))/s" }

  /// An operation's name in words, also of one that an earlier version knew.
  static func operation(_ name: String) -> String {
    RunOperation(rawValue: name)?.words ?? name.replacing("_", with: " ")
  }

  /// A verdict or a reason, such as `ALREADY_INSIDE`, in words.
  static func answer(_ name: String) -> String {
    name.lowercased().replacing("_", with: " ")
  }
}

extension RunReport {
  /// Operations in the order in which people ask for them: check-ins first.
  static func ordered(_ operations: [String: Operation]) -> [(name: String, operation: Operation)] {
    let known = RunOperation.allCases.map(\.rawValue)
    func rank(_ name: String) -> Int { known.firstIndex(of: name) ?? known.count }
    return operations.sorted { (rank($0.key), $0.key) < (rank($1.key), $1.key) }.map { ($0.key, $0.value) }
  }
}

extension RunReport.Operation {
  /// The times in the order of their columns; a dash where nothing was answered.
  var timeWords: [String] { [p50, p90, p99, p999, max].map { count > 0 ? Figures.milliseconds($0) : "–" } }

  /// How many failed.
  var failed: Int { errors.values.reduce(0, +) }

  /// How many calls came to an end, in whichever way; what is told unasked is no call.
  var asked: Int { Swift.max(0, count - pushed) + failed }

  /// Failed ones of all calls, 0 to 1.
  var errorShare: Double { Double(failed) / Double(Swift.max(1, asked)) }
}
